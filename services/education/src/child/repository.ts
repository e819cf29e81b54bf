import type { ChildId } from '@satuanak/contracts'
import type { EducationTx } from '../app.ts'

/**
 * Until the transaction ends nobody else decides anything about these ids. Taken in order, so that two who decide about
 * the same person never wait for each other.
 */
export async function lockChildrenInTx(tx: EducationTx, ids: readonly ChildId[]): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtextextended(id, 0))
    FROM (SELECT id FROM unnest(${[...ids]}::text[]) id ORDER BY id) one`
}
