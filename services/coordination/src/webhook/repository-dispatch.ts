import { PERMISSION_NAMES } from '@satuanak/identity'
import pg from 'pg'
import { Prisma } from '../gen/prisma/client.ts'
import {
  type Attempt,
  type DeliveryId,
  type DeliveryState,
  HEARERS,
  type NoticeFacts,
  type SealedSecret,
  type Webhook,
  type WebhookId,
} from './domain.ts'
import { toDate, WAKE_CHANNEL, type WebhookTx } from './repository.ts'

/** A message that is to be sent now, by whoever holds its lease. */
export interface Claimed {
  readonly id: DeliveryId
  readonly webhookId: WebhookId
  readonly lease: string
  readonly isTest: boolean
  /** The event's type. */
  readonly about: string
  /** Whether its webhook still asks for its topic. */
  readonly isAskedFor: boolean
  readonly childId: string | null
  readonly permissions: readonly string[]
  readonly facts: NoticeFacts
  readonly body: string
  readonly tries: number
  readonly url: string
  readonly hearer: Pick<Webhook, 'id' | 'name' | 'agency' | 'role' | 'kelurahan' | 'schools'>
  readonly secret: SealedSecret
  /** While it is still good. */
  readonly formerSecret: SealedSecret | null
}

interface Row {
  readonly id: string
  readonly isTest: boolean
  readonly about: string
  readonly isAskedFor: boolean
  readonly childId: string | null
  readonly permissions: string[]
  readonly facts: NoticeFacts
  readonly body: string
  readonly tries: number
  readonly endpointId: string
  readonly name: string
  readonly url: string
  readonly agency: string
  readonly role: string
  readonly kelurahan: string[]
  readonly schools: string[]
  readonly secret: Uint8Array
  readonly secretKey: string
  readonly oldSecret: Uint8Array | null
  readonly oldSecretKey: string | null
}

export interface Claim {
  readonly now: Temporal.Instant
  /** One id for this whole claim. */
  readonly lease: string
  readonly until: Temporal.Instant
  /** Messages to one webhook that are on their way at once, whoever sends them. */
  readonly atOnce: number
}

/**
 * Takes what is due, the longest first, as far as each webhook has room. Webhooks that another dispatcher is looking at
 * are left to it; a lease that ran out belonged to one that died. A message under a permission that this version does not
 * know, or to an office that it does not, waits for one that does: who cannot judge it must not withhold it for good.
 */
export async function claimDueInTx(tx: WebhookTx, { now, lease, until, atOnce }: Claim): Promise<Claimed[]> {
  const at = toDate(now)
  const isDue = Prisma.sql`d.state = 'MENUNGGU' AND d.due_at <= ${at} AND (d.lease_until IS NULL OR d.lease_until <= ${at})
    AND (e.state = 'ACTIVE' OR d.notice_id IS NULL) AND d.permissions <@ ${[...PERMISSION_NAMES]}::text[]`
  const free = await tx.$queryRaw<{ id: string }[]>`
    SELECT e.id::text FROM webhook_endpoint e
    WHERE (e.role, e.agency) IN (SELECT * FROM unnest(${HEARERS.map(({ role }) => role)}::text[], ${HEARERS.map(({ agency }) => agency)}::text[]))
      AND EXISTS (SELECT FROM webhook_delivery d WHERE d.endpoint_id = e.id AND ${isDue})
    ORDER BY e.id FOR NO KEY UPDATE SKIP LOCKED`
  if (free.length === 0) return []
  // Another statement, another snapshot: what the last holder of the locks wrote is counted.
  const rows = await tx.$queryRaw<Row[]>`
    WITH due AS (
      SELECT d.id FROM webhook_endpoint e
      CROSS JOIN LATERAL (
        SELECT d.id FROM webhook_delivery d WHERE d.endpoint_id = e.id AND ${isDue}
        ORDER BY d.due_at, d.id
        LIMIT greatest(0, ${atOnce}::integer - (
          SELECT count(*)::integer FROM webhook_delivery f
          WHERE f.endpoint_id = e.id AND f.state = 'MENUNGGU' AND f.lease_until > ${at}))
        FOR UPDATE SKIP LOCKED
      ) d
      WHERE e.id = ANY(${free.map(({ id }) => id)}::uuid[])
    )
    UPDATE webhook_delivery d SET lease = ${lease}::uuid, lease_until = ${toDate(until)}
    FROM due, webhook_endpoint e
    WHERE d.id = due.id AND e.id = d.endpoint_id
    RETURNING d.id::text, d.notice_id IS NULL AS "isTest", d.about, d.topic = ANY(e.topics) AS "isAskedFor",
      d.child_id::text AS "childId", d.permissions, d.facts, d.body,
      d.tries, e.id::text AS "endpointId", e.name, e.url, e.agency, e.role, e.kelurahan, e.schools, e.secret,
      e.secret_key AS "secretKey",
      CASE WHEN e.old_secret_until > ${at} THEN e.old_secret END AS "oldSecret", e.old_secret_key AS "oldSecretKey"`
  return rows.map((row) => toClaimed(row, lease))
}

