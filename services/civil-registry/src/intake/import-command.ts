import { importCommand as importAny, type Surroundings } from '@satuanak/intake-kit'
import type { RegistryApp } from '../app.ts'
import { CODINGS } from '../ktp-recording/file-status.ts'
import type { RegistryFileKind } from './file-kind.ts'
import { ktpStatuses } from './ktp-status/take-statuses.ts'
import { PERSONS } from './persons/take-persons.ts'

const USAGE = `Usage: npm run import -- <file.csv|file.xlsx> [--as penduduk|ktp-status] [--coding nasional|opensid]
                                [--dry-run] [--report out.csv]
  --as        what the rows are: penduduk (persons, unless given), or ktp-status (NIK, STATUS, TGL_STATUS, SUMBER)
  --coding    of ktp-status: nasional (SIAK's names, unless given), or opensid (1 to 8, or their names)
  --dry-run   say what would come of each row; write nothing of it
  --report    write the rows that were refused, are not known, were there already or need a second look: row, column,
              rule, remedy
Ctrl-C stops after the rows under way; the same command goes on from there.`

/** `npm run import` of the registry. @returns the exit code */
export const importCommand = (argv: readonly string[], around: Surroundings<RegistryApp>): Promise<number> =>
  importAny({ usage: USAGE, options: ['as', 'coding'], kindOf }, argv, around)

function kindOf({ as = 'penduduk', coding }: Readonly<Record<string, string | undefined>>): RegistryFileKind | null {
  if (as === 'penduduk') return coding === undefined ? PERSONS : null
  const known = CODINGS.find((one) => one === (coding ?? 'nasional'))
  return as === 'ktp-status' && known !== undefined ? ktpStatuses(known) : null
}
