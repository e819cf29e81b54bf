import { importCommand as importAny, type Surroundings } from '@satuanak/intake-kit'
import type { EducationApp } from '../app.ts'
import { MINISTRY_LIST } from './ats/take-listed.ts'
import type { EducationFileKind } from './file-kind.ts'
import { SCHOOLS } from './schools/take-schools.ts'

const USAGE = `Usage: npm run import -- <file.csv|file.xlsx> --as sekolah|ats [--dry-run] [--report out.csv]
  --as        what the rows are: sekolah (Dapodik's list of schools: NPSN, NAMA, BENTUK, KODE_KELURAHAN, DAYA_TAMPUNG),
              or ats (the ministry's list of children out of school, with its own names of columns)
  --dry-run   say what would come of each row; write nothing of it
  --report    write the rows that were refused, were there already or need a second look: row, column, rule, remedy
Ctrl-C stops after the rows under way; the same command goes on from there.`

/** `npm run import` of education. @returns the exit code */
export const importCommand = (argv: readonly string[], around: Surroundings<EducationApp>): Promise<number> =>
  importAny({ usage: USAGE, options: ['as'], kindOf }, argv, around)

const KINDS: Readonly<Record<string, EducationFileKind>> = { sekolah: SCHOOLS, ats: MINISTRY_LIST }

const kindOf = ({ as = '' }: Readonly<Record<string, string | undefined>>): EducationFileKind | null =>
  Object.hasOwn(KINDS, as) ? (KINDS[as] ?? null) : null
