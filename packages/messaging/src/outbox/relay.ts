import type { ServiceName } from '@satuanak/contracts'
import pg from 'pg'
import type { Broker, StreamState } from '../broker/broker.ts'
import { describeFailure } from '../failure.ts'
import type { Log } from '../log.ts'
import { pgSql, transactionOn } from '../pg.ts'
import { createWake, WAKE_CHANNEL } from '../wake.ts'
import { findPublishedStream, findUnpublished, markPublished, unmarkAllInTx } from './outbox.ts'

/** The steps of the protocol at which a test may stop the process. */
export type RelayStep = 'leading' | 'read' | 'publishing' | 'acked' | 'marked'

export interface RelayOptions {
  readonly service: ServiceName
  /** The relay opens one connection of its own, for the lock, the wake-ups and its reads. */
  readonly databaseUrl: string
  readonly broker: Broker
  readonly log: Log
  /** How often the outbox, or the lock of another relay, is looked at without a wake-up. */
  readonly pollMs?: number
  readonly batch?: number
  /** Told when somebody asked for a replay: this connection is the one that listens. */
  readonly onReplayRequested?: () => void
  readonly observe?: (step: RelayStep) => void | Promise<void>
}

export interface Relay {
  start(): void
  /** Finishes the batch in hand, gives the lock back. */
  close(): Promise<void>
}

/** Any number: advisory locks are per database, and a database is one service's. */
const RELAY_LOCK = 7_305_001
/** How often the stream is looked at while nothing happens: it may have been lost under an idle service. */
const STREAM_CHECK_MS = 2_000
const LONGEST_PAUSE_MS = 5_000

/**
 * Carries a service's outbox to its stream. Only the relay that holds the database's advisory lock works; others stand
 * by and take over when its connection ends. Survives restarts of PostgreSQL and NATS.
 */
export function createRelay(options: RelayOptions): Relay {
  const { log, service, pollMs = 500, broker } = options
  const wake = createWake()
  let closing = false
  let running: Promise<void> | undefined
  let checkAt = 0
  let failures = 0
  const checkNow = () => {
    checkAt = 0
    wake.nudge()
  }
  broker.onReconnect(checkNow)

  async function run(): Promise<void> {
    while (!closing) {
      const client = new pg.Client({ connectionString: options.databaseUrl, keepAlive: true })
      client.on('error', wake.nudge)
      client.on('notification', ({ payload }) => {
        if (payload === 'replay') options.onReplayRequested?.()
        else wake.nudge()
      })
      try {
        await client.connect()
        await client.query(`LISTEN ${WAKE_CHANNEL}`)
        await lead(client)
      } catch (error) {
        if (closing) return
        failures += 1
        log.warn({ service, reason: describeFailure(error) }, 'relay interrupted, starts again')
        await wake.wait(Math.min(pollMs * 2 ** (failures - 1), LONGEST_PAUSE_MS))
      } finally {
        await client.end().catch(() => {})
      }
    }
  }

  async function lead(client: pg.Client): Promise<void> {
    while (!closing && !(await tryLock(client))) await wake.wait(pollMs)
    if (closing) return
    log.info({ service }, 'relay leads')
    await options.observe?.('leading')
    checkAt = 0
    let stream: StreamState | undefined
    let suspect: StreamState | undefined
    while (!closing) {
      if (!stream || performance.now() > checkAt) {
        checkAt = performance.now() + STREAM_CHECK_MS
        stream = await sameStream(client, options, suspect)
      }
      const { count, trusted, reached } = await publishBatch(client, stream, options)
      failures = 0
      suspect = trusted ? undefined : stream
      stream = trusted ? reached : undefined
      if (trusted && count < (options.batch ?? 200)) await wake.wait(pollMs)
    }
  }

  return {
    start() {
      running ??= run()
    },
    async close() {
      closing = true
      wake.nudge()
      await running
    },
  }
}

async function tryLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [RELAY_LOCK])
  return rows[0]?.held ?? false
}

/**
 * Makes sure that the marks in the outbox speak of the stream that is there. A stream that was lost, with everything in
 * it or only its unsynced end, is made anew and every event is published again; inboxes keep the effects single.
 */
async function sameStream(
  client: pg.Client,
  { broker, service, log }: RelayOptions,
  suspect?: StreamState,
): Promise<StreamState> {
  const known = await findPublishedStream(pgSql(client))
  let stream = await broker.ensureStream(service)
  if (known?.created === stream.created) {
    if (suspect?.created !== stream.created && stream.lastSeq >= known.lastSeq) return stream
    // A broker that lost its end would give the lost numbers to other events.
    await broker.deleteStream(service)
    stream = await broker.ensureStream(service)
  }
  const again = await transactionOn(client, (tx) => unmarkAllInTx(tx, stream.created))
  if (again > 0) log.warn({ service, events: again }, 'stream was lost: every event is published again')
  return stream
}

interface Published {
  /** How many events were read. */
  readonly count: number
  readonly reached: StreamState
  /** False when the stream must be looked at before the next batch: nothing was marked. */
  readonly trusted: boolean
}

/** Publishes the oldest events: subjects side by side, the events of one subject one after another. */
async function publishBatch(client: pg.Client, stream: StreamState, options: RelayOptions): Promise<Published> {
  const rows = await findUnpublished(pgSql(client), options.batch ?? 200)
  if (rows.length === 0) return { count: 0, reached: stream, trusted: true }
  await options.observe?.('read')
  const acked: string[] = []
  let lastSeq = stream.lastSeq
  let reused = false
  const lanes = [...Map.groupBy(rows, ({ subject }) => subject).values()].map(async (lane) => {
    for (const row of lane) {
      await options.observe?.('publishing')
      const ack = await options.broker.publish(row)
      // A new message under a number that was given before: the broker lost its end, or the stream is another one.
      if (!ack.duplicate && ack.seq <= stream.lastSeq) reused = true
      lastSeq = Math.max(lastSeq, ack.seq)
      acked.push(row.id)
      await options.observe?.('acked')
    }
  })
  const failed = (await Promise.allSettled(lanes)).find((lane) => lane.status === 'rejected')
  const reached = { created: stream.created, lastSeq }
  const trusted = !reused && (acked.length === 0 || (await markPublished(pgSql(client), reached, acked)))
  await options.observe?.('marked')
  if (failed) throw failed.reason
  return { count: rows.length, reached, trusted }
}
