import { type ChildGroup, groupOf, lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { type Caller, type Facts, type Permission, permitOr } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import type { Person } from './domain.ts'
import { ChildNotFound } from './errors.ts'
import { findPersons } from './repository.ts'

/** One person as the registry has them: every id, and what is written under each, the canonical record first. */
export interface ChildFile {
  readonly group: ChildGroup
  readonly persons: readonly Person[]
}

/** The files of these ids, of those the registry knows: two statements for any number of them. Asks no permission. */
export async function findChildFiles(
  app: RegistryApp,
  reader: RegistryApp['db'] | RegistryTx,
  ids: readonly ChildId[],
): Promise<ReadonlyMap<ChildId, ChildFile>> {
  const groups = await groupOf(reader, ids, app.now())
  const found = await findPersons(reader, [...new Set([...groups.values()].flatMap((group) => group.ids))])
  const byId = new Map(found.map((person) => [person.id, person]))
  return new Map(
    [...groups].flatMap(([id, group]) => {
      const persons = group.ids.flatMap((member) => byId.get(member) ?? [])
      return persons.some((person) => person.id === id) ? [[id, { group, persons }] as const] : []
    }),
  )
}

/**
 * The file of a child that this caller may do this to; for any feature's use case.
 * @throws ChildNotFound where there is none, or the child is hidden from the caller (PV-14); NotPermitted.
 */
export async function childFileFor(
  app: RegistryApp,
  reader: RegistryApp['db'] | RegistryTx,
  deed: { readonly caller: Caller; readonly permission: Permission; readonly childId: ChildId },
): Promise<ChildFile> {
  const file = (await findChildFiles(app, reader, [deed.childId])).get(deed.childId)
  if (file === undefined) throw new ChildNotFound('childId')
  permitOr(deed.caller, deed.permission, factsOfFile(deed.childId, file), () => new ChildNotFound('childId'))
  return file
}

/**
 * The same, with nobody else deciding anything about this person until the transaction ends. Read again once it is
 * locked: whoever linked another record to it meanwhile had the lock before.
 * @throws as `childFileFor`.
 */
export async function lockedChildFileFor(
  app: RegistryApp,
  tx: RegistryTx,
  deed: Parameters<typeof childFileFor>[2],
): Promise<ChildFile> {
  for (let file = await childFileFor(app, tx, deed); ; ) {
    await lockChildrenInTx(tx, file.group.ids)
    const held = await childFileFor(app, tx, deed)
    if (held.group.ids.every((id) => file.group.ids.includes(id))) return held
    file = held
  }
}

/** What permissions over the child are measured against. */
function factsOfFile(child: ChildId, { group, persons }: ChildFile): Facts {
  const kelurahan = persons.flatMap(({ address }) => address?.kelurahan ?? [])
  return { child, level: group.level, kelurahan, schools: group.schools, grants: group.grants }
}
