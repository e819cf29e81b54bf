import type { ChildId } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { RegistryTx } from '../app.ts'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import type { KtpRecord, KtpSource, PrintState, StatusChange } from './domain.ts'

type Reader = Pick<PrismaClient, 'ktpRecord' | 'ktpStatusChange' | '$queryRaw'>
type Row = Prisma.KtpRecordGetPayload<object>

const toInstant = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime())
const toDate = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)
const toDay = (date: Date): Temporal.PlainDate => Temporal.PlainDate.from(date.toISOString().slice(0, 10))
const fromDay = (day: Temporal.PlainDate): Date => new Date(`${day.toString()}T00:00:00Z`)

const toRecord = (row: Row): KtpRecord => ({
  childId: row.childId as ChildId,
  code: row.code,
  source: row.source as KtpSource,
  statusAt: toInstant(row.statusAt),
  recordedOn: row.recordedOn && toDay(row.recordedOn),
  state: row.state as PrintState,
  stateSince: toInstant(row.stateSince),
  holdUntil: row.holdUntil && toDay(row.holdUntil),
  everMarried: row.everMarried,
  birthDateConfirmed: row.birthDateConfirmed,
})

/** The records written under these ids: a person may have one under several. */
export async function findKtpRecords(reader: Reader, ids: readonly ChildId[]): Promise<KtpRecord[]> {
  const rows = await reader.ktpRecord.findMany({ where: { childId: { in: [...ids] } }, orderBy: { childId: 'asc' } })
  return rows.map(toRecord)
}

