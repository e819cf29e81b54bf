import type { ChildId } from '@satuanak/contracts'
import type { SqlClient, Tx } from '@satuanak/messaging'
import type { ColumnsSeen, Format, Intake, IntakeCounts, IntakeRow, IntakeState, RowProblem } from './rows/index.ts'

// The tables of `sql/intake.sql`, in whatever schema the service has them on its search path.

interface Row {
  readonly id: string
  readonly file_name: string
  readonly format: string
  readonly kind: string
  readonly dry_run: boolean
  readonly state: string
  readonly rows_done: number
  readonly created: number
  readonly matched: number
  readonly refused: number
  readonly warned: number
  readonly unknown: number
  readonly columns: ColumnsSeen
  readonly remarks: readonly RowProblem[]
  readonly started_by: string
  readonly started_at: Date
  readonly finished_at: Date | null
}

const COLUMNS = `id, file_name, format, kind, dry_run, state, rows_done, created, matched, refused, warned, unknown,
  columns, remarks, started_by, started_at, finished_at`

const momentOf = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime())

function toIntake(row: Row): Intake {
  return {
    id: row.id,
    fileName: row.file_name,
    format: row.format as Format,
    kind: row.kind,
    dryRun: row.dry_run,
    state: row.state as IntakeState,
    rowsDone: row.rows_done,
    created: row.created,
    matched: row.matched,
    refused: row.refused,
    warned: row.warned,
    unknown: row.unknown,
    columns: row.columns,
    remarks: row.remarks,
    startedBy: row.started_by,
    startedAt: momentOf(row.started_at),
    finishedAt: row.finished_at && momentOf(row.finished_at),
  }
}

export async function findIntake(reader: SqlClient, id: string): Promise<Intake | null> {
  const [row] = await reader.$queryRawUnsafe<Row[]>(`SELECT ${COLUMNS} FROM intake WHERE id = $1::uuid`, id)
  return row ? toIntake(row) : null
}

/** The last intake of the file with this print, dry or not; nobody else starts one until this transaction ends. */
export async function findIntakeOfFileInTx(tx: Tx, print: Uint8Array, dryRun: boolean): Promise<Intake | null> {
  await tx.$executeRawUnsafe('SELECT pg_advisory_xact_lock($1)', Buffer.from(print).readBigInt64BE(0))
  const [row] = await tx.$queryRawUnsafe<Row[]>(
    `SELECT ${COLUMNS} FROM intake WHERE file_print = $1 AND dry_run = $2 ORDER BY started_at DESC LIMIT 1`,
    print,
    dryRun,
  )
  return row ? toIntake(row) : null
}

/** Saves an intake that begins. */
export async function saveIntakeInTx(tx: Tx, intake: Intake, filePrint: Uint8Array): Promise<void> {
  const { id, fileName, format, kind, dryRun, state, columns, startedBy, startedAt } = intake
  await tx.$executeRawUnsafe(
    `INSERT INTO intake (id, file_name, file_print, format, kind, dry_run, state, columns, remarks, started_by, started_at)
     VALUES ($1::uuid, $2, $3, $4, $5, $6, $7, $8::jsonb, '[]', $9, $10::timestamptz)`,
    id,
    fileName,
    filePrint,
    format,
    kind,
    dryRun,
    state,
    JSON.stringify(columns),
    startedBy,
    startedAt.toString(),
  )
}

/** The intake as it stands now; null where another process is at it this moment. */
export async function lockIntakeInTx(tx: Tx, id: string): Promise<Intake | null> {
  const [row] = await tx.$queryRawUnsafe<Row[]>(
    `SELECT ${COLUMNS} FROM intake WHERE id = $1::uuid FOR UPDATE SKIP LOCKED`,
    id,
  )
  return row ? toIntake(row) : null
}

/** Adds what a batch came to; `columns` as seen by now. */
export async function saveProgressInTx(
  tx: Tx,
  id: string,
  { rowsDone, created, matched, refused, warned, unknown }: IntakeCounts,
  columns: ColumnsSeen,
): Promise<void> {
  await tx.$executeRawUnsafe(
    `UPDATE intake SET rows_done = rows_done + $2, created = created + $3, matched = matched + $4,
       refused = refused + $5, warned = warned + $6, unknown = unknown + $7, columns = $8::jsonb
     WHERE id = $1::uuid`,
    id,
    rowsDone,
    created,
    matched,
    refused,
    warned,
    unknown,
    JSON.stringify(columns),
  )
}

