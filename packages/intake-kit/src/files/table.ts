import type { Format, RawRow } from '../rows/index.ts'

/** A file of rows, read once from its beginning and never held whole. */
export interface Table {
  readonly format: Format
  /** Heading first. Rows with nothing in them are rows too. */
  readonly rows: AsyncIterable<RawRow>
  /** How much of the file has been read, 0 to 1. */
  fraction(): number
}
