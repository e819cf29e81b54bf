import type { ChildId } from '@satuanak/contracts'
import type { Level, Notice } from '@satuanak/domain-kit'
import type { ColumnsSeen } from './columns.ts'

export type Format = 'CSV' | 'XLSX'

export type IntakeState = 'BERJALAN' | 'SELESAI'

/**
 * What came of a row: something new, a change that was applied, what is there already, somebody or something nobody
 * knows, or nothing.
 */
export type RowVerdict = 'BARU' | 'DITERAPKAN' | 'SUDAH_ADA' | 'TIDAK_DIKENAL' | 'DITOLAK'

/** Whether the row brought something new. */
export const isTaken = ({ verdict }: Pick<IntakeRow, 'verdict'>): boolean =>
  verdict === 'BARU' || verdict === 'DITERAPKAN'

/** A row that an officer should see. */
export interface IntakeRow {
  readonly no: number
  readonly verdict: RowVerdict
  /** Whom the row is about, where it is about a child that is known. */
  readonly childId: ChildId | null
  readonly problems: readonly RowProblem[]
}

export interface IntakeCounts {
  /** Rows below the heading that have been dealt with, blank ones included. */
  readonly rowsDone: number
  /** Rows that brought something new or changed something. */
  readonly created: number
  readonly matched: number
  readonly refused: number
  /** Of nobody and nothing that is known; only of kinds that tell of what must be there already. */
  readonly unknown: number
  /** Of the created, those with something to look at again. */
  readonly warned: number
}

/** A file that is being taken in, or was. */
export interface Intake extends IntakeCounts {
  readonly id: string
  readonly fileName: string
  readonly format: Format
  /** What its rows are: the service's own word. */
  readonly kind: string
  readonly dryRun: boolean
  readonly state: IntakeState
  readonly columns: ColumnsSeen
  /** What is to be said of the file as a whole; said when it is done. */
  readonly remarks: readonly RowProblem[]
  readonly startedBy: string
  readonly startedAt: Temporal.Instant
  readonly finishedAt: Temporal.Instant | null
}

/** One thing to say of a row: how serious, of which column, by which rule, and what to do. Never what stood there. */
export interface RowProblem {
  readonly level: Level
  /** The column's own name, `TGL_LAHIR`; null of the row as a whole. */
  readonly column: string | null
  readonly rule: string
  readonly message: Notice['message']
}

/** What is to be said of a column, or of the row as a whole. */
export const toProblem = ({ level, rule, message }: Notice, column: string | null): RowProblem => ({
  level,
  rule,
  message,
  column,
})
