import { randomUUID } from 'node:crypto'
import { jetstreamManager } from '@nats-io/jetstream'
import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { createBroker } from '../broker/broker.ts'
import { connectBroker } from '../broker/connect.ts'
import { DEFAULT_BROKER_SETTINGS } from '../broker/declarations.ts'
import { emit } from '../emit.ts'
import { contact, effects, effectsIn, tell } from '../fixtures/facts.ts'
import { peer, start } from '../fixtures/network.ts'
import { type Database, freshDatabase, useServers } from '../fixtures/servers.ts'
import { type Log, silent } from '../log.ts'
import { settleTogether } from '../operate/settle.ts'
import { pgSql } from '../pg.ts'
import type { Tx } from '../tx.ts'
import { declareService } from './declare-service.ts'
import { createRelay, type Relay, type RelayStep } from './relay.ts'

const servers = useServers()
const heard = [{ from: 'social', handlers: effects }] as const
/** A killed broker forgets its latest acks, and gives those messages again only after this time. */
const soon = { broker: { ackWaitMs: 1_000 } }

/** Every id in the order in which the stream keeps it. */
async function streamed(): Promise<string[]> {
  const connection = await connectBroker(servers.nats.url, 'a reader')
  const broker = await createBroker(connection, DEFAULT_BROKER_SETTINGS)
  const { lastSeq } = (await broker.findStream('social')) ?? { lastSeq: 0 }
  const manager = await jetstreamManager(connection)
  const ids: string[] = []
  for (let seq = 1; seq <= lastSeq; seq += 1) {
    const message = await manager.streams.getMessage('SOCIAL', { seq })
    ids.push(message?.json<{ id: string }>().id ?? '')
  }
  await connection.close()
  return ids
}

/** A log whose next line with this message can be waited for. */
function listening() {
  const heard: string[] = []
  const waiting = new Map<string, () => void>()
  const note = (_fields: unknown, message: string) => {
    heard.push(message)
    waiting.get(message)?.()
  }
  const log: Log = { info: note, warn: note, error: note }
  return {
    log,
    said: (message: string) =>
      heard.includes(message) ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(message, resolve)),
    heard,
  }
}

test('a late commit with a lower sequence is not skipped', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', heard)
  const late = new pg.Client({ connectionString: social.database.url })
  await late.connect()
  onTestFinished(() => late.end())
  await late.query('BEGIN')
  const lateId = await emit(pgSql(late) as Tx, contact(randomUUID()))
  const [early] = await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  expect((await effectsIn(education.database)).map(({ id }) => id)).toEqual([early])
  await late.query('COMMIT')
  await settleTogether([social.messaging, education.messaging])
  expect((await effectsIn(education.database)).map(({ id }) => id)).toEqual([early, lateId])
  const { rows } = await social.database.pool.query('SELECT id::text FROM platform.outbox ORDER BY seq')
  expect(rows.map(({ id }) => id)).toEqual([lateId, early])
})

test('a NOTIFY wakes the relay: with an hour between polls the event is there at once', async () => {
  const social = await peer(servers, 'social', [], { tuning: { pollMs: 3_600_000 } })
  const education = await peer(servers, 'education', heard)
  await settleTogether([social.messaging, education.messaging])
  await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging], 5_000)
  expect(await effectsIn(education.database)).toHaveLength(1)
})

test('polling is the guarantee: an event without NOTIFY is carried too', async () => {
  const social = await peer(servers, 'social', [], { tuning: { pollMs: 50 } })
  await tell(social.database, contact(randomUUID()))
  await social.messaging.settle()
  await social.database.pool.query('UPDATE platform.outbox SET published_at = NULL')
  await social.messaging.settle(5_000)
})

async function relayOf(database: Database, name: string, seen: string[]): Promise<Relay> {
  const connection = await connectBroker(servers.nats.url, name)
  const broker = await createBroker(connection, DEFAULT_BROKER_SETTINGS)
  const relay = createRelay({
    service: database.service,
    databaseUrl: database.url,
    broker,
    log: silent,
    pollMs: 20,
    observe: (step: RelayStep) => {
      if (step === 'leading' || step === 'acked') seen.push(`${name} ${step}`)
    },
  })
  onTestFinished(async () => {
    await relay.close()
    await connection.close()
  })
  return relay
}

async function published(database: Database): Promise<void> {
  for (;;) {
    const { rows } = await database.pool.query('SELECT FROM platform.outbox WHERE published_at IS NULL')
    if (rows.length === 0) return
  }
}

