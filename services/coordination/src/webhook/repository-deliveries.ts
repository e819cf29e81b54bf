import { Prisma, type PrismaClient } from '../gen/prisma/client.ts'
import type { Attempt, Delivery, DeliveryId, DeliveryState, Failure, NoticeFacts, WebhookId } from './domain.ts'
import { toDate, toInstant, type WebhookTx, wakeInTx } from './repository.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

export interface NewDelivery {
  readonly id: DeliveryId
  readonly webhookId: WebhookId
  /** Null for a test. */
  readonly noticeId: string | null
  readonly topic: string
  readonly about: string
  readonly childId: string | null
  readonly permissions: readonly string[]
  readonly facts: NoticeFacts | Record<string, never>
  readonly body: string
}

/** All due at once, each once per webhook and notice. */
export async function saveDeliveriesInTx(
  tx: WebhookTx,
  deliveries: readonly NewDelivery[],
  at: Temporal.Instant,
): Promise<void> {
  if (deliveries.length === 0) return
  await tx.$executeRaw`
    INSERT INTO webhook_delivery
      (id, endpoint_id, notice_id, topic, about, child_id, permissions, facts, body, state, queued_at, due_at, tries)
    SELECT id, "webhookId", "noticeId", topic, about, "childId", permissions, facts, body, 'MENUNGGU', ${toDate(at)}, ${toDate(at)}, 0
    FROM jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) AS one
      (id uuid, "webhookId" uuid, "noticeId" uuid, topic text, about text, "childId" uuid, permissions text[], facts jsonb, body text)
    ON CONFLICT DO NOTHING`
  await wakeInTx(tx)
}

/** Which messages are meant: by their ids, or all queued in a span of time. */
export type Which =
  | { readonly ids: readonly DeliveryId[] }
  | { readonly from: Temporal.Instant; readonly to: Temporal.Instant }

/**
 * Sets messages to be sent again, under the ids they have: those delivered, given up or still waiting. Not a test, not
 * what was withheld, and not what is being sent at this moment.
 * @returns how many; null where they would be more than `most`, and then none is.
 */
export async function replayInTx(
  tx: WebhookTx,
  webhookId: WebhookId,
  which: Which,
  { now, most }: { now: Temporal.Instant; most: number },
): Promise<number | null> {
  const meant =
    'ids' in which
      ? Prisma.sql`id = ANY(${[...which.ids]}::uuid[])`
      : Prisma.sql`queued_at >= ${toDate(which.from)} AND queued_at < ${toDate(which.to)}`
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM webhook_delivery
    WHERE endpoint_id = ${webhookId}::uuid AND ${meant} AND notice_id IS NOT NULL AND state <> 'DITAHAN'
      AND (lease_until IS NULL OR lease_until <= ${toDate(now)})
    ORDER BY queued_at, id LIMIT ${most + 1} FOR UPDATE`
  if (rows.length > most) return null
  await tx.$executeRaw`
    UPDATE webhook_delivery
    SET state = 'MENUNGGU', due_at = ${toDate(now)}, tries = 0, ended_at = NULL, lease = NULL, lease_until = NULL
    WHERE id = ANY(${rows.map(({ id }) => id)}::uuid[])`
  await wakeInTx(tx)
  return rows.length
}

/** The last message seen: when it was queued, and its id. */
type LogKeys = readonly [queuedAt: string, id: string]

export interface LogQuery {
  readonly state: DeliveryState | null
  /** From this moment on, and before that one. */
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
  readonly after: LogKeys | null
  readonly limit: number
}

interface Row {
  readonly id: string
  readonly webhookId: string
  readonly topic: string
  readonly about: string
  readonly state: string
  readonly queuedAt: Date
  readonly dueAt: Date
  readonly endedAt: Date | null
  readonly tries: number
}

/** The first `limit` messages of each webhook, newest first: one statement for any number of webhooks. */
export async function findLogs(
  reader: Reader,
  webhooks: readonly WebhookId[],
  { state, from, to, after, limit }: LogQuery,
): Promise<Map<WebhookId, Delivery[]>> {
  const kept = [
    state === null ? Prisma.empty : Prisma.sql`AND d.state = ${state}`,
    from === null ? Prisma.empty : Prisma.sql`AND d.queued_at >= ${toDate(from)}`,
    to === null ? Prisma.empty : Prisma.sql`AND d.queued_at < ${toDate(to)}`,
    after === null ? Prisma.empty : Prisma.sql`AND (d.queued_at, d.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
  ]
  const rows = await reader.$queryRaw<Row[]>`
    SELECT d.id::text, d.endpoint_id::text AS "webhookId", d.topic, d.about, d.state, d.queued_at AS "queuedAt",
           d.due_at AS "dueAt", d.ended_at AS "endedAt", d.tries
    FROM unnest(${[...webhooks]}::uuid[]) AS asked(id)
    CROSS JOIN LATERAL (
      SELECT * FROM webhook_delivery d WHERE d.endpoint_id = asked.id ${Prisma.join(kept, ' ')}
      ORDER BY d.queued_at DESC, d.id DESC LIMIT ${limit}
    ) d
    ORDER BY d.queued_at DESC, d.id DESC`
  const found = Map.groupBy(rows, (row) => row.webhookId as WebhookId)
  return new Map([...found].map(([id, log]) => [id, log.map(toDelivery)]))
}

