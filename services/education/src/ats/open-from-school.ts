import type { ChildGroup } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import type { EducationApp, EducationTx, Said } from '../app.ts'
import { findCurrentEnrolmentInTx } from '../enrolment/find-enrolments.ts'
import type { Ground } from './domain-grounds.ts'
import { openAtsRecordInTx } from './open-ats-record.ts'
import { findOpenAtsRecords } from './repository.ts'
import { addGroundInTx } from './repository-grounds.ts'

/** What a school's register says of a child who is held by the transaction. */
export interface SchoolSays extends Ground {
  readonly childId: ChildId
  readonly group: ChildGroup
  /** The time at school that ended. */
  readonly enrolmentId: string
}

/**
 * Puts a child on the out-of-school list because a school's register says so (AT-01, RF-01), as DO and with source
 * SCHOOL, and keeps which rule and since when. Where a record is open already, whoever opened it, this is added to it:
 * one record a child (EC-07). A child who is in a school stays off the list (EC-18).
 * @returns the record's id; null where the child is in a school.
 */
export async function openFromSchoolInTx(
  app: EducationApp,
  tx: EducationTx,
  { childId, group, enrolmentId, ground, since }: SchoolSays,
  said: Said,
): Promise<string | null> {
  if (await findCurrentEnrolmentInTx(tx, group.ids, app.today())) return null
  const [open] = await findOpenAtsRecords(tx, group.ids)
  const recordId = open?.id ?? app.newId()
  if (!open) {
    const where = { kelurahan: null, note: null, reportedAt: said.time }
    await openAtsRecordInTx(tx, { id: recordId, childId, category: 'DO', source: 'SCHOOL', ...where }, said)
  }
  await addGroundInTx(tx, { recordId, enrolmentId, ground, since })
  return recordId
}