/** Ends an intake. What it remembered of its rows is forgotten. */
export async function saveFinishedInTx(
  tx: Tx,
  id: string,
  remarks: readonly RowProblem[],
  at: Temporal.Instant,
): Promise<void> {
  await tx.$executeRawUnsafe('DELETE FROM intake_dry_print WHERE intake_id = $1::uuid', id)
  await tx.$executeRawUnsafe(
    `UPDATE intake SET state = 'SELESAI', remarks = $2::jsonb, finished_at = $3::timestamptz WHERE id = $1::uuid`,
    id,
    JSON.stringify(remarks),
    at.toString(),
  )
}

export async function saveRowsInTx(tx: Tx, id: string, rows: readonly IntakeRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRawUnsafe(
    `INSERT INTO intake_row (intake_id, row_no, verdict, child_id, problems)
     SELECT $1::uuid, no, verdict, "childId", problems
     FROM json_to_recordset($2::json) AS one (no int, verdict text, "childId" uuid, problems jsonb)`,
    id,
    JSON.stringify(rows),
  )
}

/** What an intake has met: by what it is known again, and what it said of it, both as prints in hexadecimal digits. */
export interface Met {
  readonly print: string
  readonly content: string
}

/** Of these prints those that this intake has met so far, with what it said of each. */
export async function findMet(
  reader: SqlClient,
  id: string,
  prints: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (prints.length === 0) return new Map()
  const rows = await reader.$queryRawUnsafe<Met[]>(
    `SELECT asked AS print, encode(p.person, 'hex') AS content
     FROM unnest($2::text[]) asked
       JOIN intake_dry_print p ON p.intake_id = $1::uuid AND p.print = decode(asked, 'hex')`,
    id,
    [...prints],
  )
  return new Map(rows.map(({ print, content }) => [print, content]))
}

/** Remembers them until the intake is finished; each print once. */
export async function saveMetInTx(tx: Tx, id: string, met: readonly Met[]): Promise<void> {
  if (met.length === 0) return
  await tx.$executeRawUnsafe(
    `INSERT INTO intake_dry_print (intake_id, print, person)
     SELECT $1::uuid, decode(print, 'hex'), decode(content, 'hex')
     FROM json_to_recordset($2::json) AS one (print text, content text)`,
    id,
    JSON.stringify(met),
  )
}

/** How many rows have a problem of this kind. */
export interface RuleCount {
  readonly level: string
  readonly rule: string
  readonly column: string | null
  readonly rows: number
}

export async function countByRule(reader: SqlClient, id: string): Promise<RuleCount[]> {
  return reader.$queryRawUnsafe<RuleCount[]>(
    `SELECT one.level, one.rule, one."column", count(*)::int AS rows
     FROM intake_row r CROSS JOIN LATERAL jsonb_to_recordset(r.problems) AS one (level text, rule text, "column" text)
     WHERE r.intake_id = $1::uuid
     GROUP BY one.level, one.rule, one."column" ORDER BY one.level, rows DESC, one.rule`,
    id,
  )
}

export interface RowQuery {
  readonly intakeId: string
  /** Rows after this one. */
  readonly after: number
  readonly limit: number
}

/** Rows in the order of the file. */
export async function findRows(reader: SqlClient, { intakeId, after, limit }: RowQuery): Promise<IntakeRow[]> {
  const rows = await reader.$queryRawUnsafe<(Omit<IntakeRow, 'childId'> & { childId: string | null })[]>(
    `SELECT row_no AS no, verdict, child_id AS "childId", problems FROM intake_row
     WHERE intake_id = $1::uuid AND row_no > $2 ORDER BY row_no LIMIT $3`,
    intakeId,
    after,
    limit,
  )
  return rows.map((row) => ({ ...row, childId: row.childId as ChildId | null }))
}
