import { type ChildGroup, groupOf, lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import type { Refusal } from '@satuanak/domain-kit'
import { type Caller, type Facts, NotPermitted, type Permission, permit } from '@satuanak/identity'
import type { EducationApp, EducationTx } from '../app.ts'
import { ChildNotFound } from './errors.ts'

/**
 * Who this child is by now, with everybody else held off who is about to decide about the same person: of two who
 * enrol or report one child at the same moment the second sees what the first did.
 */
export async function identifyChildInTx(app: EducationApp, tx: EducationTx, id: ChildId): Promise<ChildGroup> {
  const group = (await groupOf(tx, [id], app.now())).get(id)
  if (!group) throw new Error('groupOf answers for every id it is asked')
  await lockChildrenInTx(tx, group.ids)
  return group
}

/**
 * `permit`, for a deed about a child: to a caller who may not know of the child it is not there (PV-14).
 * @throws NotPermitted, or what `notFound` makes: ChildNotFound unless said.
 */
export function permitKnown(
  caller: Caller,
  permission: Permission,
  facts: Facts,
  notFound: () => Refusal = () => new ChildNotFound(),
): void {
  try {
    permit(caller, permission, facts)
  } catch (refusal) {
    throw refusal instanceof NotPermitted && refusal.reason === 'HIDDEN' ? notFound() : refusal
  }
}
