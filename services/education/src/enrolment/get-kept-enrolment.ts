import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import { type Caller, type Permission, permitOr } from '@satuanak/identity'
import type { EducationApp, EducationTx } from '../app.ts'
import { identifyChildInTx } from '../child/identify-child.ts'
import type { Enrolment } from './domain.ts'
import { EnrolmentNotFound } from './errors.ts'
import { findEnrolment, findEnrolmentsById } from './repository.ts'

/**
 * An enrolment that its school is about to write to, its child held: of two who do so at once the second sees what the
 * first did.
 * @throws EnrolmentNotFound also where the caller may not know of the child (PV-14); NotPermitted for another school's.
 */
export async function getKeptEnrolmentInTx(
  app: EducationApp,
  tx: EducationTx,
  { caller, permission, id }: { readonly caller: Caller; readonly permission: Permission; readonly id: string },
): Promise<{ readonly enrolment: Enrolment; readonly group: ChildGroup }> {
  const found = await findEnrolment(tx, id)
  if (!found) throw new EnrolmentNotFound()
  const group = await identifyChildInTx(app, tx, found.childId)
  const facts = { child: found.childId, level: group.level, schools: [found.npsn] }
  permitOr(caller, permission, facts, () => new EnrolmentNotFound())
  return { enrolment: (await findEnrolment(tx, id)) ?? found, group }
}

/**
 * Many enrolments that a school is about to write to, in three statements; their children are not held.
 * @throws as `getKeptEnrolmentInTx`, where one of them is not there or not the caller's.
 */
export async function getKeptEnrolmentsInTx(
  app: EducationApp,
  tx: EducationTx,
  {
    caller,
    permission,
    ids,
  }: { readonly caller: Caller; readonly permission: Permission; readonly ids: readonly string[] },
): Promise<readonly Enrolment[]> {
  const notFound = () => new EnrolmentNotFound('enrolmentIds')
  const enrolments = await findEnrolmentsById(tx, ids)
  if (enrolments.length < ids.length) throw notFound()
  const groups = await groupOf(tx, [...new Set(enrolments.map(({ childId }) => childId))], app.now())
  for (const { childId, npsn } of enrolments) {
    const group = groups.get(childId)
    if (!group) throw new Error('groupOf answers for every id it is asked')
    permitOr(caller, permission, { child: childId, level: group.level, schools: [npsn] }, notFound)
  }
  return enrolments
}
