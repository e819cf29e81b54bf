import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { inOrder, type PairVerdict, type Reason } from './domain.ts'
import { saveFoundPairsInTx } from './repository.ts'

/** Another record that looks like the one that came in, and in which respects. */
export interface FoundLikeness {
  readonly id: ChildId
  readonly verdict: PairVerdict
  /** The index's sum, where it weighs. */
  readonly score: number | null
  readonly fields: readonly Reason[]
}

/**
 * Puts what the index found for a record that has just been written before the officer, in the same transaction. Nobody
 * is linked by it, not even by the same NIK (ID-21, EC-01, EC-06).
 */
export async function keepPairsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  childId: ChildId,
  found: readonly FoundLikeness[],
): Promise<void> {
  if (found.length === 0) return
  const pairs = found.map(({ id, verdict, score, fields }) => ({
    id: app.newId(),
    ...inOrder(childId, id),
    verdict,
    score,
    reasons: fields,
    foundAt: app.now(),
  }))
  await saveFoundPairsInTx(tx, pairs)
}
