import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { PermanentFailure } from '../failure.ts'
import { contact, effect, effects, effectsIn, protection, tell } from '../fixtures/facts.ts'
import { type Peer, peer, start } from '../fixtures/network.ts'
import { useServers } from '../fixtures/servers.ts'
import type { Handlers } from '../handlers.ts'
import { settleTogether } from '../operate/settle.ts'
import { listDead, requestReplay } from './dead-letters.ts'

const servers = useServers()

/** Education hears of street contacts and protection; contacts fail as long as `ill.now`. */
async function pair(
  failure: () => Error,
  tuning = {},
): Promise<{ social: Peer; education: Peer; ill: { now: boolean; tries: number } }> {
  const ill = { now: true, tries: 0 }
  const handlers: Handlers = {
    ...effects,
    'social.street.contact.recorded.v1': async (tx, event) => {
      await effect(tx, event)
      ill.tries += 1
      if (ill.now) throw failure()
    },
  }
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', [{ from: 'social', handlers }], { tuning })
  return { social, education, ill }
}

const settle = ({ social, education }: { social: Peer; education: Peer }) =>
  settleTogether([social.messaging, education.messaging])

test('an always failing event is tried five times, lies among the dead letters, and the others flow', async () => {
  const pairing = await pair(() => new Error('Budi, Jl. Mawar 3'))
  const { social, education, ill } = pairing
  const subject = randomUUID()
  const [poison, ...after] = await tell(
    social.database,
    contact(subject),
    protection(subject, 2),
    protection(subject, 3),
  )
  const others = await tell(social.database, protection(randomUUID(), 1))
  await settle(pairing)
  expect(ill.tries).toBe(5)
  expect(await listDead(education.database.sql)).toMatchObject([
    { source: 'social', eventId: poison, subject, tries: 5, replayRequestedAt: null },
  ])
  const done = await effectsIn(education.database)
  expect(done.map(({ id }) => id).sort()).toEqual([...after, ...others].sort())
  expect(done.filter((each) => each.subject === subject).map(({ version }) => version)).toEqual([2, 3])
})

test('what is kept of a failure names its kind and place, not the people in its message', async () => {
  const pairing = await pair(() => new TypeError('Budi, Jl. Mawar 3'))
  await tell(pairing.social.database, contact(randomUUID()))
  await settle(pairing)
  const [letter] = await listDead(pairing.education.database.sql)
  expect(letter?.reason).toMatch(/^TypeError at .*dead-letters\.int\.test\.ts:\d+/)
  expect(letter?.reason).not.toContain('Budi')
})

test('a permanent failure is not tried again', async () => {
  const pairing = await pair(() => new PermanentFailure('no such school'))
  await tell(pairing.social.database, contact(randomUUID()))
  await settle(pairing)
  expect(pairing.ill.tries).toBe(1)
  expect(await listDead(pairing.education.database.sql)).toMatchObject([{ reason: 'no such school', tries: 1 }])
})

test('how often a handler is tried is configured', async () => {
  const pairing = await pair(() => new Error('no'), { maxTries: 2 })
  await tell(pairing.social.database, contact(randomUUID()))
  await settle(pairing)
  expect(pairing.ill.tries).toBe(2)
})

test('waiting for an earlier version of the subject is no try', async () => {
  const pairing = await pair(() => new Error('no'), { maxTries: 3, backoffMs: [300, 300] })
  const subject = randomUUID()
  const [, second] = await tell(pairing.social.database, contact(subject), protection(subject, 2))
  await settle(pairing)
  expect(await effectsIn(pairing.education.database)).toMatchObject([{ id: second, version: 2 }])
  expect(await listDead(pairing.education.database.sql)).toHaveLength(1)
})

test('a replay runs the handler again with its effect once, and a second replay finds nothing', async () => {
  const pairing = await pair(() => new Error('no'))
  const { social, education, ill } = pairing
  const subject = randomUUID()
  const [poison, after] = await tell(social.database, contact(subject), protection(subject, 2))
  await settle(pairing)
  ill.now = false
  expect(await requestReplay(education.database.sql, poison)).toEqual([poison])
  await settle(pairing)
  expect((await effectsIn(education.database)).map(({ id }) => id)).toEqual([after, poison])
  expect(await listDead(education.database.sql)).toEqual([])
  expect(await requestReplay(education.database.sql)).toEqual([])
})

