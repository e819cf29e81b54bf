import type { ChildId } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import { byStrength, type Candidate, judge } from './domain.ts'
import { compareChildren, type Described, describeChild, type Sought } from './domain-compare.ts'
import { findingKeys, likenessMarks } from './domain-keys.ts'
import { findFindable, lockMarksInTx, saveKeysInTx } from './repository.ts'

/** No officer reads more; the weakest are left out. */
const MOST_CANDIDATES = 50

/**
 * The children of the registry that may be this one, the strongest first, each with its score field by field (ID-21).
 * By index only. Whoever comes in at the same moment and is surely alike waits until this transaction ends. Hidden
 * children are among them: who may see that is `match.read` (PV-14).
 */
export async function findCandidatesInTx(
  tx: RegistryTx,
  child: Sought & { readonly id: ChildId },
): Promise<readonly Candidate[]> {
  const described = describeChild(child)
  await lockMarksInTx(tx, likenessMarks(described))
  const found = await findFindable(tx, findingKeys(described), child.nikIndex)
  const others = found.filter(({ id }) => id !== child.id)
  return judgeAll(
    described,
    others.map((other) => ({ id: other.id, described: describeChild(other) })),
  )
}

/** From now on others find this child, by what is written of it now; to be called whenever that changes. */
export async function keepFindableInTx(tx: RegistryTx, child: Sought & { readonly id: ChildId }): Promise<void> {
  await saveKeysInTx(tx, child.id, findingKeys(describeChild(child)))
}

/** A record and what is compared of it. */
export interface Readable {
  readonly id: ChildId
  readonly described: Described
}

/** Those of the found that may be this child, the strongest first. */
export function judgeAll(child: Described, found: readonly Readable[]): Candidate[] {
  return found
    .flatMap(({ id, described }) => {
      const { verdict, ...why } = judge(compareChildren(child, described))
      return verdict === 'TIDAK_ADA' ? [] : [{ id, verdict, ...why }]
    })
    .sort(byStrength)
    .slice(0, MOST_CANDIDATES)
}
