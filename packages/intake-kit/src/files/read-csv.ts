import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse'
import { brokenAfter } from '../errors.ts'
import type { RawRow } from '../rows/index.ts'
import type { Table } from './table.ts'

/** No row is longer; a quotation mark that is never closed would else swallow the file. */
const LONGEST_ROW = 64 * 1024
/** Enough to see the heading. */
const HEAD = 16 * 1024

/**
 * Reads a CSV file as a stream, never whole: UTF-8 with or without its mark, columns parted by `,` or `;` (what Excel
 * writes where the comma is a decimal point), quotes as Excel writes them.
 * @throws UnreadableFile, from the rows, where the file breaks off.
 */
export async function readCsv(path: string): Promise<Table> {
  const { size } = await stat(path)
  const delimiter = await delimiterOf(path)
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  return {
    format: 'CSV',
    fraction: () => (size === 0 ? 1 : Math.min(1, file.bytesRead / size)),
    rows: rowsOf(file, delimiter),
  }
}

async function* rowsOf(file: ReturnType<typeof createReadStream>, delimiter: string): AsyncGenerator<RawRow> {
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_ROW,
  })
  file.on('error', (error) => parser.destroy(error))
  let no = 0
  try {
    for await (const cells of file.pipe(parser)) yield { no: ++no, cells: cells as string[] }
  } catch (error) {
    // Of its own count, for what it had ready is lost with it.
    if (error instanceof CsvError) throw brokenAfter(Number(error.records ?? no))
    throw error
  } finally {
    file.destroy()
  }
}

/** The one of the two that parts more columns in the heading. */
async function delimiterOf(path: string): Promise<string> {
  let head = ''
  for await (const chunk of createReadStream(path, { end: HEAD - 1, encoding: 'utf8' })) head += chunk
  const [heading = ''] = head.split(/[\r\n]/, 1)
  return heading.split(';').length > heading.split(',').length ? ';' : ','
}
