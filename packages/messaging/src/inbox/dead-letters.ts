import type { ServiceName } from '@satuanak/contracts'
import type { SqlClient } from '../tx.ts'
import { WAKE_CHANNEL } from '../wake.ts'

/** One event that could not be handled. Codes and ids only: the envelope itself stays in the database. */
export interface DeadLetter {
  readonly source: ServiceName
  readonly eventId: string
  readonly type: string
  readonly subject: string | null
  readonly reason: string
  readonly tries: number
  /** ISO instants. */
  readonly deadAt: string
  readonly replayRequestedAt: string | null
}

/** The dead letters of a service that were not replayed, oldest first. */
export function listDead(sql: SqlClient): PromiseLike<DeadLetter[]> {
  return sql.$queryRawUnsafe<DeadLetter[]>(
    `SELECT source, event_id::text AS "eventId", type, subject::text, reason, tries,
            ${iso('dead_at')} AS "deadAt", ${iso('replay_requested_at')} AS "replayRequestedAt"
     FROM platform.dead_letter WHERE replayed_at IS NULL ORDER BY dead_at, source, subject, subject_version`,
  )
}

function iso(column: 'dead_at' | 'replay_requested_at'): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
}

/**
 * Asks the service to run the handler of a dead letter again, of all of them without an id. The service does it in its
 * own process, where the handlers are, as soon as it runs.
 *
 * @returns the events asked for: unreadable messages and those already replayed are not among them
 */
export async function requestReplay(sql: SqlClient, eventId?: string): Promise<string[]> {
  const asked = await sql.$queryRawUnsafe<{ id: string }[]>(
    `UPDATE platform.dead_letter SET replay_requested_at = now()
     WHERE replayed_at IS NULL AND envelope IS NOT NULL AND ($1::uuid IS NULL OR event_id = $1::uuid)
     RETURNING event_id::text AS id`,
    eventId ?? null,
  )
  await sql.$executeRawUnsafe(`NOTIFY ${WAKE_CHANNEL}, 'replay'`)
  return asked.map(({ id }) => id)
}

/** How far a replay is that was asked for. */
export type ReplayState = { readonly kind: 'asked' | 'replayed' } | { readonly kind: 'failed'; readonly reason: string }

export async function replayState(sql: SqlClient, eventId: string): Promise<ReplayState> {
  const [row] = await sql.$queryRawUnsafe<{ replayed: boolean; asked: boolean; reason: string }[]>(
    `SELECT replayed_at IS NOT NULL AS replayed, replay_requested_at IS NOT NULL AS asked, reason
     FROM platform.dead_letter WHERE event_id = $1::uuid`,
    eventId,
  )
  if (row?.replayed) return { kind: 'replayed' }
  return row?.asked ? { kind: 'asked' } : { kind: 'failed', reason: row?.reason ?? 'no such dead letter' }
}

/** How many replays were asked for and not done yet. */
export async function countRequested(sql: SqlClient): Promise<number> {
  const [row] = await sql.$queryRawUnsafe<{ requested: number }[]>(
    `SELECT count(*)::integer AS requested FROM platform.dead_letter
     WHERE replay_requested_at IS NOT NULL AND replayed_at IS NULL`,
  )
  return row?.requested ?? 0
}
