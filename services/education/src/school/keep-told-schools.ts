import type { EducationTx } from '../app.ts'
import type { School } from './domain.ts'
import { asTold, isSameSchool, type ToldSchool } from './domain-told.ts'
import { lockSchoolsInTx } from './repository.ts'
import { saveToldSchoolsInTx } from './repository-told.ts'

export { mayHaveNumber, SCHOOL_KINDS, type SchoolKind } from './domain.ts'
export type { ToldSchool } from './domain-told.ts'

/** What came of it: new, changed by what the list says, as it was; or new without a place, and not written. */
export type KeptSchool = 'BARU' | 'DITERAPKAN' | 'SUDAH_ADA' | 'TANPA_TEMPAT'

/**
 * Keeps what a list says of schools, by their NPSN: those that are new are added, those it tells otherwise are changed.
 * Three statements whatever their number. A dry run says the same and writes nothing. Whether the caller may is asked by
 * whoever takes the list in.
 * @param told each NPSN once
 * @returns an answer for each, in their order
 */
export async function keepToldSchoolsInTx(
  tx: EducationTx,
  told: readonly ToldSchool[],
  { dryRun }: { readonly dryRun: boolean },
): Promise<readonly KeptSchool[]> {
  const held = await lockSchoolsInTx(
    tx,
    told.map(({ npsn }) => npsn),
  )
  const known = new Map(held.map((school) => [school.npsn, school]))
  const changed: School[] = []
  const answers = told.map((one): KeptSchool => {
    const before = known.get(one.npsn) ?? null
    const after = asTold(before, one)
    if (after === null) return 'TANPA_TEMPAT'
    if (before !== null && isSameSchool(before, after)) return 'SUDAH_ADA'
    changed.push(after)
    return before === null ? 'BARU' : 'DITERAPKAN'
  })
  if (!dryRun) await saveToldSchoolsInTx(tx, changed)
  return answers
}
