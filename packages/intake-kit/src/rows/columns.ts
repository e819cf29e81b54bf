import { type ColumnSeen, columnLostLastDigit, seeCell } from '@satuanak/domain-kit'
import { type Cell, type Cells, isBlankCell, type RawRow, tidy } from './cells.ts'
import type { RowProblem } from './intake.ts'

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
