import { checkParticulars } from '@satuanak/child-kit'
import type { Paper, Particulars, Sex } from '@satuanak/contracts'
import { fields, type Notice, optional, parseAkta, parseKk, warning } from '@satuanak/domain-kit'
import { lettersLost, type RowProblem, readDate, readSex, toProblem } from '@satuanak/intake-kit/rows'
import { isUnknownMother, type PersonCells } from './domain.ts'

/** A row that may go in, with what is to be said of it; or, without `particulars`, why it may not. */
export interface CheckedRow {
  readonly particulars: Particulars | null
  /** Papers whose number stands in the row: the office that writes the file has seen them. */
  readonly held: readonly Paper[]
  readonly problems: readonly RowProblem[]
}

/** The field of a check and the column an officer finds it in. */
const COLUMN_OF_FIELD: Readonly<Record<string, string>> = {
  'child.name': 'NAMA',
  'child.sex': 'JK',
  'child.birthDate': 'TGL_LAHIR',
  'child.birthPlace': 'TMPT_LAHIR',
  'child.motherName': 'NAMA_IBU',
  'child.nik': 'NIK',
  'child.address.kelurahan': 'KELURAHAN',
  'child.address.rt': 'RT',
  'child.address.rw': 'RW',
  'child.address.line': 'ALAMAT',
  kk: 'NO_KK',
  akta: 'NO_AKTA',
}

/**
 * Checks a row as `registerChild` checks a form, all columns at once (ID-01 to ID-06, ID-15 to ID-24), with what only a
 * file can bring: numbers and dates that Excel has changed (ID-07), letters lost in saving.
 */
export function checkRow(cells: PersonCells, today: Temporal.PlainDate): CheckedRow {
  const lost = lettersLost(cells)
  if (lost.length > 0) return refusedFor(lost)
  const noMother = isUnknownMother(cells.NAMA_IBU)
  const checked = fields({
    child: checkParticulars(inputOf(cells, noMother), today),
    kk: optional(cells.NO_KK, (cell) => parseKk(cell, { today })),
    akta: optional(cells.NO_AKTA, (cell) => parseAkta(String(cell))),
  })
  if (!checked.ok) return refusedFor(checked.problems.map(placed))
  const { child, kk, akta } = checked.value
  return {
    particulars: child,
    held: [...(child.nik ? ['NIK' as const] : []), ...(kk ? ['KK' as const] : []), ...(akta ? ['AKTA' as const] : [])],
    problems: [...checked.warnings, ...(noMother ? [MOTHER_UNKNOWN] : [])].map(placed),
  }
}

const refusedFor = (problems: readonly RowProblem[]): CheckedRow => ({ particulars: null, held: [], problems })

/** A number in a column of words is a word to its checks; a NIK that is one has lost its last digit (ID-07). */
function inputOf(cells: PersonCells, noMother: boolean) {
  const { KELURAHAN, RT, RW, ALAMAT } = cells
  const hasAddress = [KELURAHAN, RT, RW, ALAMAT].some((cell) => cell !== null)
  const words = (cell: PersonCells['NAMA']) => (cell === null ? null : String(cell))
  return {
    name: words(cells.NAMA) ?? '',
    // As it stands where it is neither: the check refuses it by its rule.
    sex: readSex(cells.JK) as Sex,
    birthDate: readDate(cells.TGL_LAHIR),
    birthPlace: words(cells.TMPT_LAHIR),
    motherName: noMother ? null : words(cells.NAMA_IBU),
    // Passed on as it is, though a form sends text only: a number here is refused as such.
    nik: cells.NIK as string | null,
    address: hasAddress
      ? { kelurahan: words(KELURAHAN) ?? '', rt: words(RT), rw: words(RW), line: words(ALAMAT) }
      : null,
  }
}

const placed = (notice: Notice): RowProblem => toProblem(notice, COLUMN_OF_FIELD[notice.field ?? ''] ?? null)

const MOTHER_UNKNOWN = warning(
  'EC-12',
  {
    id: 'Nama ibu tidak diketahui: dikosongkan. Lengkapi bila diketahui, atau siapkan berita acara kepolisian.',
    en: 'The mother is not known: left empty. Fill it in once known, or see to the police report.',
  },
  'child.motherName',
)