/** Every step of these ids' statuses, the latest first. */
export async function findStatusChanges(reader: Reader, ids: readonly ChildId[]): Promise<StatusChange[]> {
  const rows = await reader.ktpStatusChange.findMany({
    where: { childId: { in: [...ids] } },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  return rows.map((row) => ({
    ...row,
    childId: row.childId as ChildId,
    source: row.source as KtpSource,
    at: toInstant(row.at),
  }))
}

/** Writes any number of records, each child's once, in one statement. */
export async function saveKtpRecordsInTx(tx: RegistryTx, records: readonly KtpRecord[]): Promise<void> {
  if (records.length === 0) return
  // In milliseconds, as Prisma writes them: PostgreSQL would round where Prisma cuts off.
  const rows = records.map((one) => ({ ...one, statusAt: toDate(one.statusAt), stateSince: toDate(one.stateSince) }))
  await tx.$executeRaw`
    INSERT INTO ktp_record (child_id, code, source, status_at, recorded_on, state, state_since, hold_until, ever_married,
                            birth_date_confirmed)
    SELECT "childId", code, source, "statusAt", "recordedOn", state, "stateSince", "holdUntil", "everMarried",
           "birthDateConfirmed"
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS one
      ("childId" uuid, code text, source text, "statusAt" timestamptz, "recordedOn" date, state text,
       "stateSince" timestamptz, "holdUntil" date, "everMarried" boolean, "birthDateConfirmed" boolean)
    ON CONFLICT (child_id) DO UPDATE SET
      code = excluded.code, source = excluded.source, status_at = excluded.status_at,
      recorded_on = excluded.recorded_on, state = excluded.state, state_since = excluded.state_since,
      hold_until = excluded.hold_until, ever_married = excluded.ever_married,
      birth_date_confirmed = excluded.birth_date_confirmed`
}

/** Adds any number of steps to the history, in one statement. */
export async function addStatusChangesInTx(tx: RegistryTx, changes: readonly StatusChange[]): Promise<void> {
  await tx.ktpStatusChange.createMany({ data: changes.map((change) => ({ ...change, at: toDate(change.at) })) })
}

/** A step as it is known again: whose, to which status, as of when. */
export type StepKey = Pick<StatusChange, 'childId' | 'newCode' | 'at'>

/** Which of these very steps were written before, for the same news may come twice: one statement for any number. */
export async function findKnownStepsInTx(tx: RegistryTx, steps: readonly StepKey[]): Promise<readonly StepKey[]> {
  if (steps.length === 0) return []
  const asked = JSON.stringify(steps.map(({ childId, newCode, at }) => ({ childId, newCode, at: toDate(at) })))
  const rows = await tx.$queryRaw<{ childId: ChildId; newCode: string; at: Date }[]>`
    SELECT c.child_id AS "childId", c.new_code AS "newCode", c.at
    FROM json_to_recordset(${asked}::json) AS asked ("childId" uuid, "newCode" text, at timestamptz)
    JOIN ktp_status_change c ON c.child_id = asked."childId" AND c.new_code = asked."newCode" AND c.at = asked.at`
  return rows.map(({ at, ...step }) => ({ ...step, at: toInstant(at) }))
}

/** Children whose held card's day has come, the longest due first. */
export async function findDueRecords(reader: Reader, today: Temporal.PlainDate, limit: number): Promise<ChildId[]> {
  const rows = await reader.ktpRecord.findMany({
    where: { state: 'DITAHAN', holdUntil: { lte: fromDay(today) } },
    select: { childId: true },
    orderBy: [{ holdUntil: 'asc' }, { childId: 'asc' }],
    take: limit,
  })
  return rows.map((row) => row.childId as ChildId)
}

export interface QueueQuery {
  readonly state: PrintState
  readonly npsn: string | null
  readonly kelurahan: string | null
  readonly territory: readonly Territory[]
  readonly today: Temporal.PlainDate
  /** Since when and id of the last one of the page before. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Records in this state within the caller's reach, who waits longest first: one statement for the page, one for its rows. */
export async function findQueuePage(reader: Reader, query: QueueQuery): Promise<KtpRecord[]> {
  const { state, npsn, kelurahan, territory, today, after, limit } = query
  const attends = Prisma.sql`AND EXISTS (SELECT FROM platform.child_school s WHERE s.child_id = k.child_id
    AND s.npsn = ${npsn} AND (s.ended_on IS NULL OR s.ended_on > ${today.toString()}::date))`
  const lives = Prisma.sql`AND EXISTS (SELECT FROM person p WHERE p.id = k.child_id AND p.kelurahan = ${kelurahan})`
  const page = await reader.$queryRaw<{ child_id: ChildId }[]>`
    SELECT k.child_id FROM ktp_record k
    WHERE k.state = ${state} AND ${within(territory)}
      ${npsn === null ? Prisma.empty : attends}
      ${kelurahan === null ? Prisma.empty : lives}
      ${after === null ? Prisma.empty : Prisma.sql`AND (k.state_since, k.child_id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    ORDER BY k.state_since, k.child_id LIMIT ${limit}`
  const rows = await findKtpRecords(
    reader,
    page.map((row) => row.child_id),
  )
  const byId = new Map(rows.map((row) => [row.childId, row]))
  return page.flatMap((row) => byId.get(row.child_id) ?? [])
}

/** Where a caller may look: only desks of the whole registry read the queue. */
function within(territories: readonly Territory[]): Prisma.Sql {
  const reach = territories.flatMap((one) =>
    one.kind === 'all' ? Prisma.sql`platform.child_level_of(k.child_id) <= ${one.level}` : [],
  )
  return reach.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(reach, ' OR ')})`
}

/** Where a run of cards goes: to a school, for its own pupils, or to a kecamatan, for whoever has no such school. */
export interface Destination {
  readonly npsn: string | null
  /** `63.11.06`. */
  readonly kecamatan: string | null
}

interface PrintableQuery extends Destination {
  readonly territory: readonly Territory[]
  readonly today: Temporal.PlainDate
  readonly limit: number
}

/**
 * Children in the print queue whose card goes there, who waits longest first. To a school go only those whose card says
 * nothing to it: its own pupils, 17 by age (KT-10), and no social case (PV-14); everyone else's goes to the kecamatan
 * (EC-48). The days are counted back from today, so that 29 February is 1 March here too.
 */
export async function findPrintable(
  reader: Reader,
  { npsn, kecamatan, territory, today, limit }: PrintableQuery,
): Promise<ChildId[]> {
  const attends = Prisma.sql`s.ended_on IS NULL OR s.ended_on > ${today.toString()}::date`
  const atSchool = (which: Prisma.Sql) => Prisma.sql`(platform.child_level_of(k.child_id) <= 2
    AND EXISTS (SELECT FROM person p WHERE p.id = k.child_id
      AND (NOT k.ever_married OR p.birth_date <= ${today.subtract({ years: 17 }).toString()}::date))
    AND EXISTS (SELECT FROM platform.child_group(k.child_id) g JOIN platform.child_school s ON s.child_id = g.member_id
      WHERE (${attends}) AND ${which}))`
  const there =
    npsn === null
      ? Prisma.sql`EXISTS (SELECT FROM person p WHERE p.id = k.child_id AND p.kelurahan LIKE ${`${kecamatan}.%`})
          AND NOT ${atSchool(Prisma.sql`true`)}`
      : atSchool(Prisma.sql`s.npsn = ${npsn}`)
  const rows = await reader.$queryRaw<{ child_id: ChildId }[]>`
    SELECT k.child_id FROM ktp_record k
    WHERE k.state = 'SIAP_CETAK' AND ${within(territory)} AND ${there}
    ORDER BY k.state_since, k.child_id LIMIT ${limit}`
  return rows.map((row) => row.child_id)
}
