import type { Sex } from '@satuanak/contracts'
import type { Notice } from '@satuanak/domain-kit'
import { type Cell, lettersLost, type RowProblem, readDate, readSex, toProblem } from '@satuanak/intake-kit/rows'
import { checkListedPupil, type ListedPupil } from '../../ats/check-listed-pupil.ts'
import { type AtsCells, isTakenBack, placeUnknown, takenBack } from './domain.ts'

/** A pupil that may go on the list, with what is to be said of the row; or, without `pupil`, why it may not. */
export interface CheckedAtsRow {
  readonly pupil: ListedPupil | null
  readonly problems: readonly RowProblem[]
}

/** The field of a check and the column an officer finds it in. */
const COLUMN_OF_FIELD: Readonly<Record<string, string>> = {
  pupilId: 'PESERTA_DIDIK_ID',
  category: 'STATUS',
  kelurahan: 'KODE_DAGRI',
  'child.name': 'NAMA',
  'child.sex': 'JENIS_KELAMIN',
  'child.birthDate': 'TANGGAL_LAHIR',
  'child.birthPlace': 'TEMPAT_LAHIR',
  'child.motherName': 'NAMA_IBU_KANDUNG',
  'child.nik': 'NIK',
  'child.address.kelurahan': 'KODE_DAGRI',
  'child.address.rt': 'RT',
  'child.address.rw': 'RW',
  'child.address.line': 'ALAMAT_JALAN',
}

/** Checks a row of the ministry's list, all columns at once; what a spreadsheet did to it is said first (ID-07, ID-19). */
export function checkAtsRow(cells: AtsCells, today: Temporal.PlainDate): CheckedAtsRow {
  const lost = lettersLost(cells)
  if (lost.length > 0) return { pupil: null, problems: lost }
  if (isTakenBack(cells.SOFT_DELETE_ATS)) return { pupil: null, problems: [takenBack()] }
  const checked = checkListedPupil(inputOf(cells), today)
  if (!checked.ok) return { pupil: null, problems: once(checked.problems.map(placed)) }
  const homeless = checked.value.kelurahan === null ? [placeUnknown()] : []
  return { pupil: checked.value, problems: once([...checked.warnings.map(placed), ...homeless]) }
}

const placed = (notice: Notice): RowProblem => toProblem(notice, COLUMN_OF_FIELD[notice.field ?? ''] ?? null)

/** The kelurahan is asked twice, as the record's and as the child's; an officer is told once. */
const once = (problems: readonly RowProblem[]): RowProblem[] => [
  ...new Map(problems.map((one) => [`${one.rule} ${one.column} ${one.message.en}`, one])).values(),
]

/** A number in a column of words is a word to its checks; a NIK that is one has lost its last digit (ID-07). */
const words = (cell: Cell): string | null => (cell === null ? null : String(cell))

function inputOf(cells: AtsCells) {
  const kelurahan = words(cells.KODE_DAGRI)
  return {
    pupilId: words(cells.PESERTA_DIDIK_ID),
    category: words(cells.STATUS)?.toUpperCase() ?? null,
    kelurahan,
    child: {
      name: words(cells.NAMA) ?? '',
      // As it stands where it is neither: the check refuses it by its rule.
      sex: readSex(cells.JENIS_KELAMIN) as Sex,
      birthDate: readDate(cells.TANGGAL_LAHIR),
      birthPlace: words(cells.TEMPAT_LAHIR),
      motherName: words(cells.NAMA_IBU_KANDUNG),
      // Passed on as it is, though a form sends text only: a number here is refused as such.
      nik: cells.NIK as string | null,
      address:
        kelurahan === null
          ? null
          : { kelurahan, rt: words(cells.RT), rw: words(cells.RW), line: words(cells.ALAMAT_JALAN) },
    },
  }
}
