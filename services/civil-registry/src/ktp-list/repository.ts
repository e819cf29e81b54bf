import type { ChildId, Npsn, Precision } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { RegistryTx } from '../app.ts'
import { type KtpCandidate as CandidateRow, Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import type {
  Candidate,
  CandidateReason,
  CandidateSource,
  CandidateState,
  FileRow,
  FileVerdict,
  Listing,
  Pupil,
} from './domain.ts'

type Reader = Pick<
  PrismaClient,
  'ktpCandidate' | 'ktpListFile' | 'ktpListMonth' | 'person' | '$queryRaw' | '$queryRawUnsafe' | '$executeRawUnsafe'
>

const at = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds)
const onDay = (day: Temporal.PlainDate): Date => new Date(`${day}T00:00:00Z`)

function toCandidate(row: CandidateRow): Candidate {
  return {
    npsn: row.npsn as Npsn,
    childId: row.childId as ChildId,
    state: row.state as CandidateState,
    reason: row.reason as CandidateReason | null,
    source: row.source as CandidateSource,
    sixteenOn: row.sixteenOn && Temporal.PlainDate.from(row.sixteenOn.toISOString().slice(0, 10)),
    uncertain: row.uncertain,
    everMarried: row.everMarried,
    listedAt: Temporal.Instant.fromEpochMilliseconds(row.listedAt.getTime()),
  }
}

/** What the registry knows of these pupils; nobody under an id it has no record of. */
export async function findPupils(reader: Reader, ids: readonly ChildId[]): Promise<Map<ChildId, Pupil>> {
  const rows = await reader.person.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, birthDate: true, birthPrecision: true, nikLast4: true },
  })
  const pupil = (row: (typeof rows)[number]): Pupil => ({
    birthDate: row.birthDate?.toISOString().slice(0, 10) ?? null,
    precision: row.birthPrecision as Precision,
    hasNik: row.nikLast4 !== null,
  })
  return new Map(rows.map((row) => [row.id as ChildId, pupil(row)]))
}

/** Who holds each of these NIKs, by blind index in hex; of several holders (EC-01) the oldest record. */
export async function findHolders(
  reader: Reader,
  indexes: readonly Uint8Array<ArrayBuffer>[],
): Promise<Map<string, ChildId>> {
  const rows = await reader.person.findMany({
    where: { nikIndex: { in: [...indexes] } },
    select: { id: true, nikIndex: true },
    orderBy: { id: 'desc' },
  })
  return new Map(
    rows.flatMap(({ id, nikIndex }) => (nikIndex ? [[Buffer.from(nikIndex).toString('hex'), id as ChildId]] : [])),
  )
}

interface Enrolled {
  readonly enrolmentId: string
  readonly childId: ChildId
  readonly npsn: Npsn
}

interface MonthQuery {
  readonly after: string | null
  readonly today: Temporal.PlainDate
  /** Born on this day or before. */
  readonly bornBy: Temporal.PlainDate
  readonly limit: number
}

/** Pupils of that age who are on no list of their school under any id, in the order of their enrolments. */
export async function findUnlisted(reader: Reader, query: MonthQuery): Promise<Enrolled[]> {
  const { after, today, bornBy, limit } = query
  return reader.$queryRaw<Enrolled[]>`
    SELECT s.enrolment_id AS "enrolmentId", s.child_id AS "childId", s.npsn
    FROM platform.child_school s JOIN person p ON p.id = s.child_id
    WHERE p.birth_date <= ${bornBy.toString()}::date
      AND (s.ended_on IS NULL OR s.ended_on > ${today.toString()}::date)
      ${after === null ? Prisma.empty : Prisma.sql`AND s.enrolment_id > ${after}::uuid`}
      AND NOT EXISTS (
        SELECT FROM platform.child_group(s.child_id) one
        JOIN ktp_candidate c ON c.child_id = one.member_id AND c.npsn = s.npsn)
    ORDER BY s.enrolment_id LIMIT ${limit}`
}

export interface ListMonth {
  readonly after: string | null
  readonly listed: number
  readonly isDone: boolean
}

export async function findListMonth(reader: Reader, month: Temporal.PlainDate): Promise<ListMonth> {
  const row = await reader.ktpListMonth.findUnique({ where: { month: onDay(month) } })
  return { after: row?.after ?? null, listed: row?.listed ?? 0, isDone: (row?.doneAt ?? null) !== null }
}

