import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { loader, type Page } from '@satuanak/graphql-kit'
import type { Facts, Permission } from '@satuanak/identity'
import { noteRead } from '@satuanak/service-kit'
import type { RegistryContext } from '../app.ts'
import type { Person } from '../identity/domain.ts'
import { findPersons } from '../identity/repository.ts'
import { builder } from './builder.ts'

export { ChildNotFound, NikAlreadyIssued, NikTaken } from '../identity/errors.ts'

/** One child as the registry sees it: the ids that are one person, and every record written under them. */
export interface Child {
  /** The id that was asked for; `group.canonical` is the one to show. */
  readonly id: ChildId
  readonly group: ChildGroup
  /** The canonical id's record first; empty where the registry has not heard of the child. */
  readonly persons: readonly Person[]
}

/** Any number of children in three statements: their groups, their records, their papers. */
export function childOf(context: RegistryContext): (id: ChildId) => Promise<Child | null> {
  const { app } = context
  return loader(context, 'child', async (ids: readonly ChildId[]) => {
    const groups = await groupOf(app.db, ids, app.now())
    const persons = await findPersons(app.db, [...new Set([...groups.values()].flatMap((group) => group.ids))])
    const byId = new Map(persons.map((person) => [person.id, person]))
    return new Map([...groups].map(([id, group]) => [id, assemble(id, group, byId)]))
  })
}

function assemble(id: ChildId, group: ChildGroup, persons: ReadonlyMap<ChildId, Person>): Child {
  return { id, group, persons: group.ids.flatMap((member) => persons.get(member) ?? []) }
}

/** What permissions are measured against; null where the registry knows nothing, so that there is nothing to show. */
export function factsOf({ group, persons }: Pick<Child, 'group' | 'persons'>): Facts | null {
  if (persons.length === 0) return null
  return {
    level: group.level,
    kelurahan: persons.flatMap((person) => person.address?.kelurahan ?? []),
    schools: group.schools,
    grants: group.grants,
  }
}

/** The federated child; each feature adds its own fields (`builder.objectFields`). */
export const ChildType = builder.objectRef<Child>('Child')
ChildType.implement({
  permission: 'child.refer',
  facts: factsOf,
  fields: (t) => ({
    id: t.expose('id', { type: 'UUID', nullable: false, permission: 'child.refer' }),
  }),
})
builder.asEntity(ChildType, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => childOf(context)(id as ChildId),
})

/** The same page, of children instead of their ids. To be found says something already: it is a read (PV-05). */
export async function withChildren(
  { pageInfo, nodes }: Page<ChildId>,
  permission: Permission,
  context: RegistryContext,
): Promise<Page<Child>> {
  for (const id of nodes) noteRead(context, id, permission)
  const children = await Promise.all(nodes.map(childOf(context)))
  return { pageInfo, nodes: children.filter((child) => child !== null) }
}
