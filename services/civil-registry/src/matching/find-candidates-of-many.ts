import type { ChildId } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import type { Candidate } from './domain.ts'
import { type Described, describeChild, type Sought } from './domain-compare.ts'
import { findingKeys } from './domain-keys.ts'
import { judgeAll, type Readable } from './find-candidates.ts'
import { findIdsByKey, findKnown, saveKeysOfManyInTx } from './repository.ts'

/** A child of a list, and under which keys others find it. */
export interface Findable {
  readonly id: ChildId
  readonly described: Described
  readonly keys: readonly number[]
}

/** What is compared of a child and what it is found by: computed once, for finding and for keeping. */
export function findable(child: Sought & { readonly id: ChildId }): Findable {
  const described = describeChild(child)
  return { id: child.id, described, keys: findingKeys(described) }
}

/**
 * `findCandidatesInTx` for a list of children that are not written yet: in two statements, however many they are. Each
 * is compared with the registry and with those before it in the list. Takes no locks: the caller keeps others out
 * meanwhile. A NIK is not looked up here; who holds it is known before.
 */
export async function findCandidatesOfMany(
  tx: RegistryTx,
  children: readonly Findable[],
): Promise<ReadonlyMap<ChildId, readonly Candidate[]>> {
  const inRegistry = await findIdsByKey(tx, [...new Set(children.flatMap(({ keys }) => keys))])
  const known = await findKnown(tx, [...new Set([...inRegistry.values()].flat())])
  const readable = new Map<ChildId, Readable>(
    known.map((record) => [record.id, { id: record.id, described: describeChild(record) }]),
  )
  const before = new Map<number, ChildId[]>()
  const found = new Map<ChildId, readonly Candidate[]>()
  for (const child of children) {
    const ids = new Set(child.keys.flatMap((key) => [...(inRegistry.get(key) ?? []), ...(before.get(key) ?? [])]))
    const candidates = judgeAll(
      child.described,
      [...ids].flatMap((id) => readable.get(id) ?? []),
    )
    if (candidates.length > 0) found.set(child.id, candidates)
    readable.set(child.id, child)
    for (const key of child.keys) {
      const earlier = before.get(key)
      if (earlier) earlier.push(child.id)
      else before.set(key, [child.id])
    }
  }
  return found
}

/** From now on others find these children; for those who were just written. */
export async function keepManyFindableInTx(tx: RegistryTx, children: readonly Findable[]): Promise<void> {
  await saveKeysOfManyInTx(
    tx,
    children.map(({ id, keys }) => ({ id, keys })),
  )
}
