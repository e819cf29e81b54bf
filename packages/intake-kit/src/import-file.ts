import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Caller } from '@satuanak/identity'
import type { SqlClient } from '@satuanak/messaging'
import type { IntakeApp } from './app.ts'
import { headingLacks, headingTwice, notATable } from './errors.ts'
import type { FileKind } from './file-kind.ts'
import { readCsv } from './files/read-csv.ts'
import { readXlsx } from './files/read-xlsx.ts'
import type { Table } from './files/table.ts'
import { finishIntake } from './finish-intake.ts'
import { type ColumnTable, type Heading, type Intake, type RawRow, readHeading } from './rows/index.ts'
import { startIntake } from './start-intake.ts'
import { takeRows } from './take-rows.ts'

export interface ImportFile<Client extends SqlClient, App extends IntakeApp<Client>> {
  readonly path: string
  readonly dryRun: boolean
  /** As what. */
  readonly kind: FileKind<Client, App>
  /** Rows taken in one transaction; as its kind has it where it is left out. */
  readonly batch?: number
  /** Ends the import after the batch under way; the same command goes on from there. */
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface Progress {
  readonly intake: Intake
  /** Rows taken by this run. */
  readonly rows: number
  /** How much of the file has been read, 0 to 1. */
  readonly fraction: number
}

/**
 * Takes in a CSV or XLSX file of rows of one kind, of whatever length: read as a stream, batch by batch. Run again it goes
 * on where it stopped; of a finished file it gives the result once more and writes nothing.
 * @throws NotPermitted, UnreadableFile, IntakeAtWork
 */
export async function importFile<Client extends SqlClient, App extends IntakeApp<Client>>(
  app: App,
  caller: Caller,
  command: ImportFile<Client, App>,
): Promise<Intake> {
  const { path, dryRun, signal, onProgress, kind, batch = kind.batch } = command
  const table = await openTable(path)
  const rows = table.rows[Symbol.asyncIterator]()
  try {
    const heading = await headingOf(kind.columns, rows)
    const file = { fileName: basename(path), fileHash: await hashOf(path), format: table.format, kind, dryRun }
    let intake = await startIntake(app, caller, file)
    if (intake.state === 'SELESAI') return intake
    const before = intake.rowsDone
    for await (const some of inBatches(rows, intake.rowsDone, batch)) {
      if (signal?.aborted) return intake
      intake = await takeRows(app, caller, { intake, kind }, { heading, rows: some })
      onProgress?.({ intake, rows: intake.rowsDone - before, fraction: table.fraction() })
    }
    return await finishIntake(app, caller, { intake, kind })
  } finally {
    await rows.return?.()
  }
}

/** How a zip archive begins, and so a workbook. */
const ZIP = Buffer.from('PK\u0003\u0004')

async function openTable(path: string): Promise<Table> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0)
    const head = buffer.subarray(0, bytesRead)
    if (head.subarray(0, ZIP.length).equals(ZIP)) return await readXlsx(path)
    // An old XLS, a workbook under a password, or any other file that is no text.
    if (head.includes(0)) throw notATable()
  } finally {
    await file.close()
  }
  return readCsv(path)
}

async function headingOf(columns: ColumnTable, rows: AsyncIterator<RawRow>): Promise<Heading> {
  const first = await rows.next()
  const { heading, missing, twice } = readHeading(columns, first.done ? [] : first.value.cells)
  if (missing.length > 0) throw headingLacks(missing)
  if (twice.length > 0) throw headingTwice(twice)
  return heading
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk)
  return hash.digest('hex')
}

/** The rows after the first `skip`, so many at a time. */
async function* inBatches(rows: AsyncIterator<RawRow>, skip: number, size: number): AsyncGenerator<RawRow[]> {
  let some: RawRow[] = []
  let passed = 0
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    passed += 1
    if (passed <= skip) continue
    some.push(next.value)
    if (some.length < size) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}
