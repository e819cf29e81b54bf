import type { ChildId, Level, Npsn } from '@satuanak/contracts'
import { emit } from '@satuanak/messaging'
import type { EducationTx, Said } from '../app.ts'
import { findOpenAtsRecords, moveAtsRecordInTx } from './repository.ts'

/** The enrolment that brings a child back. */
export interface Reentry {
  /** Every id of the person: two that are one may each have left a record. */
  readonly childIds: readonly ChildId[]
  readonly enrolmentId: string
  readonly npsn: Npsn
  readonly level: Level
  readonly startedOn: Temporal.PlainDate
}

/** Takes a child who is back in learning off the working list, wherever its record stands, and tells of it. */
export async function closeAtsRecordsInTx(tx: EducationTx, reentry: Reentry, said: Said): Promise<void> {
  const { childIds, enrolmentId, npsn, level, startedOn } = reentry
  for (const { id: recordId, childId } of await findOpenAtsRecords(tx, childIds)) {
    await moveAtsRecordInTx(tx, recordId, { state: 'SELESAI', closedAt: said.time, closedBy: enrolmentId })
    await emit(tx, {
      ...said,
      type: 'education.ats.child.reentered.v1',
      subject: childId,
      data: { recordId, npsn, level, date: startedOn.toString() },
    })
  }
}
