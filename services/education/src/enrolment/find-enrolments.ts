import type { ChildId } from '@satuanak/contracts'
import type { EducationApp, EducationTx } from '../app.ts'
import { currentEnrolment, type Enrolment } from './domain.ts'
import { findEnrolments } from './repository.ts'

/** Every enrolment of these ids in one statement, the latest first. */
export function findEnrolmentsOf({ db }: Pick<EducationApp, 'db'>, childIds: readonly ChildId[]): Promise<Enrolment[]> {
  return findEnrolments(db, childIds)
}

/** Whether the person of these ids goes to a school, or is about to. */
export async function isEnrolledInTx(
  tx: EducationTx,
  childIds: readonly ChildId[],
  today: Temporal.PlainDate,
): Promise<boolean> {
  return currentEnrolment(await findEnrolments(tx, childIds), today) !== null
}
