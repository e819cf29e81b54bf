import type { ChildId } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { RegistryTx } from '../app.ts'
import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import { within } from '../reach.ts'
import {
  type DuplicateState,
  type DuplicateStep,
  type DuplicateStepCode,
  type KtpDuplicate,
  OPEN_STATES,
} from './domain.ts'

type Reader = Pick<PrismaClient, 'ktpDuplicate' | '$queryRaw'>

const WITH_STEPS = { steps: { orderBy: { id: 'asc' } } } as const
type Row = Prisma.KtpDuplicateGetPayload<{ include: { steps: true } }>

const day = (date: Date): Temporal.PlainDate => Temporal.PlainDate.from(date.toISOString().slice(0, 10))
const onDay = (date: Temporal.PlainDate): Date => new Date(`${date.toString()}T00:00:00Z`)

const toDuplicate = (row: Row): KtpDuplicate => ({
  id: row.id,
  childId: row.childId as ChildId,
  state: row.state as DuplicateState,
  office: row.office,
  openedOn: day(row.openedOn),
  dueOn: day(row.dueOn),
  closedAt: row.closedAt && Temporal.Instant.fromEpochMilliseconds(row.closedAt.getTime()),
  steps: row.steps.map(({ step, office, doneOn }) => ({
    step: step as DuplicateStepCode,
    office,
    doneOn: day(doneOn),
  })),
})

/** A case for each of these records, unless the person has an open one under any id: one statement for any number. */
export async function openDuplicatesInTx(
  tx: RegistryTx,
  cases: readonly { readonly id: string; readonly childId: ChildId }[],
  openedOn: Temporal.PlainDate,
  dueOn: Temporal.PlainDate,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO ktp_duplicate (id, child_id, state, opened_on, due_on)
    SELECT one.id, one."childId", 'BARU', ${openedOn.toString()}::date, ${dueOn.toString()}::date
    FROM json_to_recordset(${JSON.stringify(cases)}::json) AS one (id uuid, "childId" uuid)
    WHERE NOT EXISTS (SELECT FROM platform.child_group(one."childId") g JOIN ktp_duplicate d ON d.child_id = g.member_id
                      WHERE d.closed_at IS NULL)`
}

/** Ends the open cases of these persons, under any id: one statement for any number. */
export async function closeDuplicatesInTx(
  tx: RegistryTx,
  ends: readonly { readonly childId: ChildId; readonly state: DuplicateState }[],
  at: Temporal.Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE ktp_duplicate d SET state = one.state, closed_at = ${at.toString({ smallestUnit: 'millisecond' })}::timestamptz
    FROM json_to_recordset(${JSON.stringify(ends)}::json) AS one ("childId" uuid, state text)
    CROSS JOIN LATERAL platform.child_group(one."childId") g
    WHERE d.child_id = g.member_id AND d.closed_at IS NULL`
}

/** The open case of a person, under any id, the oldest first. */
export async function findOpenDuplicate(reader: Reader, ids: readonly ChildId[]): Promise<KtpDuplicate | null> {
  const row = await reader.ktpDuplicate.findFirst({
    where: { childId: { in: [...ids] }, closedAt: null },
    include: WITH_STEPS,
    orderBy: { id: 'asc' },
  })
  return row && toDuplicate(row)
}

export async function findDuplicate(reader: Reader, id: string): Promise<KtpDuplicate | null> {
  const row = await reader.ktpDuplicate.findUnique({ where: { id }, include: WITH_STEPS })
  return row && toDuplicate(row)
}

interface Recorded extends DuplicateStep {
  readonly id: string
  readonly by: string
  readonly at: Temporal.Instant
}

/** Adds a step to an open case. */
export async function saveDuplicateStepInTx(
  tx: RegistryTx,
  duplicateId: string,
  { id, step, office, doneOn, by, at }: Recorded,
): Promise<void> {
  const recordedAt = new Date(at.epochMilliseconds)
  await tx.ktpDuplicateStep.create({
    data: { id, duplicateId, step, office, doneOn: onDay(doneOn), recordedBy: by, recordedAt },
  })
  // The last step closes the case, and every other of the person, by `closeDuplicatesInTx`.
  const state = OPEN_STATES.find((open) => open === step)
  await tx.ktpDuplicate.update({ where: { id: duplicateId }, data: { office, ...(state && { state }) } })
}

/** Of a person who was linked while two cases were open, the list has the older one: steps are taken there. */
const FIRST_OF_PERSON = Prisma.sql`NOT EXISTS (
  SELECT FROM platform.child_group(d.child_id) g JOIN ktp_duplicate older ON older.child_id = g.member_id
  WHERE older.closed_at IS NULL AND older.id < d.id)`

export interface DuplicateQuery {
  readonly states: readonly DuplicateState[]
  readonly kelurahan: string | null
  /** Only those due before this day. */
  readonly dueBefore: Temporal.PlainDate | null
  readonly territory: readonly Territory[]
  /** Day and id of the last one of the page before. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Cases within the caller's reach, what is due first first: one statement for the page, two for its rows. */
export async function findDuplicatePage(reader: Reader, query: DuplicateQuery): Promise<KtpDuplicate[]> {
  const { states, kelurahan, dueBefore, territory, after, limit } = query
  const page = await reader.$queryRaw<{ id: string }[]>`
    SELECT d.id FROM ktp_duplicate d JOIN person p ON p.id = d.child_id
    WHERE d.state = ANY(${[...states]}) AND ${within(territory)} AND (d.closed_at IS NOT NULL OR ${FIRST_OF_PERSON})
      ${kelurahan === null ? Prisma.empty : Prisma.sql`AND p.kelurahan = ${kelurahan}`}
      ${dueBefore === null ? Prisma.empty : Prisma.sql`AND d.due_on < ${dueBefore.toString()}::date`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (d.due_on, d.id) > (${after[0]}::date, ${after[1]}::uuid)`}
    ORDER BY d.due_on, d.id LIMIT ${limit}`
  const rows = await reader.ktpDuplicate.findMany({
    where: { id: { in: page.map(({ id }) => id) } },
    include: WITH_STEPS,
  })
  const byId = new Map(rows.map((row) => [row.id, toDuplicate(row)]))
  return page.flatMap(({ id }) => byId.get(id) ?? [])
}