function toDelivery({ id, webhookId, state, queuedAt, dueAt, endedAt, ...row }: Row): Delivery {
  return {
    ...row,
    id: id as DeliveryId,
    webhookId: webhookId as WebhookId,
    state: state as DeliveryState,
    queuedAt: toInstant(queuedAt),
    dueAt: toInstant(dueAt),
    endedAt: endedAt && toInstant(endedAt),
  }
}

/** The last `limit` tries of each message, oldest first. */
export async function findAttempts(
  reader: Reader,
  ids: readonly DeliveryId[],
  limit: number,
): Promise<Map<DeliveryId, Attempt[]>> {
  const rows = await reader.$queryRaw<
    { deliveryId: string; at: Date; status: number | null; ms: number; reason: string | null }[]
  >`
    SELECT a.delivery_id::text AS "deliveryId", a.at, a.status, a.ms, a.reason
    FROM unnest(${[...ids]}::uuid[]) AS asked(id)
    CROSS JOIN LATERAL (
      SELECT * FROM webhook_attempt a WHERE a.delivery_id = asked.id ORDER BY a.id DESC LIMIT ${limit}
    ) a
    ORDER BY a.id`
  const found = Map.groupBy(rows, (row) => row.deliveryId as DeliveryId)
  return new Map(
    [...found].map(([id, attempts]) => [
      id,
      attempts.map(({ at, status, ms, reason }) => ({
        at: toInstant(at),
        status,
        ms,
        reason: reason as Failure | null,
      })),
    ]),
  )
}

/** How many messages wait for each webhook; none where there is no entry. */
export async function countWaiting(reader: Reader, webhooks: readonly WebhookId[]): Promise<Map<WebhookId, number>> {
  const rows = await reader.$queryRaw<{ id: string; waiting: number }[]>`
    SELECT endpoint_id::text AS id, count(*)::integer AS waiting FROM webhook_delivery
    WHERE endpoint_id = ANY(${[...webhooks]}::uuid[]) AND state = 'MENUNGGU' GROUP BY endpoint_id`
  return new Map(rows.map(({ id, waiting }) => [id as WebhookId, waiting]))
}

/** Takes the oldest of what was queued before `before` out of the log. @returns how many. */
export async function dropOldDeliveriesInTx(tx: WebhookTx, before: Temporal.Instant, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM webhook_delivery WHERE id IN (
      SELECT id FROM webhook_delivery WHERE queued_at < ${toDate(before)} ORDER BY queued_at LIMIT ${limit}
      FOR UPDATE SKIP LOCKED)`
}
