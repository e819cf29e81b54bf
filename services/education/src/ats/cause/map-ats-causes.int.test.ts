import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { protectedAt } from '../../test-events.ts'
import { type House, KRAPYAK, openHouse } from '../../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

const NO_MONEY = { reason: 'A02', primary: true }
const FAR = { reason: 'A03', primary: false }
const OTHER = { reason: 'A13', primary: false, note: 'Keluarga tinggal di kapal.' }

test('a child has several causes, one of them primary, each with the OPD that answers for it (TUN-07, TUN-R5)', async () => {
  const { recordId } = await house.interviewed()
  const { data } = await house.map({ recordId, causes: [{ ...FAR, opd: 'DISHUB' }, NO_MONEY] })
  expect(data).toMatchObject({
    state: 'DIPETAKAN',
    causes: [
      { reason: 'A02', aspek: ['EKONOMI'], primary: true, opd: 'DINSOS', proposal: null },
      { reason: 'A03', aspek: ['GEOGRAFIS'], primary: false, opd: 'DISHUB', proposal: null },
    ],
  })
})

test('mapped again before it is proposed, the later mapping stands and the earlier is kept', async () => {
  const { recordId } = await house.interviewed()
  await house.map({ recordId, causes: [NO_MONEY, FAR] })
  const again = [
    { ...NO_MONEY, primary: false },
    { reason: 'A01', primary: true },
  ]
  const { data } = await house.map({ recordId, causes: again })
  expect(data?.causes).toMatchObject([
    { reason: 'A01', primary: true },
    { reason: 'A02', primary: false },
  ])
  const all = await house.app.db.atsCause.findMany({ where: { recordId }, orderBy: { reason: 'asc' } })
  expect(all.map(({ reason, supersededAt }) => [reason, supersededAt !== null])).toEqual([
    ['A01', false],
    ['A02', false],
    ['A03', true],
  ])
})

test('causes come after the verification and after the family was asked (TUN-R1, TUN-06)', async () => {
  const childId = await house.child()
  const reported = (await house.report({ childId })).data?.id
  expect(await house.map({ recordId: reported, causes: [NO_MONEY] })).toMatchObject({ code: 'ATS_NOT_READY' })
  const { recordId } = await house.verified()
  expect(await house.map({ recordId, causes: [NO_MONEY] })).toMatchObject({
    code: 'INSTRUMENT_MISSING',
    rule: 'TUN-06',
  })
})

test('Bapperida alone decides which OPD answers for another cause (A13)', async () => {
  const { recordId } = await house.interviewed()
  await house.map({ recordId, causes: [NO_MONEY, OTHER] })
  const decide = (persona: Parameters<House['mutate']>[0]) =>
    house.mutate(persona, 'decideAtsOpd', { recordId, opd: 'DISHUB' })
  expect((await decide('kelurahan-panjang-wetan')).code).toBe('NOT_PERMITTED')
  expect((await decide('bapperida')).data?.causes).toMatchObject([
    { reason: 'A02', opd: 'DINSOS' },
    { reason: 'A13', opd: 'DISHUB', note: 'Keluarga tinggal di kapal.' },
  ])
})

test('where no other cause waits, there is nothing to decide', async () => {
  const { recordId } = await house.interviewed()
  await house.map({ recordId, causes: [NO_MONEY] })
  const answer = await house.mutate('bapperida', 'decideAtsOpd', { recordId, opd: 'DISHUB' })
  expect(answer).toMatchObject({ code: 'NOTHING_TO_DECIDE', field: 'recordId' })
})

test('another kelurahan, a volunteer and the city map nothing (TUN-R3)', async () => {
  const { recordId } = await house.interviewed({ kelurahan: KRAPYAK })
  for (const persona of ['kelurahan-panjang-wetan', 'relawan', 'bapperida'] as const) {
    expect((await house.map({ recordId, causes: [NO_MONEY] }, persona)).code).toBe('NOT_PERMITTED')
  }
})

test('what is a social case by itself the city does not see; a hidden child is not there (PV-14)', async () => {
  const { recordId, childId } = await house.interviewed()
  await house.map({ recordId, causes: [NO_MONEY, { reason: 'A06', primary: false }] })
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { ats { causes { reason } } } } }`
  const seenBy = async (persona: Parameters<House['as']>[0]) =>
    (await house.as(persona)(query, { r: [{ __typename: 'Child', id: childId }] })).data?._entities
  expect(await seenBy('dinas-pendidikan')).toEqual([{ ats: { causes: [{ reason: 'A02' }, { reason: 'A06' }] } }])
  expect(await seenBy('bapperida')).toEqual([{ ats: { causes: [{ reason: 'A02' }] } }])
  expect(await seenBy('peksos')).toEqual([{ ats: { causes: [] } }])
  await house.hear(protectedAt(childId, 4))
  const hidden = await house.map({ recordId, causes: [NO_MONEY] })
  expect(hidden).toEqual(await house.map({ recordId: randomUUID(), causes: [NO_MONEY] }))
  expect(hidden.code).toBe('ATS_RECORD_NOT_FOUND')
})

test('the list of reasons is there for every form, in the reader’s language', async () => {
  const query = '{ atsReasons { code label aspek opds ministryId } }'
  const { atsReasons } = await house.as('pkbm', 'en').ok<{ atsReasons: readonly object[] }>(query)
  expect(atsReasons).toHaveLength(16)
  expect(atsReasons[1]).toEqual({
    code: 'A02',
    label: 'No money',
    aspek: ['EKONOMI'],
    opds: ['DINSOS', 'DISDIK'],
    ministryId: 2,
  })
})

const HUGE = 'x'.repeat(200_000)
const BAD = [
  ['no primary cause', [{ ...NO_MONEY, primary: false }], 'causes', 'TUN-R5'],
  ['two primary causes', [NO_MONEY, { ...FAR, primary: true }], 'causes', 'TUN-R5'],
  ['no cause at all', [], 'causes', 'TUN-R5'],
  ['a cause twice', [NO_MONEY, { ...NO_MONEY, primary: false }], 'causes', 'TUN-R5'],
  ['an OPD that does not answer for it', [{ ...NO_MONEY, opd: 'DISHUB' }], 'causes.0.opd', 'TUN-07'],
  ['an OPD for another cause', [NO_MONEY, { ...OTHER, opd: 'DISHUB' }], 'causes.1.opd', 'DOMAIN-4.2'],
  ['another cause without words', [NO_MONEY, { ...OTHER, note: null }], 'causes.1.note', 'AT-08'],
  ['words to a cause of the list', [{ ...NO_MONEY, note: 'Tidak ada uang.' }], 'causes.0.note', 'AT-08'],
  ['a NIK in the words', [NO_MONEY, { ...OTHER, note: '9901010203130001' }], 'causes.1.note', 'ID-09'],
  ['huge words', [NO_MONEY, { ...OTHER, note: HUGE }], 'causes.1.note', 'AT-08'],
] as const

describe('a mapping with', () => {
  test.for(BAD)(
    '%s is refused with field, rule and remedy, and nothing is written',
    async ([, causes, field, rule]) => {
      const { recordId } = await house.interviewed()
      const before = await house.count('ats_cause')
      const answer = await house.map({ recordId, causes })
      expect(answer.problems).toEqual([{ field, rule, message: expect.stringMatching(/\S/) }])
      expect(await house.count('ats_cause')).toBe(before)
    },
  )
})
