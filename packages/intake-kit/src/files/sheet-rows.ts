import type { Cell, RawRow } from '../rows/index.ts'
import type { SharedStrings } from './shared-strings.ts'
import { readXml } from './xml-events.ts'

/** What the cells of a sheet are read with. */
export interface Workbook {
  readonly strings: SharedStrings
  /** Styles that show a number as a date. */
  readonly dates: ReadonlySet<number>
  /** Whether day 0 is 1 January 1904, as old Macs had it. */
  readonly from1904: boolean
}

/** Excel has no more columns. */
const MOST_COLUMNS = 16_384

/** The rows of a sheet as they stream by. Texts stay texts and numbers numbers (ID-07); a date is `2013-05-20`. */
export async function* sheetRows(stream: AsyncIterable<Uint8Array>, workbook: Workbook): AsyncGenerator<RawRow> {
  let ready: RawRow[] = []
  let [row, cells]: [number, Cell[]] = [0, []]
  let cell = { column: 0, type: 'n', style: 0, text: '' }
  let [inValue, phonetic] = [false, false]
  const events = {
    open: (name: string, { r, t, s }: Readonly<Record<string, string>>) => {
      if (name === 'row') [row, cells] = [Number(r ?? row + 1), []]
      if (name === 'c') {
        const column = r === undefined ? cells.length : columnOf(r)
        cell = { column, type: t ?? 'n', style: Number(s ?? 0), text: '' }
      }
      if (name === 'rPh') phonetic = true
      inValue = !phonetic && (name === 'v' || name === 't')
    },
    text: (text: string) => {
      if (inValue) cell.text += text
    },
    close: (name: string) => {
      if (name === 'v' || name === 't') inValue = false
      if (name === 'rPh') phonetic = false
      if (name === 'c' && cell.column < MOST_COLUMNS) {
        while (cells.length < cell.column) cells.push(null)
        cells[cell.column] = cellOf(cell, workbook)
      }
      if (name === 'row') ready.push({ no: row, cells })
    },
  }
  for await (const _ of readXml(stream, events)) {
    yield* ready
    ready = []
  }
}

function cellOf(
  { type, style, text }: { readonly type: string; readonly style: number; readonly text: string },
  { strings, dates, from1904 }: Workbook,
): Cell {
  if (type === 's') return strings.at(Number(text))
  if (type === 'd') return text.slice(0, 10)
  if (type !== 'n' || text === '') return text === '' ? null : text
  const number = Number(text)
  return dates.has(style) ? (dateOf(number, from1904) ?? number) : number
}

const DAY = 86_400_000
/** Day 60 is Excel's 29 February 1900, which never was: before it days count from one later. */
const LEAP_THAT_NEVER_WAS = 60
const LAST_DAY = 2_958_465

function dateOf(serial: number, from1904: boolean): string | null {
  if (!(serial >= 0 && serial <= LAST_DAY)) return null
  const day = Math.floor(serial)
  const first = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, day < LEAP_THAT_NEVER_WAS ? 31 : 30)
  return new Date(first + day * DAY).toISOString().slice(0, 10)
}

/** `BC12` is 54. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64
    if (value < 1 || value > 26) break
    column = column * 26 + value
  }
  return column - 1
}
