import type { ChildId } from '@satuanak/contracts'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { PANJANG_WETAN, proposed, protectedAt } from '../test-events.ts'
import { type House, openHouse } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

const referralsOf = (childId: ChildId) =>
  house.network.service('coordination').app.db.referral.findMany({
    where: { childId },
    orderBy: [{ sentAt: 'asc' }, { type: 'asc' }],
    select: { id: true, type: true, toAgency: true, fromKelurahan: true, parts: true, state: true, sensitivity: true },
  })

/** What education is told, in its order. */
async function placedOf(childId: ChildId) {
  const rows = await house.network.service('coordination').app.db.$queryRawUnsafe<{ referral: string }[]>(
    `SELECT envelope->'data'->>'referralId' AS referral FROM platform.outbox
     WHERE type = 'coordination.proposal.placed.v1' AND subject = $1::uuid ORDER BY subject_version`,
    childId,
  )
  return rows.map(({ referral }) => referral)
}

test('each proposed cause is a referral on its OPD’s desk, from the kelurahan that proposed it (TUN-08, TUN-R5)', async () => {
  const childId = await house.child()
  await house.hear(
    proposed(childId, [
      { reason: 'A02', opd: 'DINSOS' },
      { reason: 'A12', opd: 'DINKES' },
    ]),
  )
  const ordinary = { fromKelurahan: PANJANG_WETAN, parts: ['identity', 'ats'], state: 'TERKIRIM', sensitivity: 1 }
  const referrals = await referralsOf(childId)
  expect(referrals).toMatchObject([
    { ...ordinary, type: 'RF-03', toAgency: 'DINSOS' },
    { ...ordinary, type: 'RF-07', toAgency: 'DINKES' },
  ])
  expect(await placedOf(childId)).toEqual(referrals.map(({ id }) => id))
})

test('two causes that one OPD answers by one flow are one referral, told for each (RF-R4)', async () => {
  const childId = await house.child()
  await house.hear(
    proposed(childId, [
      { reason: 'A02', opd: 'DINSOS' },
      { reason: 'A10', opd: 'DINSOS' },
    ]),
  )
  const [referral, ...more] = await referralsOf(childId)
  expect(more).toEqual([])
  expect(await placedOf(childId)).toEqual([referral?.id, referral?.id])
})

test('a referral that an officer sent before is the proposal’s; one that is over is not (RF-R4)', async () => {
  const childId = await house.child()
  const sent = await house.sent('kelurahan-panjang-wetan', { childId, type: 'RF-03', to: 'DINSOS' })
  await house.hear(proposed(childId, [{ reason: 'A02', opd: 'DINSOS' }]))
  expect(await placedOf(childId)).toEqual([sent])
  await house.mutate('peksos', 'declineReferral', { referralId: sent, reason: 'BUKAN_WEWENANG' })
  await house.hear(proposed(childId, [{ reason: 'A02', opd: 'DINSOS' }]))
  const [, again] = await placedOf(childId)
  expect(again).not.toBe(sent)
  expect(await referralsOf(childId)).toMatchObject([{ state: 'DITOLAK' }, { id: again, state: 'TERKIRIM' }])
})

test('to Dukcapil goes that papers are missing, not why the child is out of school (PV-12)', async () => {
  const childId = await house.child()
  await house.hear(proposed(childId, [{ reason: 'A11', opd: 'DUKCAPIL' }]))
  expect(await referralsOf(childId)).toMatchObject([{ type: 'RF-02', parts: ['identity', 'papers'] }])
})

test('a child in contact with the law goes at level 4: the sender’s desk does not list it either (PV-14, RF-19)', async () => {
  const childId = await house.child()
  await house.hear(proposed(childId, [{ reason: 'A16', opd: 'DINSOS' }]))
  const [referral] = await referralsOf(childId)
  expect(referral).toMatchObject({ type: 'RF-19', parts: [], sensitivity: 4 })
  const seen = async (persona: 'peksos' | 'kelurahan-panjang-wetan' | 'bapperida') =>
    (
      await house.network.subgraph('coordination', persona)<{ referral: object | null }>(
        'query ($id: UUID!) { referral(id: $id) { id } }',
        { id: referral?.id },
      )
    ).data?.referral ?? null
  expect(await seen('peksos')).toEqual({ id: referral?.id })
  expect(await seen('kelurahan-panjang-wetan')).toBeNull()
  expect(await seen('bapperida')).toBeNull()
})

test('what is told of a hidden child’s proposal carries its level (PV-14)', async () => {
  const childId = await house.child()
  await house.hear(protectedAt(childId, 3), proposed(childId, [{ reason: 'A02', opd: 'DINSOS' }]))
  const rows = await house.network.service('coordination').app.db.$queryRawUnsafe<{ level: number }[]>(
    `SELECT (envelope->>'sensitivity')::int AS level FROM platform.outbox
     WHERE subject = $1::uuid AND type IN ('coordination.referral.created.v1', 'coordination.proposal.placed.v1')`,
    childId,
  )
  expect(rows.map(({ level }) => level)).toEqual([3, 3])
})

test('a referral for trouble with the law carries a case code only, whichever OPD answers (RF-R3)', async () => {
  const childId = await house.child()
  await house.hear(proposed(childId, [{ reason: 'A16', opd: 'DPPPA' }]))
  expect(await referralsOf(childId)).toMatchObject([{ toAgency: 'DPPPA', parts: [], sensitivity: 4 }])
})

test('a social case joins no ordinary referral of the same flow, nor an ordinary cause a social case (RF-R4, PV-14)', async () => {
  const childId = await house.child()
  await house.hear(proposed(childId, [{ reason: 'A01', opd: 'DPPPA' }]))
  await house.hear(proposed(childId, [{ reason: 'A16', opd: 'DPPPA' }]))
  await house.hear(proposed(childId, [{ reason: 'A08', opd: 'DPPPA' }]))
  const [ordinary, social, ...more] = await referralsOf(childId)
  expect([ordinary?.sensitivity, social?.sensitivity, more]).toEqual([1, 4, []])
  expect(await placedOf(childId)).toEqual([ordinary?.id, social?.id, ordinary?.id])
})
