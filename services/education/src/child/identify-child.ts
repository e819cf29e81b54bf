import { type ChildGroup, groupOf, isKnown, lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { type Caller, type Facts, type Permission, permitOr } from '@satuanak/identity'
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
 * The same, for an id that somebody typed.
 * @throws ChildNotFound where no agency ever told of the child: to whom it is hidden is answered likewise (PV-14).
 */
export async function identifyKnownChildInTx(app: EducationApp, tx: EducationTx, id: ChildId): Promise<ChildGroup> {
  const group = await identifyChildInTx(app, tx, id)
  if (!(await isKnown(tx, group.ids))) throw new ChildNotFound()
  return group
}

/** `permitOr`, for a deed about a child: to a caller who may not know of the child it is not there (PV-14). */
export function permitKnown(caller: Caller, permission: Permission, facts: Facts): void {
  permitOr(caller, permission, facts, () => new ChildNotFound())
}
