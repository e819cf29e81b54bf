import type { Npsn } from '@satuanak/contracts'
import type { EducationTx } from '../app.ts'
import type { School } from './domain.ts'
import { findSchools } from './repository.ts'

/** These schools, held until the transaction ends; always locked in the order of their numbers. */
export async function holdToldSchoolsInTx(tx: EducationTx, npsns: readonly Npsn[]): Promise<School[]> {
  await tx.$queryRaw`SELECT npsn FROM school WHERE npsn = ANY(${[...npsns]}) ORDER BY npsn FOR UPDATE`
  return findSchools(tx, npsns)
}

/** Writes them over what stands there, in one statement; each NPSN once. */
export async function saveToldSchoolsInTx(tx: EducationTx, schools: readonly School[]): Promise<void> {
  if (schools.length === 0) return
  await tx.$executeRaw`
    INSERT INTO school (npsn, name, levels, provider, kelurahan, capacity)
    SELECT npsn, name, levels, provider, kelurahan, capacity
    FROM json_to_recordset(${JSON.stringify(schools)}::json)
      AS one (npsn text, name text, levels text[], provider text, kelurahan text, capacity int)
    ORDER BY npsn
    ON CONFLICT (npsn) DO UPDATE SET name = excluded.name, levels = excluded.levels, provider = excluded.provider,
      kelurahan = excluded.kelurahan, capacity = excluded.capacity`
}
