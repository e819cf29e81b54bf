import { randomUUIDv7 } from 'node:crypto'
import type { ChildId, Notice } from '@satuanak/contracts'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { assessed, KRAPYAK, merged, met, PANJANG_WETAN, protectedAt, registered } from '../test-events.ts'
import { type House, openHouse } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

const newChild = () => randomUUIDv7() as ChildId
/** Notices whose event is this child's, in the order in which they were given. */
async function noticesFor(id: string): Promise<Notice[]> {
  const { db } = house.network.service('coordination').app
  const rows = await db.$queryRawUnsafe<{ data: Notice }[]>(
    `SELECT envelope->'data' AS data FROM platform.outbox
     WHERE type = 'coordination.notice.given.v1' AND subject = $1::uuid ORDER BY seq`,
    id,
  )
  return rows.map(({ data }) => data)
}
const toldOf = async (id: string) =>
  (await noticesFor(id)).map(({ topic, about }) => `${topic} ${about.split('.', 3).join('.')}`)

test('a fact of a child is told of under the permission that guards it where it lives (PV-12)', async () => {
  const id = newChild()
  await house.hear(registered(id, PANJANG_WETAN), met(id, KRAPYAK))
  const [first, second, ...more] = await noticesFor(id)
  expect(first).toEqual({
    topic: 'case',
    about: 'civil-registry.person.registered.v1',
    at: '2026-11-23T01:00:00.000Z',
    ids: { childId: id },
    permissions: ['papers.read'],
    facts: { level: 2, kelurahan: [PANJANG_WETAN], schools: [], agencies: [], grants: [] },
  })
  // Where outreach met the child gives that kelurahan's officers no say; the contact itself is of level 3.
  expect(second).toMatchObject({ permissions: ['outreach.read'], facts: { level: 3, kelurahan: [PANJANG_WETAN] } })
  expect(more).toEqual([])
})

test('a referral is told of to both desks and in the child’s story, as it stands once it was sent', async () => {
  const childId = await house.child()
  const referralId = await house.sent('peksos', { childId, type: 'RF-01', to: 'DISDIK' })
  await house.network.settle()
  const [, inbox, story, ...more] = await noticesFor(childId)
  const grants = [{ agency: 'DISDIK', parts: ['identity', 'outreach', 'assessment'] }]
  expect(inbox).toMatchObject({
    topic: 'inbox',
    ids: { childId, referralId },
    permissions: ['inbox.read', 'referral.read'],
    facts: { agencies: ['DINSOS', 'DISDIK'], kelurahan: [], grants },
  })
  expect(story).toMatchObject({ topic: 'case', permissions: ['referral.read'] })
  expect(more).toEqual([])
})

test('a referral of a kelurahan is told of with the office at its end, not with where the child lives (TUN-R3)', async () => {
  const childId = await house.child(PANJANG_WETAN)
  await house.sent('kelurahan-panjang-wetan', { childId, type: 'RF-02', to: 'DUKCAPIL' })
  await house.network.settle()
  const inbox = (await noticesFor(childId)).find(({ topic }) => topic === 'inbox')
  expect(inbox?.facts).toMatchObject({ agencies: ['KELURAHAN', 'DUKCAPIL'], kelurahan: [PANJANG_WETAN] })
})

test('the level is the larger of the child’s and the event’s, from the event that raises it on (PV-14)', async () => {
  const id = newChild()
  await house.hear(registered(id), protectedAt(id, 4), met(id))
  expect((await noticesFor(id)).map(({ facts }) => facts.level)).toEqual([2, 4, 4])
})

test('what is told of an alias names the person; two who were taken apart are told of each', async () => {
  const [one, other] = [newChild(), newChild()]
  await house.hear(registered(one), registered(other), merged(one, other), met(other))
  expect((await noticesFor(other)).map(({ ids }) => ids.childId)).toEqual([other, one])
  await house.hear({
    ...merged(one, other),
    type: 'civil-registry.person.split.v1',
    data: { alias: other, canonical: one },
  })
  const apart = (await noticesFor(one)).filter(({ about }) => about === 'civil-registry.person.split.v1')
  expect(apart.map(({ ids }) => ids.childId).toSorted()).toEqual([one, other].toSorted())
})

test('a day at a school is told of to that school, and names no child', async () => {
  const id = randomUUIDv7()
  await house.hear({
    ...registered(id as ChildId),
    type: 'civil-registry.ktp.session.scheduled.v1',
    data: { npsn: '99000001' as never, date: '2026-11-30', quota: null, pupils: 3 },
  })
  expect(await noticesFor(id)).toMatchObject([
    {
      topic: 'session',
      ids: { sessionId: id },
      permissions: ['ktp.session.read'],
      facts: { level: 2, kelurahan: [], schools: ['99000001'], agencies: [], grants: [] },
    },
  ])
})

test('a referral that the house sends by itself is told of after what it is the reaction to; no notice follows a notice', async () => {
  const id = newChild()
  await house.hear(registered(id), assessed(id, { droppedOut: true, needs: [] }))
  expect(await toldOf(id)).toEqual([
    'case civil-registry.person.registered',
    'case social.street.assessment',
    'inbox coordination.referral.created',
    'case coordination.referral.created',
  ])
})

test('the stock of cards tells nobody anything', async () => {
  const id = newChild()
  await house.hear({ ...registered(id), type: 'civil-registry.ktp.stock.low.v1', data: { item: 'BLANGKO', left: 5 } })
  expect(await noticesFor(id)).toEqual([])
})