test('a replay that fails leaves the dead letter, with the new reason and one try more', async () => {
  let reason = 'no such school'
  const pairing = await pair(() => new PermanentFailure(reason))
  await tell(pairing.social.database, contact(randomUUID()))
  await settle(pairing)
  reason = 'still no such school'
  await requestReplay(pairing.education.database.sql)
  await settle(pairing)
  expect(await effectsIn(pairing.education.database)).toEqual([])
  expect(await listDead(pairing.education.database.sql)).toMatchObject([{ reason, tries: 2, replayRequestedAt: null }])
})

test('the dead letters of one subject are replayed in the order they were told', async () => {
  const pairing = await pair(() => new PermanentFailure('no'))
  const subject = randomUUID()
  await tell(pairing.social.database, contact(subject), contact(subject), contact(subject))
  await settle(pairing)
  pairing.ill.now = false
  await requestReplay(pairing.education.database.sql)
  await settle(pairing)
  expect((await effectsIn(pairing.education.database)).map(({ version }) => version)).toEqual([1, 2, 3])
})

test('data that breaks the contract goes to the dead letters at once, by its place only, and its subject flows on', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', [{ from: 'social', handlers: effects }])
  await social.messaging.close()
  const subject = randomUUID()
  const [broken, after] = await tell(social.database, protection(subject, 2), protection(subject, 3))
  await social.database.pool.query(
    `UPDATE platform.outbox SET envelope = jsonb_set(envelope, '{data}', '{"level": "Budi"}') WHERE id = $1`,
    [broken],
  )
  const again = await start(servers, social.database)
  await settleTogether([again, education.messaging])
  expect(await listDead(education.database.sql)).toMatchObject([
    { eventId: broken, reason: 'data level: invalid_union', tries: 1 },
  ])
  expect(await effectsIn(education.database)).toMatchObject([{ id: after, version: 2 }])
})

test('a type that this consumer does not know yet only moves the version on', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', [{ from: 'social', handlers: effects }])
  await social.messaging.close()
  const subject = randomUUID()
  const [newer, after] = await tell(social.database, protection(subject, 2), protection(subject, 3))
  await social.database.pool.query(
    `UPDATE platform.outbox SET type = 'social.child.protected.v2',
     envelope = envelope || '{"type": "social.child.protected.v2", "dataschema": 2, "data": {}}' WHERE id = $1`,
    [newer],
  )
  await settleTogether([await start(servers, social.database), education.messaging])
  expect(await effectsIn(education.database)).toMatchObject([{ id: after, version: 2 }])
  expect(await listDead(education.database.sql)).toEqual([])
})

test('a message that is no event of its service is laid aside once, and moves no version', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', [{ from: 'social', handlers: effects }])
  const { connection } = social.messaging.broker
  const subject = randomUUID()
  const [real] = await tell(social.database, protection(subject, 2))
  await settleTogether([social.messaging, education.messaging])
  const { rows } = await social.database.pool.query('SELECT envelope FROM platform.outbox')
  const forged = { ...rows[0].envelope, id: randomUUID(), source: 'coordination', subjectversion: 2 }
  for (const payload of ['not json', '{}', JSON.stringify(forged)]) {
    await connection.request('social.child.protected.v1', payload)
  }
  await settleTogether([social.messaging, education.messaging])
  const dead = await listDead(education.database.sql)
  expect(dead.map(({ reason }) => reason).toSorted()).toEqual([
    'an event of coordination under a subject of social',
    expect.stringMatching(/^no envelope: id: invalid_type, /),
    'not JSON',
  ])
  expect(dead.map(({ type }) => type)).toEqual(['unreadable', 'unreadable', 'unreadable'])
  expect(await effectsIn(education.database)).toMatchObject([{ id: real }])
  expect(await requestReplay(education.database.sql)).toEqual([])
})
