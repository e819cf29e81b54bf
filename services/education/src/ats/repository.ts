import type { AtsCategory, AtsSource, ChildId, KelurahanCode, Npsn } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { EducationTx } from '../app.ts'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import type { AtsRecord, CheckMethod, CheckResult, FieldCheck } from './domain.ts'
import type { AtsState, Outcome } from './domain-states.ts'

type Reader = Pick<PrismaClient, 'atsRecord' | '$queryRaw'>

const WITH_CHECKS = { fieldChecks: { orderBy: { number: 'desc' } } } as const satisfies Prisma.AtsRecordInclude
type Row = Prisma.AtsRecordGetPayload<{ include: typeof WITH_CHECKS }>

const toDate = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)
const toInstant = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime())

const toFieldCheck = (row: Row['fieldChecks'][number]): FieldCheck => ({
  date: Temporal.PlainDate.from(row.checkedOn.toISOString().slice(0, 10)),
  method: row.method as CheckMethod,
  result: row.result as CheckResult,
  volunteer: row.volunteer,
})

const toRecord = (row: Row): AtsRecord => ({
  id: row.id,
  childId: row.childId as ChildId,
  category: row.category as AtsCategory,
  source: row.source as AtsSource,
  state: row.state as AtsState,
  kelurahan: row.kelurahan as KelurahanCode | null,
  note: row.note,
  reportedAt: toInstant(row.reportedAt),
  verifiedAt: row.verifiedAt && toInstant(row.verifiedAt),
  outcome: row.outcome as Outcome | null,
  fieldChecks: row.fieldChecks.map(toFieldCheck),
  closedAt: row.closedAt && toInstant(row.closedAt),
  closedBy: row.closedBy,
})

/** Writes a record that has just been reported. */
export async function saveAtsRecordInTx(tx: EducationTx, record: AtsRecord, reportedBy: string): Promise<void> {
  const { id, childId, category, source, state, kelurahan, note, reportedAt } = record
  await tx.atsRecord.create({
    data: { id, childId, category, source, state, kelurahan, note, reportedBy, reportedAt: toDate(reportedAt) },
  })
}

export interface Checked {
  readonly recordId: string
  /** 1 for the first check of a record. */
  readonly number: number
  readonly fieldCheck: FieldCheck
  readonly by: string
  readonly at: Temporal.Instant
}

export async function addFieldCheckInTx(tx: EducationTx, checked: Checked): Promise<void> {
  const { recordId, number, fieldCheck, by, at } = checked
  const { date, ...rest } = fieldCheck
  const checkedOn = new Date(`${date.toString()}T00:00:00Z`)
  await tx.atsFieldCheck.create({
    data: { ...rest, recordId, number, checkedOn, recordedBy: by, recordedAt: toDate(at) },
  })
}

/** What changes when a record moves on; what is left out stays. */
export interface Step {
  readonly state: AtsState
  readonly verifiedAt?: Temporal.Instant
  readonly outcome?: Outcome | null
  readonly outcomeNpsn?: Npsn | null
  readonly closedAt?: Temporal.Instant
  readonly closedBy?: string
}

export async function moveAtsRecordInTx(tx: EducationTx, id: string, step: Step): Promise<void> {
  const { verifiedAt, closedAt, ...rest } = step
  await tx.atsRecord.update({
    where: { id },
    data: {
      ...rest,
      ...(verifiedAt && { verifiedAt: toDate(verifiedAt) }),
      ...(closedAt && { closedAt: toDate(closedAt) }),
    },
  })
}

/** Records of these ids, the latest first. */
export async function findAtsRecords(reader: Reader, childIds: readonly ChildId[]): Promise<AtsRecord[]> {
  return findMany(reader, { childId: { in: [...childIds] } })
}

/** Records of these ids that are on the working list. */
export async function findOpenAtsRecords(reader: Reader, childIds: readonly ChildId[]): Promise<AtsRecord[]> {
  return findMany(reader, { childId: { in: [...childIds] }, closedAt: null })
}

export async function findAtsRecord(reader: Reader, id: string): Promise<AtsRecord | null> {
  const row = await reader.atsRecord.findUnique({ where: { id }, include: WITH_CHECKS })
  return row && toRecord(row)
}

export interface AtsQuery {
  readonly kelurahan: string | null
  readonly state: string | null
  readonly territory: readonly Territory[]
  /** Time of the report and id of the last record of the page before. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Records in the caller's territory and level, the latest report first: one statement for the page, two for its rows. */
export async function findAtsRecordPage(reader: Reader, query: AtsQuery): Promise<AtsRecord[]> {
  const { kelurahan, state, territory, after, limit } = query
  const page = await reader.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM ats_record r
    WHERE ${within(territory)}
      ${kelurahan === null ? Prisma.empty : Prisma.sql`AND r.kelurahan = ${kelurahan}`}
      ${state === null ? Prisma.empty : Prisma.sql`AND r.state = ${state}`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (r.reported_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    ORDER BY r.reported_at DESC, r.id DESC LIMIT ${limit}`
  return findMany(reader, { id: { in: page.map(({ id }) => id) } })
}

async function findMany(reader: Reader, where: Prisma.AtsRecordWhereInput): Promise<AtsRecord[]> {
  const rows = await reader.atsRecord.findMany({
    where,
    include: WITH_CHECKS,
    orderBy: [{ reportedAt: 'desc' }, { id: 'desc' }],
  })
  return rows.map(toRecord)
}

/** Where a caller may look. A grant opens a child by reference, never a list of children. */
function within(territories: readonly Territory[]): Prisma.Sql {
  const level = Prisma.sql`platform.child_level_of(r.child_id)`
  const reach = territories.flatMap((one) => {
    if (one.kind === 'all') return Prisma.sql`${level} <= ${one.level}`
    if (one.kind === 'kelurahan') return Prisma.sql`(r.kelurahan = ANY(${[...one.codes]}) AND ${level} <= ${one.level})`
    return []
  })
  return reach.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(reach, ' OR ')})`
}
