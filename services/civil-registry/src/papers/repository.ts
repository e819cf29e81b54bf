import type { AgencyCode, ChildId, Paper } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { RegistryTx } from '../app.ts'
import { type PaperRequest as PaperRequestRow, Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import { within } from '../reach.ts'
import {
  type Decision,
  OPEN_STATES,
  type PaperRequest,
  type Proof,
  type RefusalReason,
  type RequestState,
} from './domain.ts'

type Reader = Pick<PrismaClient, 'paperRequest' | '$queryRaw'>

const instantOf = (date: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(date.getTime())
const dateOf = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds)

function toRequest(row: PaperRequestRow): PaperRequest {
  return {
    id: row.id,
    childId: row.childId as ChildId,
    paper: row.paper as Paper,
    proof: row.proof as Proof,
    state: row.state as RequestState,
    reason: row.reason as RefusalReason | null,
    late: row.late,
    requestedBy: row.requestedBy as AgencyCode,
    requestedAt: instantOf(row.requestedAt),
    dueAt: instantOf(row.dueAt),
    decidedAt: row.decidedAt && instantOf(row.decidedAt),
  }
}

export async function saveRequestInTx(tx: RegistryTx, request: PaperRequest): Promise<void> {
  const { requestedAt, dueAt, decidedAt, ...rest } = request
  await tx.paperRequest.create({
    data: {
      ...rest,
      requestedAt: dateOf(requestedAt),
      dueAt: dateOf(dueAt),
      decidedAt: decidedAt && dateOf(decidedAt),
    },
  })
}

export async function findRequest(reader: Reader, id: string): Promise<PaperRequest | null> {
  const row = await reader.paperRequest.findUnique({ where: { id } })
  return row && toRequest(row)
}

/** The open request of a person for this paper, under any id. */
export async function findOpenRequest(reader: Reader, ids: readonly ChildId[], paper: Paper): Promise<string | null> {
  const row = await reader.paperRequest.findFirst({
    where: { childId: { in: [...ids] }, paper, state: { in: [...OPEN_STATES] } },
    select: { id: true },
  })
  return row?.id ?? null
}

/** Every request under these ids, the latest first: one statement for any number of children. */
export async function findRequestsOf(reader: Reader, ids: readonly ChildId[]): Promise<PaperRequest[]> {
  const rows = await reader.paperRequest.findMany({ where: { childId: { in: [...ids] } }, orderBy: { id: 'desc' } })
  return rows.map(toRequest)
}

interface Decided {
  readonly decision: Decision
  readonly reason: RefusalReason | null
  readonly by: AgencyCode
  readonly at: Temporal.Instant
}

export async function saveDecisionInTx(
  tx: RegistryTx,
  id: string,
  { decision, reason, by, at }: Decided,
): Promise<void> {
  const end = decision === 'DIPROSES' ? {} : { decidedBy: by, decidedAt: dateOf(at) }
  await tx.paperRequest.update({ where: { id }, data: { state: decision, reason, ...end } })
}

export async function closeIssuedInTx(
  tx: RegistryTx,
  issued: {
    readonly ids: readonly ChildId[]
    readonly paper: Paper
    readonly by: AgencyCode
    readonly at: Temporal.Instant
  },
): Promise<void> {
  await tx.paperRequest.updateMany({
    where: { childId: { in: [...issued.ids] }, paper: issued.paper, state: { in: [...OPEN_STATES] } },
    data: { state: 'TERBIT', decidedBy: issued.by, decidedAt: dateOf(issued.at) },
  })
}

export interface RequestQuery {
  readonly states: readonly RequestState[]
  readonly paper: Paper | null
  readonly kelurahan: string | null
  readonly dueBefore: Temporal.Instant | null
  readonly territory: readonly Territory[]
  /** When the last one of the page before is due, and its id. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Requests within the caller's reach, what is due first first: one statement for the page, one for its rows. */
export async function findRequestPage(reader: Reader, query: RequestQuery): Promise<PaperRequest[]> {
  const { states, paper, kelurahan, dueBefore, territory, after, limit } = query
  const page = await reader.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM paper_request r JOIN person p ON p.id = r.child_id
    WHERE r.state = ANY(${[...states]}) AND ${within(territory)}
      ${paper === null ? Prisma.empty : Prisma.sql`AND r.paper = ${paper}`}
      ${kelurahan === null ? Prisma.empty : Prisma.sql`AND p.kelurahan = ${kelurahan}`}
      ${dueBefore === null ? Prisma.empty : Prisma.sql`AND r.due_at < ${dueBefore.toString()}::timestamptz`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (r.due_at, r.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    ORDER BY r.due_at, r.id LIMIT ${limit}`
  const rows = await reader.paperRequest.findMany({ where: { id: { in: page.map(({ id }) => id) } } })
  const byId = new Map(rows.map((row) => [row.id, toRequest(row)]))
  return page.flatMap(({ id }) => byId.get(id) ?? [])
}
