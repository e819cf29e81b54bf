import type { ChildId } from '@satuanak/contracts'
import type { EducationApp } from '../app.ts'
import type { AtsRecord } from './domain.ts'
import { findAtsRecords } from './repository.ts'

/** Every out-of-school record of these ids in two statements, the latest first. */
export function findAtsRecordsOf({ db }: Pick<EducationApp, 'db'>, childIds: readonly ChildId[]): Promise<AtsRecord[]> {
  return findAtsRecords(db, childIds)
}
