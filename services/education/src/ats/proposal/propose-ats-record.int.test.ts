import { randomUUID, randomUUIDv7 } from 'node:crypto'
import type { ReferralId } from '@satuanak/contracts'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { acknowledged, completed, declined, placed } from '../../test-events.ts'
import { type House, KRAPYAK, openHouse, PKBM } from '../../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

const NO_MONEY = { reason: 'A02', primary: true }
const FAR = { reason: 'A03', primary: false }

async function mapped(causes: readonly object[] = [NO_MONEY, FAR], more: object = {}) {
  const found = await house.interviewed(more)
  await house.map({ recordId: found.recordId, causes }, 'dinas-pendidikan')
  return found
}

/** A record whose causes are on the desks of their OPDs, as coordination tells it. */
async function onDesks(causes?: readonly object[]) {
  const { recordId, childId } = await mapped(causes)
  await house.propose({ recordId })
  const rows = await house.app.db.atsCause.findMany({ where: { recordId }, orderBy: { reason: 'asc' } })
  const referrals = rows.map(({ id: causeId, opd }) => ({
    ...{ childId, recordId, causeId, to: opd as 'DINSOS' },
    referralId: randomUUIDv7() as ReferralId,
  }))
  await house.hear(...referrals.map(placed))
  const [first, second = first] = referrals
  if (first === undefined || second === undefined) throw new Error('a mapped record has causes')
  return { recordId, childId, first, second }
}

