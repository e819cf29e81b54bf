import type { ChildId } from '@satuanak/contracts'
import type { RegistryTx } from '../app.ts'
import type { PrismaClient, Intake as Row } from '../gen/prisma/client.ts'
import type {
  ColumnsSeen,
  Format,
  Intake,
  IntakeCounts,
  IntakeKind,
  IntakeRow,
  IntakeState,
  RowProblem,
  RowVerdict,
} from './domain.ts'

type Reader = Pick<PrismaClient, 'intake' | 'intakeRow' | '$queryRaw'>

function toIntake(row: Row): Intake {
  return {
    id: row.id,
    fileName: row.fileName,
    format: row.format as Format,
    kind: row.kind as IntakeKind,
    dryRun: row.dryRun,
    state: row.state as IntakeState,
    rowsDone: row.rowsDone,
    created: row.created,
    matched: row.matched,
    refused: row.refused,
    warned: row.warned,
    unknown: row.unknown,
    columns: row.columns as unknown as ColumnsSeen,
    remarks: row.remarks as unknown as RowProblem[],
    startedBy: row.startedBy,
    startedAt: Temporal.Instant.fromEpochMilliseconds(row.startedAt.getTime()),
    finishedAt: row.finishedAt && Temporal.Instant.fromEpochMilliseconds(row.finishedAt.getTime()),
  }
}

const asJson = ({ NIK, NO_KK }: ColumnsSeen) => ({ NIK: { ...NIK }, NO_KK: { ...NO_KK } })

export async function findIntake(reader: Reader, id: string): Promise<Intake | null> {
  const row = await reader.intake.findUnique({ where: { id } })
  return row && toIntake(row)
}

