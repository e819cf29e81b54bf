import type { Caller } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import type { ColumnsSeen, ColumnTable, Heading, Intake, IntakeKind, IntakeRow, RawRow } from './domain.ts'

/** The next rows of a file, in its order and without a gap. */
export interface Batch {
  readonly heading: Heading
  readonly rows: readonly RawRow[]
}

/** What a file is taken in as: which columns it has, and what becomes of its rows. */
export interface FileKind {
  readonly kind: IntakeKind
  /** How its cells are to be understood: the same file understood otherwise is another intake. */
  readonly reading: string
  readonly columns: ColumnTable
  /** Rows taken in one transaction. */
  readonly batch: number
  /** Reads and checks rows, which needs no transaction; `take` writes them, or tries to in a dry run. Blank rows have no answer. */
  prepare(app: RegistryApp, caller: Caller, intake: Intake, batch: Batch): Prepared
}

interface Prepared {
  /** The columns of 16 digits as seen by now. */
  readonly columns: ColumnsSeen
  take(tx: RegistryTx): Promise<readonly IntakeRow[]>
}
