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
  await keepPairsOfManyInTx(app, tx, new Map([[childId, found]]))
  const claim = found.filter(({ fields }) => hintOf(fields) === 'NIK_DIPAKAI_BERSAMA')
  if (claim.length > 0) await tellFlagsInTx(app, tx, [childId, ...claim.map(({ id }) => id)], REGISTRY)
}

/** The same for many records that were written at once, none of them with a NIK that another holds. */
export async function keepPairsOfManyInTx(
  app: RegistryApp,
  tx: RegistryTx,
  found: ReadonlyMap<ChildId, readonly FoundLikeness[]>,
): Promise<void> {
  // In the order of the records, so that the desk's list is the same each time; ids of one moment have no order of theirs.
  const inTurn = [...found].flatMap(([childId, likenesses]) =>
    likenesses
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .map(({ id, verdict, score, fields }) => ({ ...inOrder(childId, id), verdict, score, reasons: fields })),
  )
  if (inTurn.length === 0) return
  const ids = inTurn.map(() => app.newId<string>()).toSorted()
  const foundAt = app.now()
  await saveFoundPairsInTx(
    tx,
    inTurn.map((pair, at) => ({ ...pair, id: ids[at] ?? '', foundAt })),
  )
}