const CAUSES = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child {
  ats { state causes { reason opd proposal { state declineReason proposedAgency outcome } } }
} } }`
type Persona = Parameters<House['as']>[0]
const seenBy = async (persona: Persona, ...ids: readonly string[]) => {
  const r = ids.map((id) => ({ __typename: 'Child', id }))
  return (await house.as(persona)<{ _entities: unknown[] }>(CAUSES, { r })).data?._entities
}
const toldOf = (childId: string) =>
  house.app.db.$queryRawUnsafe<{ data: unknown }[]>(
    `SELECT envelope->'data' AS data FROM platform.outbox
     WHERE type = 'education.ats.record.proposed.v1' AND subject = $1::uuid ORDER BY subject_version`,
    childId,
  )

test('each cause is proposed to its OPD, told once in ids and codes (TUN-08, TUN-R5)', async () => {
  const { recordId, childId } = await mapped()
  const { data } = await house.propose({ recordId })
  expect(data).toMatchObject({
    state: 'DIUSULKAN',
    causes: [
      { reason: 'A02', opd: 'DINSOS', proposal: { state: 'DIUSULKAN' } },
      { reason: 'A03', opd: 'DISDIK', proposal: { state: 'DIUSULKAN' } },
    ],
  })
  expect(await house.propose({ recordId })).toMatchObject({ code: 'ATS_NOT_READY', rule: 'TUN-R1' })
  const causeId = expect.any(String)
  const causes = [
    { causeId, reason: 'A02', opd: 'DINSOS' },
    { causeId, reason: 'A03', opd: 'DISDIK' },
  ]
  expect(await toldOf(childId)).toEqual([{ data: { recordId, kelurahan: '33.75.03.1004', causes } }])
})

test('a proposal waits for the mapping, and for Bapperida where another cause has no OPD (A13)', async () => {
  const { recordId } = await house.interviewed()
  expect((await house.propose({ recordId })).code).toBe('ATS_NOT_READY')
  await house.map({ recordId, causes: [NO_MONEY, { reason: 'A13', primary: false, note: 'Ikut melaut.' }] })
  expect(await house.propose({ recordId })).toMatchObject({ code: 'OPD_UNDECIDED', rule: 'DOMAIN-4.2' })
  await house.mutate('bapperida', 'decideAtsOpd', { recordId, opd: 'DISNAKER' })
  expect((await house.propose({ recordId })).data?.state).toBe('DIUSULKAN')
})

test('an OPD accepts and finishes what was proposed to it, and the others’ stays as it was', async () => {
  const { childId, first } = await onDesks()
  await house.hear(acknowledged(first))
  const far = { reason: 'A03', opd: 'DISDIK', proposal: expect.objectContaining({ state: 'DIUSULKAN' }) }
  const noMoney = { reason: 'A02', opd: 'DINSOS', proposal: expect.objectContaining({ state: 'DITERIMA_OPD' }) }
  expect(await seenBy('dinas-pendidikan', childId)).toEqual([{ ats: { state: 'DIUSULKAN', causes: [noMoney, far] } }])
  await house.hear(completed(first))
  const done = { state: 'SELESAI', outcome: 'BANTUAN_DIBERIKAN' }
  expect(await seenBy('dinas-pendidikan', childId)).toMatchObject([{ ats: { causes: [{ proposal: done }, far] } }])
})

test('what an OPD gives back is mapped again and proposed alone; what others have stays with them (RF-R2)', async () => {
  const { recordId, childId, first } = await onDesks()
  await house.hear(declined(first, 'DISDIK'))
  const back = { state: 'DITOLAK_OPD', declineReason: 'BUKAN_WEWENANG', proposedAgency: 'DISDIK' }
  expect(await seenBy('dinas-pendidikan', childId)).toMatchObject([
    { ats: { state: 'TERVERIFIKASI', causes: [{ proposal: back }, { proposal: { state: 'DIUSULKAN' } }] } },
  ])
  expect((await house.map({ recordId, causes: [NO_MONEY] })).code).toBe('CAUSE_AT_OPD')
  const { data } = await house.map({ recordId, causes: [{ ...NO_MONEY, opd: 'DISDIK' }, FAR] })
  expect(data).toMatchObject({ state: 'DIPETAKAN', causes: [{ opd: 'DISDIK', proposal: null }, { opd: 'DISDIK' }] })
  await house.propose({ recordId })
  const told = (await toldOf(childId)) as { data: { causes: object[] } }[]
  expect(told.map(({ data }) => data.causes.length)).toEqual([2, 1])
  expect(told[1]?.data.causes).toMatchObject([{ reason: 'A02', opd: 'DISDIK' }])
})

test('an answer delivered twice changes nothing, and one to a referral of another kind neither', async () => {
  const { recordId, childId, first, second } = await onDesks()
  await house.hear(declined(first), acknowledged({ ...second, referralId: randomUUIDv7() as ReferralId }))
  await house.map({ recordId, causes: [{ ...NO_MONEY, opd: 'DISDIK' }, FAR] })
  const before = await seenBy('dinas-pendidikan', childId)
  await house.hearAgain()
  expect(await seenBy('dinas-pendidikan', childId)).toEqual(before)
})

test('what an OPD gives back after the child is in school again opens nothing (AT-14)', async () => {
  const { childId, first } = await onDesks()
  await house.enrol({ childId, npsn: PKBM, level: 'PAKET_B' })
  await house.hear(declined(first))
  expect(await seenBy('dinas-pendidikan', childId)).toMatchObject([{ ats: { state: 'SELESAI' } }])
})

test('an OPD sees what was proposed to it alone (TUN-R3)', async () => {
  const { childId } = await onDesks([NO_MONEY, { reason: 'A05', primary: false }])
  expect(await seenBy('peksos', childId)).toMatchObject([{ ats: { causes: [{ reason: 'A02', opd: 'DINSOS' }] } }])
})

test('another kelurahan and the city propose nothing (TUN-R3)', async () => {
  const { recordId } = await mapped(undefined, { kelurahan: KRAPYAK })
  for (const persona of ['kelurahan-panjang-wetan', 'bapperida', 'relawan'] as const) {
    expect((await house.propose({ recordId }, persona)).code).toBe('NOT_PERMITTED')
  }
})

test('the same request id sent twice proposes once (EC-46)', async () => {
  const { recordId, childId } = await mapped()
  const requestId = randomUUID()
  const both = [await house.propose({ requestId, recordId }), await house.propose({ requestId, recordId })]
  expect(both.map((one) => one.__typename)).toEqual(['ProposeAtsRecordSuccess', 'ProposeAtsRecordSuccess'])
  expect(await toldOf(childId)).toHaveLength(1)
})

test('any number of records with their causes costs the same statements', async () => {
  const children: string[] = []
  for (let n = 0; n < 6; n++) children.push((await onDesks()).childId)
  const few = await statementsOf(() => seenBy('dinas-pendidikan', ...children.slice(0, 2)))
  const many = await statementsOf(() => seenBy('dinas-pendidikan', ...children))
  expect(many.length).toBe(few.length)
})
