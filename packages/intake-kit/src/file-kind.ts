import type { Sensitivity } from '@satuanak/contracts'
import type { Caller, Permission } from '@satuanak/identity'
import type { SqlClient, Tx } from '@satuanak/messaging'
import type { IntakeApp } from './app.ts'
import type { ColumnsSeen, ColumnTable, Heading, Intake, IntakeRow, RawRow } from './rows/index.ts'

/** The next rows of a file, in its order and without a gap. */
export interface Batch {
  readonly heading: Heading
  readonly rows: readonly RawRow[]
}

/** What a file is taken in as: which columns it has, who may, and what becomes of its rows. The service's own part. */
export interface FileKind<Client extends SqlClient, App extends IntakeApp<Client>> {
  /** The service's own word for what the rows are; kept with each intake. */
  readonly kind: string
  /** How its cells are to be understood: the same file understood otherwise is another intake. */
  readonly reading: string
  /** What the operator is told was done with a row that brought something: `registered`. */
  readonly done: string
  /** Whether a row may be of nobody and nothing that is known, and these are counted. */
  readonly hasUnknown: boolean
  readonly permissions: IntakePermissions
  readonly columns: ColumnTable
  /** Rows taken in one transaction. */
  readonly batch: number
  /** Reads and checks rows, which needs no transaction; `take` writes them, or tries to in a dry run. Blank rows have no answer. */
  prepare(app: App, caller: Caller, intake: Intake, batch: Batch): Prepared<Client>
}

/** Who may take in such files and read what came of them. */
export interface IntakePermissions {
  readonly run: Permission
  readonly read: Permission
  /** How strictly a child may be kept of whom a verdict may tell (PV-14): both are asked at that level. */
  readonly level: Sensitivity
}

export interface Prepared<Client extends SqlClient> {
  /** The columns of 16 digits as seen by now. */
  readonly columns: ColumnsSeen
  take(tx: Tx<Client>): Promise<readonly IntakeRow[]>
}
