import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { loader } from '@satuanak/graphql-kit'
import type { Facts } from '@satuanak/identity'
import type { SocialContext } from '../app.ts'
import type { Assessment, StreetContact } from './domain.ts'
import { findAssessments, findContacts } from './repository.ts'

/** One child as social services see it: the ids that are one person, and what was written under them. */
export interface Child {
  readonly id: ChildId
  readonly group: ChildGroup
  /** The latest first. */
  readonly contacts: readonly StreetContact[]
  readonly assessments: readonly Assessment[]
}

/** Any number of children in three statements: their groups, contacts and assessments. */
export function childOf(context: SocialContext): (id: ChildId) => Promise<Child | null> {
  const { app } = context
  return loader(context, 'child', async (ids: readonly ChildId[]) => {
    const groups = await groupOf(app.db, ids, app.now())
    const members = [...new Set([...groups.values()].flatMap((group) => group.ids))]
    const [contacts, assessments] = await Promise.all([findContacts(app.db, members), findAssessments(app.db, members)])
    const contactsOf = Map.groupBy(contacts, (contact) => contact.childId)
    const assessmentsOf = Map.groupBy(assessments, (assessment) => assessment.childId)
    const gather = (id: ChildId, group: ChildGroup): Child => ({
      id,
      group,
      contacts: group.ids.flatMap((member) => contactsOf.get(member) ?? []),
      assessments: group.ids.flatMap((member) => assessmentsOf.get(member) ?? []),
    })
    return new Map([...groups].map(([id, group]) => [id, gather(id, group)]))
  })
}

/** What permissions are measured against; null where social services never met the child. */
export function factsOf({
  group,
  contacts,
  assessments,
}: Pick<Child, 'group' | 'contacts' | 'assessments'>): Facts | null {
  if (contacts.length === 0 && assessments.length === 0) return null
  return {
    level: group.level,
    kelurahan: contacts.map((contact) => contact.kelurahan),
    schools: group.schools,
    grants: group.grants,
  }
}
