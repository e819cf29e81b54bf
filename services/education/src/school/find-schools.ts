import type { Npsn } from '@satuanak/contracts'
import type { EducationApp, EducationTx } from '../app.ts'
import { type School, statusOn } from './domain.ts'
import { SchoolClosed, SchoolNotFound } from './errors.ts'
import { findSchools, holdSchoolsInTx } from './repository.ts'

/** The schools with these numbers; an unknown number has no entry. Inside a transaction give its client as `db`. */
export async function findSchoolsByNpsn(
  { db }: { readonly db: Pick<EducationApp['db'], 'school' | '$queryRaw'> },
  npsns: readonly Npsn[],
): Promise<Map<Npsn, School>> {
  const schools = await findSchools(db, npsns)
  return new Map(schools.map((school) => [school.npsn, school]))
}

/**
 * The school, which takes pupils on that day and is not closed while the transaction lasts (EC-36).
 * @throws SchoolNotFound; SchoolClosed, which names the successor where there is one.
 */
export async function getOpenSchoolInTx(tx: EducationTx, npsn: Npsn, on: Temporal.PlainDate): Promise<School> {
  const [school] = await holdSchoolsInTx(tx, [npsn])
  if (!school) throw new SchoolNotFound()
  if (school.closedOn !== null && statusOn(school, on) !== 'AKTIF') {
    throw new SchoolClosed({ ...school, closedOn: school.closedOn })
  }
  return school
}
