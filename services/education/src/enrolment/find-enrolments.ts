import type { ChildId } from '@satuanak/contracts'
import type { EducationApp, EducationTx } from '../app.ts'
import { currentEnrolment, type Enrolment } from './domain.ts'
import { findEnrolments } from './repository.ts'

/** Every enrolment of these ids in one statement, the latest first. */
export function findEnrolmentsOf({ db }: Pick<EducationApp, 'db'>, childIds: readonly ChildId[]): Promise<Enrolment[]> {
  return findEnrolments(db, childIds)
}

/** The enrolment of the person of these ids that runs, or is about to; null where it goes to no school. */
export async function findCurrentEnrolmentInTx(
  tx: EducationTx,
  childIds: readonly ChildId[],
  today: Temporal.PlainDate,
): Promise<Enrolment | null> {
  return currentEnrolment(await findEnrolments(tx, childIds), today)
}
