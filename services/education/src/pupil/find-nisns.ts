import type { ChildId } from '@satuanak/contracts'
import type { Nisn } from '@satuanak/domain-kit'
import type { EducationApp } from '../app.ts'
import { findNisns } from './repository.ts'

/** NISN by child id, of any number of children in one statement. */
export function findNisnsOf(
  { db }: Pick<EducationApp, 'db'>,
  childIds: readonly ChildId[],
): Promise<Map<ChildId, Nisn>> {
  return findNisns(db, childIds)
}
