import { randomUUID } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { vi } from 'vitest'
import type { House, Persona } from '../test-house.ts'
import type { Received } from '../test-portal.ts'

/** What a mutation of webhooks answers, success or refusal. */
export interface Told {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
  readonly field?: string
  readonly problems?: readonly { readonly field: string; readonly rule: string; readonly message: string }[]
  readonly data?: {
    readonly id?: string
    readonly state?: string
    readonly secret?: string | null
    readonly queued?: number
    readonly webhook?: { readonly id: string }
  }
}

const FIELDS: Readonly<Record<string, string>> = {
  registerWebhook: 'webhook { id } secret',
  rotateWebhookSecret: 'webhook { id } secret',
  replayWebhookDeliveries: 'queued webhook { id }',
}

export async function mutate(
  house: House,
  name: string,
  input: object,
  { as = 'bapperida', language = 'id' }: { as?: Persona; language?: 'id' | 'en' } = {},
): Promise<Told> {
  const kind = name.charAt(0).toUpperCase() + name.slice(1)
  const { result } = await house.network.subgraph('coordination', as, language).ok<{ result: Told }>(
    `mutation ($input: ${kind}Input!) { result: ${name}(input: $input) { __typename
      ... on ${kind}Success { data { ${FIELDS[name] ?? 'id state'} } }
      ... on Refusal { code field message }
      ... on InvalidInput { problems { field rule message } } } }`,
    { input: { requestId: randomUUID(), ...input } },
  )
  return result
}

const BAPPERIDA = { agency: 'BAPPERIDA', role: 'BAPPERIDA' } as const

export const order = (url: string, more: object = {}) => ({
  clientId: 'spmb-kota',
  name: 'Portal SPMB kota',
  url,
  topics: ['case'],
  hearsAs: BAPPERIDA,
  ...more,
})

/** A webhook that leads to this address, and its secret. */
export async function register(house: House, url: string, more: object = {}) {
  const told = await mutate(house, 'registerWebhook', order(url, more))
  const { webhook, secret } = told.data ?? {}
  if (webhook && secret) return { webhookId: webhook.id, secret }
  throw new Error(`not registered: ${JSON.stringify(told)}`)
}

/** Sends what is due by the house's clock, and returns when it is settled. */
export const sendDue = (house: House): Promise<void> => house.network.service('coordination').runJobs()

/** The webhook's last message waits, with this in its row besides: as another version of the service left it. */
export const queuedAs = (
  house: House,
  webhookId: string,
  { about, permissions }: { about?: string; permissions?: readonly string[] },
) =>
  house.network.service('coordination').app.db.$executeRawUnsafe(
    `UPDATE webhook_delivery SET state = 'MENUNGGU', ended_at = NULL,
       about = coalesce($2, about), permissions = coalesce($3::text[], permissions)
     WHERE id = (SELECT id FROM webhook_delivery WHERE endpoint_id = $1::uuid ORDER BY queued_at DESC, id DESC LIMIT 1)`,
    webhookId,
    about ?? null,
    permissions ?? null,
  )

/** Verified as a portal would, by the public library, at the house's time. */
export function verified(house: House, secret: string, { headers, body }: Received): unknown {
  vi.useFakeTimers({ now: house.network.clock.now().epochMilliseconds, toFake: ['Date'] })
  try {
    return new Webhook(secret).verify(body, { ...headers })
  } finally {
    vi.useRealTimers()
  }
}

interface Logged {
  readonly id: string
  readonly topic: string
  readonly about: string
  readonly state: string
  readonly failedTries: number
  readonly nextTryAt: string | null
  readonly attempts: readonly { readonly at: string; readonly status: number | null; readonly reason: string | null }[]
}

export interface Seen {
  readonly state: string
  readonly reason: string | null
  readonly waiting: number
  readonly log: readonly Logged[]
}

/** A webhook as its officer sees it, the newest messages first. */
export async function look(house: House, webhookId: string): Promise<Seen> {
  const ask = house.network.subgraph('coordination', 'bapperida')
  const { webhookEndpoint: found } = await ask.ok<{
    webhookEndpoint: Omit<Seen, 'log'> & { deliveries: { nodes: Logged[] } }
  }>(
    `query ($id: UUID!) { webhookEndpoint(id: $id) { state reason waiting
      deliveries(first: 100) { nodes { id topic about state failedTries nextTryAt attempts { at status reason } } } } }`,
    { id: webhookId },
  )
  return { ...found, log: found.deliveries.nodes }
}