export async function saveListMonthInTx(
  tx: RegistryTx,
  month: Temporal.PlainDate,
  { after, listed, doneAt }: Omit<ListMonth, 'isDone'> & { readonly doneAt: Temporal.Instant | null },
): Promise<void> {
  const data = { after, listed, doneAt: doneAt && at(doneAt) }
  await tx.ktpListMonth.upsert({
    where: { month: onDay(month) },
    create: { month: onDay(month), ...data },
    update: data,
  })
}

/** @returns false where the pupil stands on that school's list already. */
export async function saveCandidateInTx(tx: RegistryTx, candidate: Candidate): Promise<boolean> {
  const { sixteenOn, listedAt, ...rest } = candidate
  const { count } = await tx.ktpCandidate.createMany({
    skipDuplicates: true,
    data: { ...rest, sixteenOn: sixteenOn && onDay(sixteenOn), listedAt: at(listedAt) },
  })
  return count === 1
}

/** What a school's list has of these children, locked until the transaction ends. */
export async function findCandidatesInTx(
  tx: RegistryTx,
  npsn: Npsn,
  ids: readonly ChildId[],
): Promise<Map<ChildId, Candidate>> {
  await tx.$queryRaw`
    SELECT FROM ktp_candidate WHERE npsn = ${npsn} AND child_id = ANY(${[...ids]}::uuid[]) ORDER BY child_id FOR UPDATE`
  return findCandidates(tx, npsn, ids)
}

export async function findCandidates(
  reader: Reader,
  npsn: Npsn,
  ids: readonly ChildId[],
): Promise<Map<ChildId, Candidate>> {
  const rows = await reader.ktpCandidate.findMany({ where: { npsn, childId: { in: [...ids] } } })
  return new Map(rows.map((row) => [row.childId as ChildId, toCandidate(row)]))
}

/** The confirmed pupils of a school who are 16 on that day or were married, the oldest first; locked. */
export async function findConfirmedInTx(tx: RegistryTx, npsn: Npsn, on: Temporal.PlainDate): Promise<Candidate[]> {
  await tx.$queryRaw`
    SELECT FROM ktp_candidate WHERE npsn = ${npsn} AND state = 'DIKONFIRMASI' ORDER BY child_id FOR UPDATE`
  const rows = await tx.ktpCandidate.findMany({
    where: {
      npsn,
      state: 'DIKONFIRMASI',
      OR: [{ sixteenOn: { lte: onDay(on) } }, { sixteenOn: null }, { everMarried: true }],
    },
    orderBy: [{ sixteenOn: { sort: 'asc', nulls: 'last' } }, { childId: 'asc' }],
  })
  return rows.map(toCandidate)
}

export interface Decided extends Pick<Listing, 'state' | 'reason'> {
  readonly by: string
  readonly at: Temporal.Instant
}

export async function decideCandidateInTx(
  tx: RegistryTx,
  { npsn, childId }: Pick<Candidate, 'npsn' | 'childId'>,
  decided: Decided,
): Promise<void> {
  await tx.ktpCandidate.update({
    where: { npsn_childId: { npsn, childId } },
    data: { state: decided.state, reason: decided.reason, decidedBy: decided.by, decidedAt: at(decided.at) },
  })
}

/** Pupils who waited for a NIK and have one by now under any id: back on the list. @returns how many. */
export async function returnPupilsWithNikInTx(tx: RegistryTx, limit: number): Promise<number> {
  return tx.$executeRaw`
    UPDATE ktp_candidate c
    SET state = CASE WHEN c.uncertain THEN 'PERLU_PETUGAS' ELSE 'DIUSULKAN' END, reason = NULL
    FROM (
      SELECT w.npsn, w.child_id FROM ktp_candidate w
      WHERE w.state = 'TERTUNDA' AND w.reason = 'NIK_BELUM_ADA'
        AND EXISTS (SELECT FROM platform.child_group(w.child_id) one
                    JOIN person p ON p.id = one.member_id AND p.nik_index IS NOT NULL)
      LIMIT ${limit}) ready
    WHERE c.npsn = ready.npsn AND c.child_id = ready.child_id`
}

