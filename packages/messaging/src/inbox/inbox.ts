import type { Envelope, ServiceName } from '@satuanak/contracts'
import type { Tx } from '../tx.ts'

/** What of an envelope the inbox looks at. */
export type Placed = Pick<Envelope, 'id' | 'source' | 'subject' | 'subjectversion' | 'type'>

/** `gap`: an earlier event of the subject has not come yet; the transaction must be rolled back. */
export type Standing = 'fresh' | 'duplicate' | 'gap'

/**
 * Notes an event as finished with and moves its subject's version on, both undone when the transaction is. Of two
 * processes with events of one subject the second waits here for the first. An event older than the version but
 * never seen (its producer was restored from a backup) is fresh: the inbox decides, not the number.
 */
export async function receiveInTx(tx: Tx, event: Placed): Promise<Standing> {
  const [row] = await tx.$queryRawUnsafe<{ placed: boolean; arrived: boolean }[]>(
    `WITH place AS (
       INSERT INTO platform.inbox_version AS held (source, subject, version)
       SELECT $1, $2::uuid, $3::integer
       WHERE $3::integer = 1
          OR EXISTS (SELECT FROM platform.inbox_version WHERE source = $1 AND subject = $2::uuid)
       ON CONFLICT (source, subject) DO UPDATE SET version = greatest(held.version, excluded.version)
       WHERE excluded.version <= held.version + 1
       RETURNING version
     ), arrival AS (
       INSERT INTO platform.inbox (source, event_id) VALUES ($1, $4::uuid) ON CONFLICT DO NOTHING RETURNING event_id
     )
     SELECT EXISTS (SELECT FROM place) AS placed, EXISTS (SELECT FROM arrival) AS arrived`,
    event.source,
    event.subject,
    event.subjectversion,
    event.id,
  )
  if (!row?.arrived) return 'duplicate'
  return row.placed ? 'fresh' : 'gap'
}

/** Counts one failed try and says how many there were. */
export async function countTryInTx(tx: Tx, event: Placed): Promise<number> {
  const [row] = await tx.$queryRawUnsafe<{ tries: number }[]>(
    `INSERT INTO platform.inbox_try AS so_far (source, event_id, tries) VALUES ($1, $2::uuid, 1)
     ON CONFLICT (source, event_id) DO UPDATE SET tries = so_far.tries + 1 RETURNING tries`,
    event.source,
    event.id,
  )
  return row?.tries ?? 1
}

export async function forgetTriesInTx(tx: Tx, event: Placed): Promise<void> {
  await tx.$executeRawUnsafe(
    'DELETE FROM platform.inbox_try WHERE source = $1 AND event_id = $2::uuid',
    event.source,
    event.id,
  )
}

/** Lays an event among the dead letters; `receiveInTx` has noted it in the same transaction. */
export async function buryInTx(tx: Tx, event: Envelope, reason: string, tries: number): Promise<void> {
  await tx.$executeRawUnsafe(
    `INSERT INTO platform.dead_letter (source, event_id, type, subject, subject_version, envelope, reason, tries)
     VALUES ($1, $2::uuid, $3, $4::uuid, $5::integer, $6::jsonb, $7, $8::integer)`,
    event.source,
    event.id,
    event.type,
    event.subject,
    event.subjectversion,
    JSON.stringify(event),
    reason,
    tries,
  )
}

/** A message that is no event of its stream's service: only where it stood is kept. */
export interface Unreadable {
  readonly from: ServiceName
  readonly id: string
  readonly reason: string
}

/** Idempotent: the same message is buried once. */
export async function buryUnreadableInTx(tx: Tx, { from, id, reason }: Unreadable): Promise<void> {
  await tx.$executeRawUnsafe(
    `WITH arrival AS (
       INSERT INTO platform.inbox (source, event_id) VALUES ($1, $2::uuid) ON CONFLICT DO NOTHING RETURNING event_id
     )
     INSERT INTO platform.dead_letter (source, event_id, type, reason, tries)
     SELECT $1, event_id, 'unreadable', $3, 1 FROM arrival`,
    from,
    id,
    reason,
  )
}
