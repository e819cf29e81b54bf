import type { Npsn } from '@satuanak/contracts'
import type { EducationApp } from '../app.ts'
import type { School } from './domain.ts'
import { findSchools } from './repository.ts'

/** The schools with these numbers; an unknown number has no entry. Inside a transaction give its client as `db`. */
export async function findSchoolsByNpsn(
  { db }: { readonly db: Pick<EducationApp['db'], 'school' | '$queryRaw'> },
  npsns: readonly Npsn[],
): Promise<Map<Npsn, School>> {
  const schools = await findSchools(db, npsns)
  return new Map(schools.map((school) => [school.npsn, school]))
}
