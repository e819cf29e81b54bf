import type { ChildGroup } from '@satuanak/child-kit'
import { type Caller, type Permission, permitOr } from '@satuanak/identity'
import type { EducationApp, EducationTx } from '../app.ts'
import { identifyChildInTx } from '../child/identify-child.ts'
import type { Enrolment } from './domain.ts'
import { EnrolmentNotFound } from './errors.ts'
import { findEnrolment } from './repository.ts'

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
