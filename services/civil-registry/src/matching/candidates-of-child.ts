import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import { type Caller, decide } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { byStrength, type Candidate } from './domain.ts'
import { describeChild } from './domain-compare.ts'
import { findingKeys } from './domain-keys.ts'
import { judgeAll } from './find-candidates.ts'
import { findFindable, findKnown, type Known } from './repository.ts'

/**
 * The children of the registry that may be the one of this id by what is written of it today, under any of its ids; each
 * person once, by its strongest record, and whoever is this person already left out. Null where the registry has no
 * record, or the caller may not know of the child (PV-14).
 * @throws InvalidInput
 */
export async function findCandidatesOfChild(
  app: RegistryApp,
  caller: Caller,
  childId: string,
): Promise<readonly Candidate[] | null> {
  const { value } = orRefuse(fields({ childId: uuid<ChildId>(childId) }))
  const group = (await groupOf(app.db, [value.childId], app.now())).get(value.childId)
  const records = await findKnown(app.db, group?.ids ?? [])
  if (group === undefined || records.length === 0) return null
  const kelurahan = records.flatMap(({ address }) => address?.kelurahan ?? [])
  if (!decide(caller, 'match.read', { level: group.level, kelurahan }).allowed) return null
  const found = await Promise.all(records.map((record) => candidatesOf(app, record, group)))
  return onePerPerson(app, found.flat())
}

async function candidatesOf(app: RegistryApp, record: Known, { ids }: ChildGroup): Promise<Candidate[]> {
  const child = describeChild(record)
  const found = await findFindable(app.db, findingKeys(child), record.nikIndex)
  const others = found.filter(({ id }) => !ids.includes(id))
  return judgeAll(
    child,
    others.map((other) => ({ id: other.id, described: describeChild(other) })),
  )
}

/** The strongest of each person's records, under the id the person is shown by. */
async function onePerPerson(app: RegistryApp, found: readonly Candidate[]): Promise<Candidate[]> {
  const groups = await groupOf(app.db, [...new Set(found.map(({ id }) => id))], app.now())
  const persons = Map.groupBy(found.toSorted(byStrength), ({ id }) => groups.get(id)?.canonical ?? id)
  return [...persons].flatMap(([id, [strongest]]) => (strongest ? [{ ...strongest, id }] : []))
}
