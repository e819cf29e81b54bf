import { randomUUIDv7 } from 'node:crypto'
import type { ChildId } from '@satuanak/contracts'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { flagged, merged, protectedAt, registered } from '../test-events.ts'
import { type House, openHouse } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

type Persona = Parameters<House['mutate']>[0]
const newChild = () => randomUUIDv7() as ChildId

const referralsOf = (...ids: ChildId[]) =>
  house.network.service('coordination').app.db.referral.findMany({
    where: { childId: { in: ids } },
    orderBy: { childId: 'asc' },
    select: {
      id: true,
      childId: true,
      type: true,
      fromAgency: true,
      toAgency: true,
      parts: true,
      state: true,
      sentAt: true,
      dueAt: true,
    },
  })

/** Whose referrals this persona finds, in its inbox and with the child, of these children. */
async function seenBy(persona: Persona, ids: readonly ChildId[]) {
  const of = ids.map((id) => ({ __typename: 'Child', id }))
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Child { id referrals { reason } } }
    inbox(first: 100) { nodes { child { id } } } }`
  const { data } = await house.network.subgraph('coordination', persona)<{
    _entities: ({ id: ChildId; referrals: unknown[] | null } | null)[]
    inbox: { nodes: { child: { id: ChildId } | null }[] } | null
  }>(query, { of })
  const withChild = data?._entities.flatMap((child) => (child?.referrals?.length ? [child.id] : []))
  const inInbox = data?.inbox?.nodes.flatMap(({ child }) => (child && ids.includes(child.id) ? [child.id] : []))
  return { withChild, inInbox: inInbox?.toSorted() }
}

test('two who claim one NIK are referred to Dukcapil, each under its own record, due in three days (EC-01)', async () => {
  const [one = newChild(), other = newChild()] = [newChild(), newChild()].toSorted()
  await house.hear(registered(one), registered(other), flagged(one), flagged(other))
  const flow = { type: 'RF-22', fromAgency: 'DUKCAPIL', toAgency: 'DUKCAPIL', parts: ['identity', 'papers'] }
  const referrals = await referralsOf(one, other)
  expect(referrals).toMatchObject([
    { ...flow, childId: one, state: 'TERKIRIM' },
    { ...flow, childId: other, state: 'TERKIRIM' },
  ])
  const THREE_DAYS = 3 * 24 * 3_600_000
  for (const { sentAt, dueAt } of referrals) expect(dueAt.getTime() - sentAt.getTime()).toBe(THREE_DAYS)
  expect(await seenBy('dukcapil', [one, other])).toEqual({ withChild: [one, other], inInbox: [one, other] })
})

test('told again, or of another id of the person, it opens none beside the open one; after its end a new one (RF-R4)', async () => {
  const [one, alias] = [newChild(), newChild()]
  await house.hear(registered(one), registered(alias), flagged(one), merged(one, alias), flagged(one), flagged(alias))
  const [open, ...more] = await referralsOf(one, alias)
  expect(more).toEqual([])
  await house.mutate('dukcapil', 'acceptReferral', { referralId: open?.id })
  await house.mutate('dukcapil', 'completeReferral', { referralId: open?.id, outcome: 'DATA_DIPERBAIKI' })
  await house.hear(flagged(one))
  expect((await referralsOf(one, alias)).map(({ state }) => state).toSorted()).toEqual(['SELESAI', 'TERKIRIM'])
})

test('one person with two NIKs stays at the registry’s own desk (EC-02)', async () => {
  const one = newChild()
  await house.hear(registered(one), flagged(one, 'DIDUGA_GANDA'))
  expect(await referralsOf(one)).toEqual([])
})

test('of a NIK that a hidden child claims too, the other’s referral is hidden with it (PV-14, RF-R3)', async () => {
  const [plain, hidden, known] = [newChild(), newChild(), newChild()]
  await house.hear(registered(plain), registered(hidden), registered(known), protectedAt(hidden, 4))
  await house.hear(flagged(plain, 'DIPAKAI_BERSAMA', 4), flagged(hidden, 'DIPAKAI_BERSAMA', 4), flagged(known))
  const all = [plain, hidden, known]
  expect((await seenBy('dukcapil', all)).inInbox).toEqual(all.toSorted())
  expect((await seenBy('bapperida', all)).withChild).toEqual([known])
})