test('of two relays one works, and the other takes over when it ends', async () => {
  const database = await freshDatabase(servers.postgres, 'social')
  await declareService(database.sql, { name: 'social', zone: 'Asia/Jakarta' })
  const seen: string[] = []
  const first = await relayOf(database, 'first', seen)
  const second = await relayOf(database, 'second', seen)
  first.start()
  await tell(database, contact(randomUUID()))
  await published(database)
  second.start()
  await tell(database, contact(randomUUID()), contact(randomUUID()))
  await published(database)
  expect(seen).toEqual(['first leading', 'first acked', 'first acked', 'first acked'])
  await first.close()
  await tell(database, contact(randomUUID()))
  await published(database)
  expect(seen.slice(4)).toEqual(['second leading', 'second acked'])
})

test('a relay whose connection is cut leads again on a new one', async () => {
  const social = await peer(servers, 'social', [], { tuning: { pollMs: 20 } })
  const education = await peer(servers, 'education', heard)
  await settleTogether([social.messaging, education.messaging])
  for (let round = 1; round <= 3; round += 1) {
    await social.database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    )
    await tell(social.database, contact(randomUUID()))
    await settleTogether([social.messaging, education.messaging])
    expect(await effectsIn(education.database)).toHaveLength(round)
  }
})

test('a PostgreSQL that is killed and comes back is found again by relay and consumers', async () => {
  const social = await peer(servers, 'social')
  const education = await peer(servers, 'education', heard)
  await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  await servers.restartPostgres()
  await tell(social.database, contact(randomUUID()), contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  expect(await effectsIn(education.database)).toHaveLength(3)
})

test('events told while NATS is away are carried when it is back', async () => {
  const social = await peer(servers, 'social', [], soon)
  const education = await peer(servers, 'education', heard, soon)
  await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  await servers.restartNats(async () => {
    await tell(social.database, contact(randomUUID()), contact(randomUUID()))
  })
  await settleTogether([social.messaging, education.messaging])
  expect(await effectsIn(education.database)).toHaveLength(3)
})

test('the JetStream store deleted mid-run: the stream is rebuilt from the outbox, every effect stays single', async () => {
  const { log, said, heard: lines } = listening()
  const social = await peer(servers, 'social', [], { ...soon, log })
  const education = await peer(servers, 'education', heard, soon)
  const subjects = [randomUUID(), randomUUID(), randomUUID()]
  const told: string[] = []
  const tellAll = async () => told.push(...(await tell(social.database, ...subjects.map(contact))))
  for (let round = 0; round < 5; round += 1) await tellAll()
  await settleTogether([social.messaging, education.messaging])
  await education.messaging.close()
  await tellAll()
  await social.messaging.settle()
  await servers.loseStore()
  await tellAll()
  const again = await start(servers, education.database, heard, soon)
  await settleTogether([social.messaging, again])
  await said('stream was lost: every event is published again')
  expect(lines.filter((line) => line.startsWith('stream was lost'))).toHaveLength(1)
  const done = await effectsIn(education.database)
  expect(done.map(({ id }) => id).sort()).toEqual([...told].sort())
  for (const subject of subjects) {
    const versions = done.filter((each) => each.subject === subject).map(({ version }) => version)
    expect(versions).toEqual([1, 2, 3, 4, 5, 6, 7])
  }
  expect([...new Set(await streamed())].sort()).toEqual([...told].sort())
})

test('a stream deleted under idle services is noticed and rebuilt by itself', async () => {
  const social = await peer(servers, 'social', [], soon)
  const education = await peer(servers, 'education', heard, soon)
  const told = await tell(social.database, contact(randomUUID()), contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  await social.messaging.broker.deleteStream('social')
  expect(await social.messaging.settled()).toBe(false)
  await settleTogether([social.messaging, education.messaging])
  expect((await streamed()).sort()).toEqual(told.sort())
  expect(await effectsIn(education.database)).toHaveLength(2)
})

test('a broker that lost only its unsynced end is given everything again', async () => {
  const social = await peer(servers, 'social', [], soon)
  const education = await peer(servers, 'education', heard, soon)
  const kept = await tell(social.database, contact(randomUUID()))
  await settleTogether([social.messaging, education.messaging])
  const before = await servers.copyStore()
  const lost = await tell(social.database, contact(randomUUID()), contact(randomUUID()))
  await social.messaging.settle()
  await servers.restoreStore(before)
  await settleTogether([social.messaging, education.messaging])
  expect((await streamed()).sort()).toEqual([...kept, ...lost].sort())
  expect(await effectsIn(education.database)).toHaveLength(3)
})
