import type { ChildId, MatchVerdict } from '@satuanak/contracts'
import { type ColumnSeen, columnLostLastDigit, type Level, type Notice, seeCell, warning } from '@satuanak/domain-kit'

/** What a spreadsheet or CSV cell holds. A number is not a text: it has lost what Excel drops (ID-07). */
export type Cell = string | number | null

/** One row of a file, numbered as a spreadsheet does: the heading is 1. */
export interface RawRow {
  readonly no: number
  readonly cells: readonly Cell[]
}

export type Format = 'CSV' | 'XLSX'

export type IntakeState = 'BERJALAN' | 'SELESAI'

/** What came of a row: a new child, one that is there already, or none. */
export type RowVerdict = 'BARU' | 'SUDAH_ADA' | 'DITOLAK'

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
  readonly created: number
  readonly matched: number
  readonly refused: number
  /** Of the created, those with something to look at again. */
  readonly warned: number
}

/** A file that is being taken in, or was. */
export interface Intake extends IntakeCounts {
  readonly id: string
  readonly fileName: string
  readonly format: Format
  readonly dryRun: boolean
  readonly state: IntakeState
  readonly columns: ColumnsSeen
  /** What is to be said of the file as a whole; said when it is done. */
  readonly remarks: readonly RowProblem[]
  readonly startedBy: string
  readonly startedAt: Temporal.Instant
  readonly finishedAt: Temporal.Instant | null
}

/** The columns that are read, by the name under which an officer is told of them, and what offices call them. */
export const COLUMNS = {
  NAMA: ['NAMA', 'NAMA_LENGKAP', 'NAMA_LGKP', 'NAMA_ANAK'],
  JK: ['JK', 'JENIS_KELAMIN', 'JENIS_KLMIN', 'JNS_KELAMIN', 'KELAMIN', 'SEX', 'L/P'],
  TGL_LAHIR: ['TGL_LAHIR', 'TANGGAL_LAHIR', 'TGL_LHR', 'TGL_LHIR'],
  TMPT_LAHIR: ['TMPT_LAHIR', 'TEMPAT_LAHIR', 'TMPT_LHR', 'TPT_LAHIR'],
  NAMA_IBU: ['NAMA_IBU', 'NAMA_LGKP_IBU', 'NAMA_IBU_KANDUNG', 'IBU', 'IBU_KANDUNG'],
  NIK: ['NIK', 'NO_NIK', 'NOMOR_NIK', 'NIK_ANAK'],
  NO_KK: ['NO_KK', 'NOMOR_KK', 'KK', 'NOMOR_KARTU_KELUARGA'],
  NO_AKTA: ['NO_AKTA', 'NO_AKTA_LAHIR', 'NO_AKTA_LHR', 'NOMOR_AKTA', 'AKTA', 'NO_AKTA_KELAHIRAN'],
  KELURAHAN: ['KELURAHAN', 'KODE_KELURAHAN', 'KODE_KEL', 'KODE_DESA', 'KODE_WILAYAH', 'KODE_KEL_DESA'],
  RT: ['RT', 'NO_RT'],
  RW: ['RW', 'NO_RW'],
  ALAMAT: ['ALAMAT', 'ALAMAT_LENGKAP', 'JALAN'],
} as const satisfies Readonly<Record<string, readonly string[]>>
type Column = keyof typeof COLUMNS

/** Without these nobody can be registered. */
const NEEDED = ['NAMA', 'JK'] as const satisfies readonly Column[]

const bare = (name: string): string => name.toUpperCase().replace(/[^A-Z]/g, '')
const COLUMN_OF = new Map(
  Object.entries(COLUMNS).flatMap(([column, names]) => names.map((name) => [bare(name), column as Column])),
)

/** Where each column stands, from 0. */
export type Heading = ReadonlyMap<Column, number>

/** What the first row of a file says of the others. */
export interface ReadHeading {
  readonly heading: Heading
  /** Columns that this intake does not read: how many. */
  readonly unread: number
  readonly missing: readonly Column[]
  /** Columns that stand there twice. */
  readonly twice: readonly Column[]
}

/** Reads a heading: any case, any separators, the names that offices use. */
export function readHeading(cells: readonly Cell[]): ReadHeading {
  const found = cells.map((cell) => COLUMN_OF.get(bare(String(cell ?? ''))) ?? null)
  const heading = new Map<Column, number>()
  const twice = new Set<Column>()
  for (const [at, column] of found.entries()) {
    if (column === null) continue
    if (heading.has(column)) twice.add(column)
    else heading.set(column, at)
  }
  const unread = found.filter((column, at) => column === null && String(cells[at] ?? '').trim() !== '').length
  return { heading, unread, missing: NEEDED.filter((column) => !heading.has(column)), twice: [...twice] }
}