function toClaimed(row: Row, lease: string): Claimed {
  const { id, isTest, about, isAskedFor, childId, permissions, facts, body, tries, endpointId, name, url } = row
  const { kelurahan, schools, secret, secretKey, oldSecret, oldSecretKey } = row
  const webhookId = endpointId as WebhookId
  const agency = row.agency as Webhook['agency']
  const role = row.role as Webhook['role']
  return {
    ...{
      id: id as DeliveryId,
      webhookId,
      lease,
      isTest,
      about,
      isAskedFor,
      childId,
      permissions,
      facts,
      body,
      tries,
      url,
    },
    hearer: { id: webhookId, name, agency, role, kelurahan, schools },
    secret: { cipher: secret, keyId: secretKey },
    formerSecret: oldSecret && oldSecretKey ? { cipher: oldSecret, keyId: oldSecretKey } : null,
  }
}

/** What becomes of a message whose lease one holds. */
export interface Settlement {
  readonly id: DeliveryId
  readonly webhookId: WebhookId
  readonly lease: string
  readonly state: DeliveryState
  readonly dueAt: Temporal.Instant | null
  readonly tries: number
  readonly at: Temporal.Instant
}

/** @returns false where the lease ran out and somebody else has it: then nothing was written. */
export async function settleInTx(tx: WebhookTx, settlement: Settlement): Promise<boolean> {
  const { id, lease, state, dueAt, tries, at } = settlement
  const endedAt = state === 'MENUNGGU' ? null : toDate(at)
  const written = await tx.$executeRaw`
    UPDATE webhook_delivery
    SET state = ${state}, due_at = coalesce(${dueAt && toDate(dueAt)}, due_at), tries = ${tries}, ended_at = ${endedAt},
        lease = NULL, lease_until = NULL
    WHERE id = ${id}::uuid AND lease = ${lease}::uuid`
  return written === 1
}

export async function saveAttemptInTx(
  tx: WebhookTx,
  delivery: DeliveryId,
  { id, at, status, ms, reason }: Attempt & { readonly id: string },
): Promise<void> {
  await tx.webhookAttempt.create({ data: { id, deliveryId: delivery, at: toDate(at), status, ms, reason } })
}

export async function saveFailingInTx(tx: WebhookTx, id: WebhookId, since: Temporal.Instant | null): Promise<void> {
  await tx.webhookEndpoint.update({ where: { id }, data: { failingSince: since && toDate(since) } })
}

export interface Ear {
  /** Connects where it is not connected; resolves either way. */
  ensure(): Promise<void>
  close(): Promise<void>
}

/**
 * One connection of its own that hears when something was queued. Losing it costs speed, nothing else.
 * @param patience milliseconds for the connection, and again for the first answer: whoever waits for it meanwhile looks at nothing.
 */
export function openEar(databaseUrl: string, onWake: () => void, patience = 5_000): Ear {
  let client: pg.Client | null = null
  const lose = (lost: pg.Client) => {
    if (client === lost) client = null
    lost.end().catch(() => undefined)
  }
  return {
    async ensure() {
      if (client !== null) return
      const opened = new pg.Client({
        ...{ connectionString: databaseUrl, keepAlive: true },
        connectionTimeoutMillis: patience,
        query_timeout: patience,
      })
      client = opened
      opened.on('error', () => lose(opened))
      opened.on('notification', onWake)
      try {
        await opened.connect()
        await opened.query(`LISTEN ${WAKE_CHANNEL}`)
      } catch {
        lose(opened)
      }
    },
    async close() {
      await client?.end().catch(() => undefined)
    },
  }
}
