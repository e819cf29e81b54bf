import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { PermanentFailure } from '../failure.ts'
import { contact, effect, effects, effectsIn, tell } from '../fixtures/facts.ts'
import { peer, start } from '../fixtures/network.ts'
import { useServers } from '../fixtures/servers.ts'
import { settleTogether } from '../operate/settle.ts'
import { listDead } from './dead-letters.ts'

const servers = useServers()
const heard = [{ from: 'social', handlers: effects }] as const
/** The shortest that nats-server keeps. */
const broker = { duplicateWindowMs: 100 }

async function pair() {
  const social = await peer(servers, 'social', [], { broker })
  const education = await peer(servers, 'education', heard, { broker })
  const publishAgain = async () => {
    await social.database.pool.query('UPDATE platform.outbox SET published_at = NULL')
    await settleTogether([social.messaging, education.messaging])
  }
  const streamLength = async () => (await social.messaging.broker.findStream('social'))?.lastSeq ?? 0
  return { social, education, publishAgain, streamLength }
}

test("the same event five times within the broker's window and five times after it has one effect", async () => {
  const { social, education, publishAgain, streamLength } = await pair()
  const [id] = await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  for (let time = 2; time <= 5; time += 1) await publishAgain()
  // Published again until the broker has forgotten the id five times: then the inbox alone keeps the effect single.
  const before = await streamLength()
  while ((await streamLength()) < before + 5) await publishAgain()
  expect(await effectsIn(education.database)).toMatchObject([{ id, version: 1 }])
})

test('two processes of one service share its events, and each has one effect', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', heard)
  const second = await start(servers, education.database, heard)
  const subjects = Array.from({ length: 10 }, () => randomUUID())
  for (let round = 0; round < 6; round += 1) await tell(social.database, ...subjects.map(contact))
  await settleTogether([social.messaging, education.messaging, second])
  const done = await effectsIn(education.database)
  expect(done).toHaveLength(60)
  for (const subject of subjects) {
    const versions = done.filter((each) => each.subject === subject).map(({ version }) => version)
    expect(versions).toEqual([1, 2, 3, 4, 5, 6])
  }
})

test('a dead letter that is delivered again is neither tried nor buried again', async () => {
  let tries = 0
  const social = await peer(servers, 'social', [], { broker })
  const poisoned = {
    from: 'social',
    handlers: {
      'social.street.contact.recorded.v1': async () => {
        tries += 1
        throw new PermanentFailure('no')
      },
    },
  } as const
  const education = await peer(servers, 'education', [poisoned], { broker })
  await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  await social.messaging.broker.deleteStream('social')
  await settleTogether([social.messaging, education.messaging])
  expect(tries).toBe(1)
  expect(await listDead(education.database.sql)).toHaveLength(1)
})

test('a handler that takes longer than the ack wait runs once: its message is kept from the others', async () => {
  const settings = { broker: { ackWaitMs: 600 }, tuning: { concurrency: 1 } }
  let runs = 0
  const slow = {
    from: 'social',
    handlers: {
      'social.street.contact.recorded.v1': async (...[tx, event]: Parameters<typeof effect>) => {
        runs += 1
        await tx.$queryRawUnsafe('SELECT pg_sleep(1)::text')
        await effect(tx, event)
      },
    },
  } as const
  const social = await peer(servers, 'social', [], settings)
  const education = await peer(servers, 'education', [slow], settings)
  await start(servers, education.database, [slow], settings)
  await tell(social.database, contact(randomUUID()), contact(randomUUID()), contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  expect(runs).toBe(3)
  expect(await effectsIn(education.database)).toHaveLength(3)
})

test('an event older than the version but never seen is handled, and the version does not go back', async () => {
  const { social, education } = await pair()
  const subject = randomUUID()
  await tell(social.database, contact(subject), contact(subject))
  await settleTogether([social.messaging, education.messaging])
  // As after the producer was restored from a backup: a number is given a second time.
  await social.database.pool.query(`DELETE FROM platform.outbox WHERE subject_version = 2`)
  await social.database.pool.query(`UPDATE platform.subject_version SET version = 1`)
  const [again, next] = await tell(social.database, contact(subject), contact(subject))
  await settleTogether([social.messaging, education.messaging])
  expect((await effectsIn(education.database)).slice(2)).toMatchObject([
    { id: again, version: 2 },
    { id: next, version: 3 },
  ])
})
