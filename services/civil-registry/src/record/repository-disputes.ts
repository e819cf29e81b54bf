import type { ChildId } from '@satuanak/contracts'
import type { Territory } from '@satuanak/identity'
import type { RegistryTx } from '../app.ts'
import { type PersonDispute, Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import { within } from '../reach.ts'
import type { RecordField } from './domain.ts'
import type { Dispute, End } from './domain-disputes.ts'

type Reader = Pick<PrismaClient, 'personDispute' | '$queryRaw'>

function toDispute(row: PersonDispute): Dispute {
  return {
    id: row.id,
    personId: row.personId as ChildId,
    field: row.field as RecordField,
    openedAt: Temporal.Instant.fromEpochMilliseconds(row.openedAt.getTime()),
  }
}

/** What is in question under these ids: one statement for any number of them. */
export async function findOpenDisputes(reader: Reader, personIds: readonly ChildId[]): Promise<Dispute[]> {
  const rows = await reader.personDispute.findMany({
    where: { personId: { in: [...personIds] }, closedAt: null },
    orderBy: { id: 'asc' },
  })
  return rows.map(toDispute)
}

export async function openDisputesInTx(tx: RegistryTx, disputes: readonly Dispute[]): Promise<void> {
  if (disputes.length === 0) return
  await tx.personDispute.createMany({
    skipDuplicates: true,
    data: disputes.map((dispute) => ({ ...dispute, openedAt: new Date(dispute.openedAt.epochMilliseconds) })),
  })
}

export async function closeDisputesInTx(
  tx: RegistryTx,
  closed: readonly { readonly id: string; readonly closedAs: End }[],
  at: Temporal.Instant,
): Promise<void> {
  if (closed.length === 0) return
  await tx.$executeRaw`
    UPDATE person_dispute d SET closed_at = ${at.toString()}::timestamptz, closed_as = c."closedAs"
    FROM jsonb_to_recordset(${JSON.stringify(closed)}::jsonb) AS c(id uuid, "closedAs" text) WHERE d.id = c.id`
}

export interface DisputeQuery {
  readonly field: RecordField | null
  readonly kelurahan: string | null
  readonly territory: readonly Territory[]
  /** When the last one of the page before was opened, and its id. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** What is in question within the caller's reach, who waits longest first: one statement for the page, one for its rows. */
export async function findDisputePage(reader: Reader, query: DisputeQuery): Promise<Dispute[]> {
  const { field, kelurahan, territory, after, limit } = query
  const page = await reader.$queryRaw<{ id: string }[]>`
    SELECT d.id FROM person_dispute d JOIN person p ON p.id = d.person_id
    WHERE d.closed_at IS NULL AND ${within(territory)}
      ${field === null ? Prisma.empty : Prisma.sql`AND d.field = ${field}`}
      ${kelurahan === null ? Prisma.empty : Prisma.sql`AND p.kelurahan = ${kelurahan}`}
      ${after === null ? Prisma.empty : Prisma.sql`AND (d.opened_at, d.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    ORDER BY d.opened_at, d.id LIMIT ${limit}`
  const rows = await reader.personDispute.findMany({ where: { id: { in: page.map(({ id }) => id) } } })
  const byId = new Map(rows.map((row) => [row.id, toDispute(row)]))
  return page.flatMap(({ id }) => byId.get(id) ?? [])
}

/** Some of the children whose disagreements are still to be decided. */
export async function findBacklog(reader: Pick<PrismaClient, 'disputeBacklog'>, limit: number): Promise<ChildId[]> {
  const rows = await reader.disputeBacklog.findMany({ take: limit, orderBy: { personId: 'asc' } })
  return rows.map(({ personId }) => personId as ChildId)
}

export async function clearBacklogInTx(tx: RegistryTx, personIds: readonly ChildId[]): Promise<void> {
  await tx.disputeBacklog.deleteMany({ where: { personId: { in: [...personIds] } } })
}