/** Where a caller may look, as SQL over `ktp_candidate c`: what `schoolsThatSee` says of one row. */
function within(territories: readonly Territory[], today: Temporal.PlainDate): Prisma.Sql {
  const level = Prisma.sql`platform.child_level_of(c.child_id)`
  const day = Prisma.sql`${today.toString()}::date`
  const reach = territories.flatMap((one) => {
    if (one.kind === 'all') return Prisma.sql`${level} <= ${one.level}`
    if (one.kind !== 'school') return []
    return Prisma.sql`(
      c.npsn = ANY(${[...one.npsn]}) AND ${level} <= ${one.level}
      AND (NOT c.ever_married OR coalesce(c.sixteen_on <= ${day}, false))
      AND EXISTS (SELECT FROM platform.child_group(c.child_id) m
                  JOIN platform.child_school s ON s.child_id = m.member_id
                  WHERE s.npsn = c.npsn AND (s.ended_on IS NULL OR s.ended_on > ${day})))`
  })
  return reach.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(reach, ' OR ')})`
}

export interface CandidateQuery {
  readonly npsn: string | null
  readonly state: CandidateState | null
  readonly territory: readonly Territory[]
  readonly today: Temporal.PlainDate
  /** School and child of the last row of the page before. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** By school, then by child. */
export async function findCandidatePage(reader: Reader, query: CandidateQuery): Promise<Candidate[]> {
  const { npsn, state, territory, today, after, limit } = query
  const rows = await reader.$queryRaw<CandidateRow[]>`
    SELECT c.npsn, c.child_id AS "childId", c.state, c.reason, c.source, c.sixteen_on AS "sixteenOn", c.uncertain,
           c.ever_married AS "everMarried", c.listed_at AS "listedAt"
    FROM ktp_candidate c
    WHERE true
      ${npsn === null ? Prisma.empty : Prisma.sql`AND c.npsn = ${npsn}`}
      ${state === null ? Prisma.empty : Prisma.sql`AND c.state = ${state}`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (c.npsn, c.child_id) > (${after[0]}, ${after[1]}::uuid)`}
      AND ${within(territory, today)}
    ORDER BY c.npsn, c.child_id LIMIT ${limit}`
  return rows.map(toCandidate)
}

export interface PupilsQuery extends Pick<CandidateQuery, 'territory' | 'today' | 'limit'> {
  readonly npsn: Npsn
  readonly on: Temporal.PlainDate
}

/** Who is 16 on a day, or of whom no birth date is known, or was ever married; neither left out nor recorded. */
export async function findPupilsOf16(
  reader: Reader,
  { npsn, on, territory, today, limit }: PupilsQuery,
): Promise<Candidate[]> {
  const rows = await reader.$queryRaw<CandidateRow[]>`
    SELECT c.npsn, c.child_id AS "childId", c.state, c.reason, c.source, c.sixteen_on AS "sixteenOn", c.uncertain,
           c.ever_married AS "everMarried", c.listed_at AS "listedAt"
    FROM ktp_candidate c
    WHERE c.npsn = ${npsn} AND c.state NOT IN ('DIKELUARKAN', 'SELESAI')
      AND (c.sixteen_on IS NULL OR c.sixteen_on <= ${on.toString()}::date OR c.ever_married)
      AND ${within(territory, today)}
    ORDER BY c.sixteen_on NULLS LAST, c.child_id LIMIT ${limit}`
  return rows.map(toCandidate)
}

export interface ListFile {
  readonly id: string
  readonly npsn: Npsn
  readonly sentBy: string
  readonly sentAt: Temporal.Instant
  readonly rows: readonly FileRow[]
}

export async function saveListFileInTx(tx: RegistryTx, { rows, sentAt, ...file }: ListFile): Promise<void> {
  await tx.ktpListFile.create({ data: { ...file, sentAt: at(sentAt) } })
  await tx.ktpListFileRow.createMany({ data: rows.map((row) => ({ ...row, fileId: file.id })) })
}

export async function findListFile(reader: Reader, id: string): Promise<ListFile | null> {
  const file = await reader.ktpListFile.findUnique({ where: { id }, include: { rows: { orderBy: { row: 'asc' } } } })
  if (!file) return null
  return {
    ...file,
    npsn: file.npsn as Npsn,
    sentAt: Temporal.Instant.fromEpochMilliseconds(file.sentAt.getTime()),
    rows: file.rows.map(({ row, childId, verdict }) => ({
      row,
      childId: childId as ChildId | null,
      verdict: verdict as FileVerdict,
    })),
  }
}
