import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { tellFlagsInTx } from '../flags/tell-flags.ts'
import { hintOf, inOrder, type PairVerdict, type Reason } from './domain.ts'
import { saveFoundPairsInTx } from './repository.ts'

/** Nobody's deed: the index found it. */
const REGISTRY = { actor: 'system', org: 'DUKCAPIL' } as const

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
 * is linked by it, not even by the same NIK (ID-21, EC-06); two who claim one NIK are both flagged (EC-01).
 */
export async function keepPairsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  childId: ChildId,
  found: readonly FoundLikeness[],
): Promise<void> {
  if (found.length === 0) return
  // In the order of the records, so that the desk's list is the same each time.
  const inTurn = found.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const pairs = inTurn.map(({ id, verdict, score, fields }) => ({
    id: app.newId(),
    ...inOrder(childId, id),
    verdict,
    score,
    reasons: fields,
    foundAt: app.now(),
  }))
  await saveFoundPairsInTx(tx, pairs)
  const claim = found.filter(({ fields }) => hintOf(fields) === 'NIK_DIPAKAI_BERSAMA')
  if (claim.length > 0) await tellFlagsInTx(app, tx, [childId, ...claim.map(({ id }) => id)], REGISTRY)
}