/** A row's cells by column, as they stand there. */
export type Cells = Readonly<Record<Column, Cell>>

/** The row by its columns; null where nothing at all stands in it. Cells are read as a clerk means them. */
export function readCells(heading: Heading, { cells }: RawRow): Cells | null {
  if (cells.every(isBlankCell)) return null
  const at = (column: Column): Cell => tidy(cells[heading.get(column) ?? -1] ?? null)
  return Object.fromEntries(Object.keys(COLUMNS).map((column) => [column, at(column as Column)])) as Cells
}

const isBlankCell = (cell: Cell): boolean => cell === null || (typeof cell === 'string' && cell.trim() === '')

/** An apostrophe before a text is Excel's mark for one; a lone dash means nothing (EC-16). */
function tidy(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell
  const text = cell.trim().replace(/^['’]/, '')
  return /^[-–—]?$/.test(text) ? null : text
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

/** Excel's day 1 is 1 January 1900, and it believes in 29 February 1900. */
const EXCEL_EPOCH = Date.UTC(1899, 11, 30)
const [FIRST_SERIAL, LAST_SERIAL] = [3000, 80_000]

/** A birth date's text. A number is a spreadsheet's day, or a year where it can be one. */
export function readDate(cell: Cell): string | null {
  if (typeof cell !== 'number') return cell
  if (Number.isInteger(cell) && cell > FIRST_SERIAL && cell < LAST_SERIAL) {
    return new Date(EXCEL_EPOCH + cell * 86_400_000).toISOString().slice(0, 10)
  }
  return String(cell)
}

/** What is said where nobody knows the mother: then none is written, and no two foundlings look alike by her (EC-12). */
export const isUnknownMother = (cell: Cell): boolean =>
  /^(tidak|tdk|belum) (diketahui|di ketahui|tahu)$|^n\.?\s?n\.?$/i.test(String(cell ?? ''))

/** A letter that was lost when the file was saved in another writing than UTF-8. */
export const hasLostLetters = (cell: Cell): boolean => typeof cell === 'string' && cell.includes('\ufffd')

/** What was seen so far of the two columns of 16 digits. */
export type ColumnsSeen = Readonly<Record<'NIK' | 'NO_KK', ColumnSeen>>
export const NOTHING_SEEN: ColumnsSeen = {
  NIK: { filled: 0, endingInZero: 0 },
  NO_KK: { filled: 0, endingInZero: 0 },
}

export function seeRow(seen: ColumnsSeen, cells: Cells): ColumnsSeen {
  return { NIK: seeCell(seen.NIK, cells.NIK), NO_KK: seeCell(seen.NO_KK, cells.NO_KK) }
}

/** What the columns as a whole give away (ID-07). */
export function remarksOn(seen: ColumnsSeen): RowProblem[] {
  return (['NIK', 'NO_KK'] as const).flatMap((column) => {
    const notice = columnLostLastDigit(seen[column])
    return notice ? [{ level: notice.level, column, rule: notice.rule, message: notice.message }] : []
  })
}

/** The index found somebody who may be this child; an officer looks (ID-21). */
const MAY_BE_THERE = warning('ID-21', {
  id: 'Mirip anak yang sudah tercatat. Anak tetap dicatat; petugas memutuskan di meja telaah.',
  en: 'Looks like a child that is registered already. It was registered all the same; an officer decides at the review desk.',
})

/** The NIK is somebody else's by name or birth date: not registered, and Dukcapil decides (EC-01). */
const NIK_OF_ANOTHER = {
  level: 'E',
  rule: 'EC-01',
  message: {
    id: 'NIK ini sudah tercatat atas orang dengan nama atau tanggal lahir lain. Baris ini tidak dimasukkan: cocokkan dengan KK; bila memang dua orang, laporkan ke bagian data Dukcapil.',
    en: 'This NIK is held by someone with another name or birth date. The row was not taken in: compare with the KK; if these are two persons, tell the Dukcapil data section.',
  },
} as const satisfies Notice

export const nikOfAnother = (): RowProblem => ({ ...NIK_OF_ANOTHER, column: 'NIK' })

export function likenessProblems(match: MatchVerdict): RowProblem[] {
  return match === 'TIDAK_ADA' ? [] : [{ ...MAY_BE_THERE, column: null }]
}