/** The last intake of the file with this print, dry or not; nobody else starts one until this transaction ends. */
export async function findIntakeOfFileInTx(
  tx: RegistryTx,
  print: Uint8Array<ArrayBuffer>,
  dryRun: boolean,
): Promise<Intake | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${Buffer.from(print).readBigInt64BE(0)})`
  const row = await tx.intake.findFirst({ where: { filePrint: print, dryRun }, orderBy: { startedAt: 'desc' } })
  return row && toIntake(row)
}

export async function saveIntakeInTx(
  tx: RegistryTx,
  intake: Intake,
  filePrint: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const { remarks: _, columns, startedAt, finishedAt: __, ...rest } = intake
  await tx.intake.create({
    data: {
      ...rest,
      filePrint,
      columns: asJson(columns),
      remarks: [],
      startedAt: new Date(startedAt.epochMilliseconds),
    },
  })
}

/** The intake as it stands now; null where another process is at it this moment. */
export async function lockIntakeInTx(tx: RegistryTx, id: string): Promise<Intake | null> {
  const [row] = await tx.$queryRaw<
    { id: string }[]
  >`SELECT id FROM intake WHERE id = ${id}::uuid FOR UPDATE SKIP LOCKED`
  return row ? findIntake(tx, id) : null
}

/** Adds what a batch came to; `columns` as seen by now. */
export async function saveProgressInTx(
  tx: RegistryTx,
  id: string,
  { rowsDone, created, matched, refused, warned, unknown }: IntakeCounts,
  columns: ColumnsSeen,
): Promise<void> {
  await tx.intake.update({
    where: { id },
    data: {
      rowsDone: { increment: rowsDone },
      created: { increment: created },
      matched: { increment: matched },
      refused: { increment: refused },
      warned: { increment: warned },
      unknown: { increment: unknown },
      columns: asJson(columns),
    },
  })
}

export async function saveFinishedInTx(
  tx: RegistryTx,
  id: string,
  remarks: readonly RowProblem[],
  at: Temporal.Instant,
): Promise<void> {
  await tx.intakeDryPrint.deleteMany({ where: { intakeId: id } })
  await tx.intake.update({
    where: { id },
    data: {
      state: 'SELESAI',
      remarks: remarks.map((remark) => ({ ...remark, message: { ...remark.message } })),
      finishedAt: new Date(at.epochMilliseconds),
    },
  })
}

export async function saveRowsInTx(tx: RegistryTx, id: string, rows: readonly IntakeRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRaw`
    INSERT INTO intake_row (intake_id, row_no, verdict, child_id, problems)
    SELECT ${id}::uuid, no, verdict, "childId", problems
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS one (no int, verdict text, "childId" uuid, problems jsonb)`
}

/** Which of these prints were registered before, in hexadecimal digits, and as whom. */
export async function findPrinted(reader: Reader, prints: readonly string[]): Promise<ReadonlyMap<string, ChildId>> {
  if (prints.length === 0) return new Map()
  const rows = await reader.$queryRaw<{ print: string; childId: ChildId }[]>`
    SELECT asked AS print, p.child_id AS "childId"
    FROM unnest(${[...prints]}::text[]) asked JOIN intake_print p ON p.print = decode(asked, 'hex')`
  return new Map(rows.map(({ print, childId }) => [print, childId]))
}

export async function savePrintsInTx(
  tx: RegistryTx,
  printed: readonly { readonly print: string; readonly childId: ChildId }[],
): Promise<void> {
  if (printed.length === 0) return
  await tx.$executeRaw`
    INSERT INTO intake_print (print, child_id)
    SELECT decode(print, 'hex'), "childId"
    FROM json_to_recordset(${JSON.stringify(printed)}::json) AS one (print text, "childId" uuid)`
}

/** Whom a dry run would have registered: print of NIK or row, and print of the person. Hexadecimal digits. */
export interface DryPrint {
  readonly print: string
  readonly person: string
}

export async function findDryPrinted(
  reader: Reader,
  id: string,
  prints: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (prints.length === 0) return new Map()
  const rows = await reader.$queryRaw<DryPrint[]>`
    SELECT asked AS print, encode(p.person, 'hex') AS person
    FROM unnest(${[...prints]}::text[]) asked
      JOIN intake_dry_print p ON p.intake_id = ${id}::uuid AND p.print = decode(asked, 'hex')`
  return new Map(rows.map(({ print, person }) => [print, person]))
}

export async function saveDryPrintsInTx(tx: RegistryTx, id: string, printed: readonly DryPrint[]): Promise<void> {
  if (printed.length === 0) return
  await tx.$executeRaw`
    INSERT INTO intake_dry_print (intake_id, print, person)
    SELECT ${id}::uuid, decode(print, 'hex'), decode(person, 'hex')
    FROM json_to_recordset(${JSON.stringify(printed)}::json) AS one (print text, person text)`
}

/** How many rows have a problem of this kind. */
export interface RuleCount {
  readonly level: string
  readonly rule: string
  readonly column: string | null
  readonly rows: number
}

export async function countByRule(reader: Reader, id: string): Promise<RuleCount[]> {
  return reader.$queryRaw<RuleCount[]>`
    SELECT one.level, one.rule, one."column", count(*)::int AS rows
    FROM intake_row r CROSS JOIN LATERAL jsonb_to_recordset(r.problems) AS one (level text, rule text, "column" text)
    WHERE r.intake_id = ${id}::uuid
    GROUP BY one.level, one.rule, one."column" ORDER BY one.level, rows DESC, one.rule`
}

export interface RowQuery {
  readonly intakeId: string
  readonly verdict: RowVerdict | null
  /** Rows after this one. */
  readonly after: number
  readonly limit: number
}

/** Rows in the order of the file. */
export async function findRows(reader: Reader, { intakeId, verdict, after, limit }: RowQuery): Promise<IntakeRow[]> {
  const rows = await reader.intakeRow.findMany({
    where: { intakeId, rowNo: { gt: after }, ...(verdict && { verdict }) },
    orderBy: { rowNo: 'asc' },
    take: limit,
  })
  return rows.map((row) => ({
    no: row.rowNo,
    verdict: row.verdict as RowVerdict,
    childId: row.childId as ChildId | null,
    problems: row.problems as unknown as RowProblem[],
  }))
}
