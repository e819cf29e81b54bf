import type { EducationTx } from '../app.ts'
import type { School } from './domain.ts'

/** Writes what a list may say of them over what stands there, in one statement; each NPSN once. */
export async function saveToldSchoolsInTx(tx: EducationTx, schools: readonly School[]): Promise<void> {
  if (schools.length === 0) return
  await tx.$executeRaw`
    INSERT INTO school (npsn, name, levels, kind, provider, kelurahan, capacity)
    SELECT npsn, name, levels, kind, provider, kelurahan, capacity
    FROM json_to_recordset(${JSON.stringify(schools)}::json)
      AS one (npsn text, name text, levels text[], kind text, provider text, kelurahan text, capacity int)
    ORDER BY npsn
    ON CONFLICT (npsn) DO UPDATE SET name = excluded.name, levels = excluded.levels, kind = excluded.kind,
      provider = excluded.provider, kelurahan = excluded.kelurahan, capacity = excluded.capacity`
}
