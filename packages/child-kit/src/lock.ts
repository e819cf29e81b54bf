import type { ChildId } from '@satuanak/contracts'
import type { Tx } from '@satuanak/messaging'

/**
 * Until the transaction ends nobody else decides anything about this person: `ids` are all of a group's. Taken in
 * order, so that two who decide about the same person never wait for each other.
 */
export async function lockChildrenInTx(tx: Tx, ids: readonly ChildId[]): Promise<void> {
  await tx.$executeRawUnsafe(
    `SELECT pg_advisory_xact_lock(hashtextextended(id, 0))
     FROM (SELECT id FROM unnest($1::text[]) id ORDER BY id) one`,
    ids,
  )
}
