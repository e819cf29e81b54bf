import type { Outgoing, StreamState } from '../broker/broker.ts'
import type { SqlClient, Tx } from '../tx.ts'

/** One event that waits for the broker. */
export interface UnpublishedRow extends Outgoing {
  readonly subject: string
}

/**
 * The oldest unpublished events, in insertion order. By the mark and never by a cursor: a transaction that commits late
 * may show a lower number than rows already published.
 */
export function findUnpublished(sql: SqlClient, limit: number): PromiseLike<UnpublishedRow[]> {
  return sql.$queryRawUnsafe<UnpublishedRow[]>(
    `SELECT id::text, type, subject::text, envelope->>'traceparent' AS traceparent, envelope::text
     FROM platform.outbox WHERE published_at IS NULL ORDER BY seq LIMIT $1`,
    limit,
  )
}

/**
 * Marks events the broker has acked, but only while the marks still speak of that stream: a rebuild between ack and
 * mark has taken all marks away, and these events must go to the new stream too.
 *
 * @returns false when the marks speak of another stream now; nothing is marked then
 */
export async function markPublished(sql: SqlClient, stream: StreamState, ids: readonly string[]): Promise<boolean> {
  const [row] = await sql.$queryRawUnsafe<{ created: string }[]>(
    `WITH current AS (
       UPDATE platform.published_stream SET last_seq = greatest(last_seq, $2::bigint)
       WHERE created = $1 RETURNING created
     ), marked AS (
       UPDATE platform.outbox SET published_at = now() FROM current WHERE id = ANY($3::uuid[])
     )
     SELECT created FROM current`,
    stream.created,
    stream.lastSeq,
    ids,
  )
  return row !== undefined
}

/** The stream that the marks speak of, as far as it was filled; undefined before the first one. */
export async function findPublishedStream(sql: SqlClient): Promise<StreamState | undefined> {
  const [row] = await sql.$queryRawUnsafe<{ created: string; last_seq: string }[]>(
    'SELECT created, last_seq::text FROM platform.published_stream',
  )
  return row && { created: row.created, lastSeq: Number(row.last_seq) }
}

/**
 * Takes every mark away: all events are published again, into this stream. The stream's row is locked by a statement of
 * its own, so that the second one sees every mark that was set before; one statement would miss those set meanwhile.
 *
 * @returns how many events will be published again
 */
export async function unmarkAllInTx(tx: Tx, created: string): Promise<number> {
  await tx.$executeRawUnsafe(
    `INSERT INTO platform.published_stream (created, last_seq) VALUES ($1, 0)
     ON CONFLICT (only_row) DO UPDATE SET created = $1, last_seq = 0`,
    created,
  )
  return tx.$executeRawUnsafe('UPDATE platform.outbox SET published_at = NULL WHERE published_at IS NOT NULL')
}

/** What `settle` and the commands say of an outbox. */
export interface OutboxState {
  readonly unpublished: number
  readonly oldest: string | null
  readonly stream: string | null
}

export async function outboxState(sql: SqlClient): Promise<OutboxState> {
  const [row] = await sql.$queryRawUnsafe<OutboxState[]>(
    `SELECT (SELECT count(*)::integer FROM platform.outbox WHERE published_at IS NULL) AS unpublished,
            (SELECT type || ' ' || id FROM platform.outbox WHERE published_at IS NULL ORDER BY seq LIMIT 1) AS oldest,
            (SELECT created FROM platform.published_stream) AS stream`,
  )
  return row ?? { unpublished: 0, oldest: null, stream: null }
}
