import { type Envelope, Envelope as EnvelopeSchema, type ServiceName } from '@satuanak/contracts'
import { describeFailure } from '../failure.ts'
import type { Handlers, Subscription } from '../handlers.ts'
import type { Log } from '../log.ts'
import type { InTransaction, SqlClient, Tx } from '../tx.ts'
import { createWake } from '../wake.ts'
import { inSpan, runHandler } from './handle.ts'

export interface ReplaysOptions<Client extends SqlClient> {
  readonly service: ServiceName
  /** One per producing service. */
  readonly subscriptions: readonly Subscription<Client>[]
  readonly inTransaction: InTransaction<Client>
  readonly log: Log
  readonly pollMs?: number
}

export interface Replays {
  start(): void
  nudge(): void
  close(): Promise<void>
}

/** Runs the replays that were asked for, each in one transaction with its mark: a replay has its effect once. */
export function createReplays<Client extends SqlClient>(options: ReplaysOptions<Client>): Replays {
  const { service, log, inTransaction, pollMs = 2_000 } = options
  const handlers = new Map(options.subscriptions.map(({ from, handlers }) => [from, handlers]))
  const wake = createWake()
  let closing = false
  let running: Promise<void> | undefined

  async function run(): Promise<void> {
    while (!closing) {
      try {
        if (!(await replayOne())) await wake.wait(pollMs)
      } catch (error) {
        log.warn({ service, reason: describeFailure(error) }, 'replays interrupted, go on')
        await wake.wait(pollMs)
      }
    }
  }

  async function replayOne(): Promise<boolean> {
    let taken: Envelope | undefined
    try {
      return await inTransaction(async (tx) => {
        taken = await takeRequestedInTx(tx)
        if (!taken) return false
        await replayInTx(tx, taken, handlers.get(taken.source) ?? {}, service)
        log.info({ service, event: taken.id, type: taken.type }, 'dead letter replayed')
        return true
      })
    } catch (error) {
      if (!taken) throw error
      const failed = taken
      const reason = describeFailure(error)
      log.error({ service, event: failed.id, type: failed.type, reason }, 'dead letter failed again')
      await inTransaction((tx) => returnInTx(tx, failed, reason))
      return true
    }
  }

  return {
    start() {
      running ??= run()
    },
    nudge: wake.nudge,
    async close() {
      closing = true
      wake.nudge()
      await running
    },
  }
}

async function takeRequestedInTx(tx: Tx): Promise<Envelope | undefined> {
  const [row] = await tx.$queryRawUnsafe<{ envelope: string }[]>(
    `SELECT envelope::text FROM platform.dead_letter
     WHERE replay_requested_at IS NOT NULL AND replayed_at IS NULL
     ORDER BY replay_requested_at, source, subject, subject_version LIMIT 1 FOR UPDATE SKIP LOCKED`,
  )
  return row && EnvelopeSchema.parse(JSON.parse(row.envelope))
}

// The event's inbox row is there since it was laid aside, so neither a redelivery nor a rebuild can run it again.
async function replayInTx<Client extends SqlClient>(
  tx: Tx<Client>,
  event: Envelope,
  handlers: Handlers<Client>,
  service: ServiceName,
): Promise<void> {
  await inSpan(event, service, () => runHandler(tx, event, handlers))
  await tx.$executeRawUnsafe(
    'UPDATE platform.dead_letter SET replayed_at = now() WHERE source = $1 AND event_id = $2::uuid',
    event.source,
    event.id,
  )
}

async function returnInTx(tx: Tx, event: Envelope, reason: string): Promise<void> {
  await tx.$executeRawUnsafe(
    `UPDATE platform.dead_letter SET replay_requested_at = NULL, tries = tries + 1, reason = $3
     WHERE source = $1 AND event_id = $2::uuid AND replayed_at IS NULL`,
    event.source,
    event.id,
    reason,
  )
}
