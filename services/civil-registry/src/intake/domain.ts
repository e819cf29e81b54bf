import type { ChildId } from '@satuanak/contracts'
import { type ColumnSeen, columnLostLastDigit, type Level, type Notice, problem, seeCell } from '@satuanak/domain-kit'

/** What a spreadsheet or CSV cell holds. A number is not a text: it has lost what Excel drops (ID-07). */
export type Cell = string | number | null

/** One row of a file, numbered as a spreadsheet does: the heading is 1. */
export interface RawRow {
  readonly no: number
  readonly cells: readonly Cell[]
}

export type Format = 'CSV' | 'XLSX'

export type IntakeState = 'BERJALAN' | 'SELESAI'

/** What the rows of a file are: persons, or the statuses of their KTP-el. */
export type IntakeKind = 'PENDUDUK' | 'STATUS_KTP'

/**
 * What came of a row: a new child or a status that was applied, what is there already, a NIK of nobody whom the registry
 * knows, or nothing.
 */
export type RowVerdict = 'BARU' | 'DITERAPKAN' | 'SUDAH_ADA' | 'TIDAK_DIKENAL' | 'DITOLAK'

/** Whether the row brought something new. */
export const isTaken = ({ verdict }: Pick<IntakeRow, 'verdict'>): boolean =>
  verdict === 'BARU' || verdict === 'DITERAPKAN'

/** One thing to say of a row: how serious, of which column, by which rule, and what to do. Never what stood there. */
export interface RowProblem {
  readonly level: Level
  /** The column's own name, `TGL_LAHIR`; null of the row as a whole. */
  readonly column: string | null
  readonly rule: string
  readonly message: Notice['message']
}

/** A row that an officer should see. */
export interface IntakeRow {
  readonly no: number
  readonly verdict: RowVerdict
  readonly childId: ChildId | null
  readonly problems: readonly RowProblem[]
}

export interface IntakeCounts {
  /** Rows below the heading that have been dealt with, blank ones included. */
  readonly rowsDone: number
  /** Rows that brought something new: children, or statuses. */
  readonly created: number
  readonly matched: number
  readonly refused: number
  /** Of nobody whom the registry knows; only of statuses. */
  readonly unknown: number
  /** Of the created, those with something to look at again. */
  readonly warned: number
}

/** A file that is being taken in, or was. */
export interface Intake extends IntakeCounts {
  readonly id: string
  readonly fileName: string
  readonly format: Format
  readonly kind: IntakeKind
  readonly dryRun: boolean
  readonly state: IntakeState
  readonly columns: ColumnsSeen
  /** What is to be said of the file as a whole; said when it is done. */
  readonly remarks: readonly RowProblem[]
  readonly startedBy: string
  readonly startedAt: Temporal.Instant
  readonly finishedAt: Temporal.Instant | null
}

/** The columns of a kind of file, by the name under which an officer is told of them, and what offices call them. */
export interface ColumnTable<Column extends string = string> {
  readonly names: Readonly<Record<Column, readonly string[]>>
  /** Without these no row can be taken in. */
  readonly needed: readonly Column[]
}

const bare = (name: string): string => name.toUpperCase().replace(/[^A-Z]/g, '')
const columnsOf = <Column extends string>({ names }: ColumnTable<Column>) => Object.keys(names) as Column[]

/** Where each column stands, from 0. */
export type Heading = ReadonlyMap<string, number>

/** What the first row of a file says of the others. */
export interface ReadHeading {
  readonly heading: Heading
  /** Columns that this intake does not read: how many. */
  readonly unread: number
  readonly missing: readonly string[]
  /** Columns that stand there twice. */
  readonly twice: readonly string[]
}

/** Reads a heading: any case, any separators, the names that offices use. */
export function readHeading(table: ColumnTable, cells: readonly Cell[]): ReadHeading {
  const columnOf = new Map(
    Object.entries(table.names).flatMap(([column, names]) => names.map((name) => [bare(name), column])),
  )
  const found = cells.map((cell) => columnOf.get(bare(String(cell ?? ''))) ?? null)
  const heading = new Map<string, number>()
  const twice = new Set<string>()
  for (const [at, column] of found.entries()) {
    if (column === null) continue
    if (heading.has(column)) twice.add(column)
    else heading.set(column, at)
  }
  const unread = found.filter((column, at) => column === null && String(cells[at] ?? '').trim() !== '').length
  return { heading, unread, missing: table.needed.filter((column) => !heading.has(column)), twice: [...twice] }
}

/** A row's cells by column, as they stand there. */
export type Cells<Column extends string = string> = Readonly<Record<Column, Cell>>

/** The row by its columns; null where nothing at all stands in it. Cells are read as a clerk means them. */
export function readCells<Column extends string>(
  table: ColumnTable<Column>,
  heading: Heading,
  { cells }: RawRow,
): Cells<Column> | null {
  if (cells.every(isBlankCell)) return null
  const at = (column: Column): Cell => tidy(cells[heading.get(column) ?? -1] ?? null)
  return Object.fromEntries(columnsOf(table).map((column) => [column, at(column)])) as Cells<Column>
}

const isBlankCell = (cell: Cell): boolean => cell === null || (typeof cell === 'string' && cell.trim() === '')

/** An apostrophe before a text is Excel's mark for one; a lone dash means nothing (EC-16). */
function tidy(cell: Cell): Cell {
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

/** A letter that was lost when the file was saved in another writing than UTF-8. */
const hasLostLetters = (cell: Cell): boolean => typeof cell === 'string' && cell.includes('\ufffd')

/** The columns of a row in which letters were lost. */
export const lettersLost = (cells: Cells): RowProblem[] =>
  Object.entries(cells).flatMap(([column, cell]) => (hasLostLetters(cell) ? [toProblem(LETTERS_LOST, column)] : []))

const LETTERS_LOST = problem('ID-19', {
  id: 'Ada huruf yang rusak saat file disimpan. Simpan lagi dari Excel sebagai "CSV UTF-8", lalu impor ulang.',
  en: 'Letters were damaged when the file was saved. Save it from Excel again as “CSV UTF-8” and import that.',
})

/** What is to be said of a column, or of the row as a whole. */
export const toProblem = ({ level, rule, message }: Notice, column: string | null): RowProblem => ({
  level,
  rule,
  message,
  column,
})

/** What was seen so far of the two columns of 16 digits. */
export type ColumnsSeen = Readonly<Record<'NIK' | 'NO_KK', ColumnSeen>>
export const NOTHING_SEEN: ColumnsSeen = {
  NIK: { filled: 0, endingInZero: 0 },
  NO_KK: { filled: 0, endingInZero: 0 },
}

export function seeRow(seen: ColumnsSeen, cells: { readonly NIK: Cell; readonly NO_KK?: Cell }): ColumnsSeen {
  return { NIK: seeCell(seen.NIK, cells.NIK), NO_KK: seeCell(seen.NO_KK, cells.NO_KK ?? null) }
}

/** What the columns as a whole give away (ID-07). */
export function remarksOn(seen: ColumnsSeen): RowProblem[] {
  return (['NIK', 'NO_KK'] as const).flatMap((column) => {
    const notice = columnLostLastDigit(seen[column])
    return notice ? [{ level: notice.level, column, rule: notice.rule, message: notice.message }] : []
  })
}
