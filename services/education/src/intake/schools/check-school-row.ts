import type { KelurahanCode, Npsn } from '@satuanak/contracts'
import {
  accepted,
  type Checked,
  fields,
  type Notice,
  optional,
  parseNpsn,
  parseRegionCode,
  problem,
  refused,
  text,
  wholeNumber,
} from '@satuanak/domain-kit'
import { type Cell, lettersLost, type RowProblem, toProblem } from '@satuanak/intake-kit/rows'
import { mayHaveNumber, SCHOOL_KINDS, type SchoolKind, type ToldSchool } from '../../school/keep-told-schools.ts'
import { FORM_NAMES, readForm, type SchoolCells } from './domain.ts'

/** What the row says of a school, with what is to be said of the row; or why it may not go in. */
export type CheckedSchoolRow =
  | { readonly told: ToldSchool; readonly problems: readonly RowProblem[] }
  | { readonly told: null; readonly problems: readonly RowProblem[] }

/** The field of a check and the column an officer finds it in. */
const COLUMN_OF_FIELD = {
  npsn: 'NPSN',
  name: 'NAMA',
  form: 'BENTUK',
  kelurahan: 'KODE_KELURAHAN',
  capacity: 'DAYA_TAMPUNG',
} as const

/**
 * Checks a row of a list of schools, all columns at once (ID-13, ID-14, ID-23, EC-32). What it leaves out is not said:
 * a place and a capacity may stand there already.
 */
export function checkSchoolRow(cells: SchoolCells): CheckedSchoolRow {
  const lost = lettersLost(cells)
  if (lost.length > 0) return { told: null, problems: lost }
  const checked = fields(
    {
      npsn: parseNpsn(words(cells.NPSN)),
      name: text(words(cells.NAMA), { rule: 'ID-13', max: 160 }),
      form: form(cells.BENTUK),
      kelurahan: optional(words(cells.KODE_KELURAHAN), kelurahan),
      capacity: optional(words(cells.DAYA_TAMPUNG), seats),
    },
    ({ npsn, form }) => (mayHaveNumber(form, npsn.code) ? [] : [WRONG_NUMBER]),
  )
  if (!checked.ok) return { told: null, problems: checked.problems.map(placed) }
  const { npsn, name, form: named, ...rest } = checked.value
  const { provider, levels } = SCHOOL_KINDS[named]
  return {
    told: { ...rest, npsn: npsn.code as Npsn, name, kind: named, provider, levels },
    problems: checked.warnings.map(placed),
  }
}

const placed = (notice: Notice): RowProblem =>
  toProblem(notice, COLUMN_OF_FIELD[notice.field as keyof typeof COLUMN_OF_FIELD] ?? null)

/** A number in a cell is its digits: none of these columns is longer than a spreadsheet keeps. */
const words = (cell: Cell): string | null => (cell === null ? null : String(cell))

function form(cell: Cell): Checked<SchoolKind> {
  const named = readForm(cell)
  if (named !== null) return accepted(String(cell), named)
  return refused('', 'ID-14', {
    id: `Bentuk pendidikan ini tidak dikenal. Tulis salah satu: ${FORM_NAMES.join(', ')}. Kursus (LKP) tidak termasuk.`,
    en: `This form of school is not known. Write one of: ${FORM_NAMES.join(', ')}. Courses (LKP) are none.`,
  })
}

function kelurahan(cell: unknown): Checked<KelurahanCode> {
  const parsed = parseRegionCode(cell, { level: 'village' })
  return parsed.ok ? { ...parsed, value: parsed.value.dotted as KelurahanCode } : parsed
}

/** As digits; anything else is no number at all to the check. */
const seats = (cell: unknown): Checked<number> =>
  wholeNumber(/^\d{1,6}$/.test(String(cell)) ? Number(cell) : null, { rule: 'EC-32', from: 0, to: 10_000 })

const WRONG_NUMBER = problem(
  'ID-13',
  {
    id: 'NPSN berhuruf P hanya untuk PKBM dan SKB, berhuruf K hanya untuk LKP. Periksa nomor atau bentuk pendidikannya.',
    en: 'A number with P is for PKBM and SKB, with K for LKP. Check the number or the form of school.',
  },
  'npsn',
)
