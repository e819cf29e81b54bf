import { problem } from '@satuanak/domain-kit'
import { type RowProblem, toProblem } from './intake.ts'

/** What a spreadsheet or CSV cell holds. A number is not a text: it has lost what Excel drops (ID-07). */
export type Cell = string | number | null

/** One row of a file, numbered as a spreadsheet does: the heading is 1. */
export interface RawRow {
  readonly no: number
  readonly cells: readonly Cell[]
}

/** A row's cells by column, as they stand there. */
export type Cells<Column extends string = string> = Readonly<Record<Column, Cell>>

/** Whether nothing stands in a cell. */
export const isBlankCell = (cell: Cell): boolean => cell === null || (typeof cell === 'string' && cell.trim() === '')

/** An apostrophe before a text is Excel's mark for one; a lone dash means nothing (EC-16). */
export function tidy(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell
  const text = cell.trim().replace(/^['’]/, '')
  return /^[-–—]?$/.test(text) ? null : text
}

/** Excel's day 1 is 1 January 1900, and it believes in 29 February 1900. */
const EXCEL_EPOCH = Date.UTC(1899, 11, 30)
const [FIRST_SERIAL, LAST_SERIAL] = [3000, 80_000]

/** A date's text. A number is a spreadsheet's day, or a year where it can be one. */
export function readDate(cell: Cell): string | null {
  if (typeof cell !== 'number') return cell
  if (Number.isInteger(cell) && cell > FIRST_SERIAL && cell < LAST_SERIAL) {
    return new Date(EXCEL_EPOCH + cell * 86_400_000).toISOString().slice(0, 10)
  }
  return String(cell)
}

const MALE = new Set(['L', 'LK', 'LAKI', 'LAKILAKI', 'PRIA', 'M', '1'])
const FEMALE = new Set(['P', 'PR', 'PEREMPUAN', 'WANITA', 'F', '2'])

/** `L` or `P` for what offices write (SIAK: 1 and 2); anything else as it stands, to be refused. */
export function readSex(cell: Cell): string {
  const word = String(cell ?? '')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  if (MALE.has(word)) return 'L'
  return FEMALE.has(word) ? 'P' : word
}

/** A letter that was lost when the file was saved in another writing than UTF-8. */
const hasLostLetters = (cell: Cell): boolean => typeof cell === 'string' && cell.includes('\ufffd')

/** The columns of a row in which letters were lost. */
export const lettersLost = (cells: Cells): RowProblem[] =>
  Object.entries(cells).flatMap(([column, cell]) => (hasLostLetters(cell) ? [toProblem(LETTERS_LOST, column)] : []))

const LETTERS_LOST = problem('ID-19', {
  id: 'Ada huruf yang rusak saat file disimpan. Simpan lagi dari Excel sebagai "CSV UTF-8", lalu impor ulang.',
  en: 'Letters were damaged when the file was saved. Save it from Excel again as “CSV UTF-8” and import that.',
})
