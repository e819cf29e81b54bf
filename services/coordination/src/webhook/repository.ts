import { AGENCIES, AgencyCode, ROLES, Role } from '@satuanak/contracts'
import type { Tx } from '@satuanak/messaging'
import type { CoordinationClient } from '../app.ts'
import type { Prisma, PrismaClient } from '../gen/prisma/client.ts'
import {
  HEARERS,
  type SealedSecret,
  type StateReason,
  type Webhook,
  type WebhookId,
  type WebhookState,
} from './domain.ts'

export type WebhookTx = Tx<CoordinationClient>
type Reader = Pick<PrismaClient, 'webhookEndpoint' | '$queryRaw'>
type Row = Prisma.WebhookEndpointGetPayload<{ omit: typeof WITHOUT_SECRET }>

/** A secret is read by the dispatcher only (repository-dispatch.ts). */
const WITHOUT_SECRET = { secret: true, secretKey: true, oldSecret: true, oldSecretKey: true } as const

/** One row that another version wrote, with a role or an agency that this one cannot name, must not stop all others. */
const READABLE = {
  role: { in: [...ROLES] },
  agency: { in: [...AGENCIES] },
} as const satisfies Prisma.WebhookEndpointWhereInput

/** Wakes whoever sends (repository-dispatch.ts): a nudge, not the guarantee. */
export const WAKE_CHANNEL = 'coordination_webhooks'

export async function wakeInTx(tx: WebhookTx): Promise<void> {
  await tx.$queryRaw`SELECT pg_notify(${WAKE_CHANNEL}, '')::text`
}

export async function saveWebhookInTx(tx: WebhookTx, webhook: Webhook, secret: SealedSecret): Promise<void> {
  const { stateSince, failingSince, oldSecretUntil, createdAt, topics, kelurahan, schools, ...columns } = webhook
  await tx.webhookEndpoint.create({
    data: {
      ...columns,
      topics: [...topics],
      kelurahan: [...kelurahan],
      schools: [...schools],
      stateSince: toDate(stateSince),
      createdAt: toDate(createdAt),
      secret: bytes(secret.cipher),
      secretKey: secret.keyId,
    },
  })
}

/** Registrations wait for each other, so that of two at once the second is counted too. */
export async function countWebhooksInTx(tx: WebhookTx): Promise<number> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('webhooks', 0))::text`
  return tx.webhookEndpoint.count()
}

/** The webhook, held until the transaction ends; whoever locks its deliveries too locks it first. */
export async function findWebhookInTx(tx: WebhookTx, id: WebhookId): Promise<Webhook | null> {
  await tx.$queryRaw`SELECT 1 FROM webhook_endpoint WHERE id = ${id}::uuid FOR NO KEY UPDATE`
  const row = await tx.webhookEndpoint.findFirst({ where: { id, ...READABLE }, omit: WITHOUT_SECRET })
  return row === null ? null : toWebhook(row)
}

/** Those that asked for this topic; one that is gone hears nothing new, nor one of no office that this version knows. */
export async function findListenersInTx(tx: WebhookTx, topic: string): Promise<Webhook[]> {
  const rows = await tx.webhookEndpoint.findMany({
    where: { topics: { has: topic }, state: { not: 'DISABLED' }, OR: [...HEARERS] },
    omit: WITHOUT_SECRET,
  })
  return rows.map(toWebhook)
}

export async function findWebhooks(reader: Reader, ids: readonly WebhookId[]): Promise<Map<WebhookId, Webhook>> {
  const rows = await reader.webhookEndpoint.findMany({
    where: { id: { in: [...ids] }, ...READABLE },
    omit: WITHOUT_SECRET,
  })
  return new Map(rows.map((row) => [row.id as WebhookId, toWebhook(row)]))
}

/** Of every webhook, also of one that this version cannot read: whom it hears as, and under which key its secret lies. */
export function findOrigins(
  reader: Pick<PrismaClient, 'webhookEndpoint'>,
): Promise<{ readonly id: string; readonly role: string; readonly agency: string; readonly secretKey: string }[]> {
  return reader.webhookEndpoint.findMany({ select: { id: true, role: true, agency: true, secretKey: true } })
}

/** The last webhook seen: when it was registered, and its id. */
export type WebhookKeys = readonly [createdAt: string, id: string]

/** Newest first. */
export async function findWebhookPage(
  reader: Reader,
  { after, limit }: { readonly after: WebhookKeys | null; readonly limit: number },
): Promise<Webhook[]> {
  const rows = await reader.webhookEndpoint.findMany({
    where: {
      ...READABLE,
      ...(after !== null && {
        OR: [{ createdAt: { lt: new Date(after[0]) } }, { createdAt: new Date(after[0]), id: { lt: after[1] } }],
      }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    omit: WITHOUT_SECRET,
  })
  return rows.map(toWebhook)
}

export async function saveChangeInTx(
  tx: WebhookTx,
  id: WebhookId,
  { name, url, topics, failingSince }: Pick<Webhook, 'name' | 'url' | 'topics' | 'failingSince'>,
): Promise<void> {
  const data = { name, url, topics: [...topics], failingSince: failingSince && toDate(failingSince) }
  await tx.webhookEndpoint.update({ where: { id }, data })
}

/** What is waiting becomes due again at its own time: nothing is lost by a pause. A fresh state has not failed yet. */
export async function saveStateInTx(
  tx: WebhookTx,
  id: WebhookId,
  { state, reason, at }: { state: WebhookState; reason: StateReason | null; at: Temporal.Instant },
): Promise<void> {
  await tx.webhookEndpoint.update({
    where: { id },
    data: { state, reason, stateSince: toDate(at), ...(state === 'ACTIVE' ? { failingSince: null } : {}) },
  })
  if (state === 'ACTIVE') await wakeInTx(tx)
}

/** The new secret takes the place of the present one, which stays good until `until`; an even older one ends now. */
export async function saveSecretInTx(
  tx: WebhookTx,
  id: WebhookId,
  secret: SealedSecret,
  until: Temporal.Instant,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE webhook_endpoint
    SET old_secret = secret, old_secret_key = secret_key, old_secret_until = ${toDate(until)},
        secret = ${bytes(secret.cipher)}, secret_key = ${secret.keyId}
    WHERE id = ${id}::uuid`
}

/** A former secret signs nothing after its time, and is kept no longer. */
export async function forgetOldSecretsInTx(tx: WebhookTx, now: Temporal.Instant): Promise<void> {
  await tx.$executeRaw`
    UPDATE webhook_endpoint SET old_secret = NULL, old_secret_key = NULL, old_secret_until = NULL
    WHERE old_secret_until <= ${toDate(now)}`
}

const bytes = (given: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(given)
export const toDate = (at: Temporal.Instant): Date => new Date(at.epochMilliseconds)
export const toInstant = (at: Date): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at.getTime())

function toWebhook(row: Row): Webhook {
  const { stateSince, failingSince, oldSecretUntil, createdAt, ...columns } = row
  return {
    ...columns,
    id: row.id as WebhookId,
    agency: AgencyCode.parse(row.agency),
    role: Role.parse(row.role),
    state: row.state as WebhookState,
    reason: row.reason as StateReason | null,
    stateSince: toInstant(stateSince),
    failingSince: failingSince && toInstant(failingSince),
    oldSecretUntil: oldSecretUntil && toInstant(oldSecretUntil),
    createdAt: toInstant(createdAt),
  }
}
