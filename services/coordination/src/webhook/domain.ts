import { type AgencyCode, type FactType, type Grantable, ROLES, type Role, type Sensitivity } from '@satuanak/contracts'

declare const brand: unique symbol
export type WebhookId = string & { readonly [brand]: 'WebhookId' }
/** Also the message's `webhook-id`: the same however often it is sent. */
export type DeliveryId = string & { readonly [brand]: 'DeliveryId' }

/** PAUSED by an officer or by three days without an answer; DISABLED where the portal itself said that it is gone. */
export const WEBHOOK_STATES = ['ACTIVE', 'PAUSED', 'DISABLED'] as const
export type WebhookState = (typeof WEBHOOK_STATES)[number]
export const STATE_REASONS = ['OFFICER', 'NOT_ANSWERING', 'GONE'] as const
export type StateReason = (typeof STATE_REASONS)[number]

/** The identity as which a portal hears: what this role may read, in this place (PV-18). */
interface Hearer {
  readonly agency: AgencyCode
  readonly role: Role
  readonly kelurahan: readonly string[]
  readonly schools: readonly string[]
}

/** An external portal's address to which notices are sent. Its secret is not part of it. */
export interface Webhook extends Hearer {
  readonly id: WebhookId
  /** The portal's own name towards the gateway, as its tokens say it. */
  readonly clientId: string
  readonly name: string
  readonly url: string
  readonly topics: readonly string[]
  readonly state: WebhookState
  readonly reason: StateReason | null
  readonly stateSince: Temporal.Instant
  /** The first failure since anything was delivered. */
  readonly failingSince: Temporal.Instant | null
  /** Until when messages are signed with the former secret too; null where there is none. */
  readonly oldSecretUntil: Temporal.Instant | null
  readonly createdAt: Temporal.Instant
}

/** A portal's secret as it lies in its row: sealed, and which key opens it. */
export interface SealedSecret {
  readonly cipher: Uint8Array
  readonly keyId: string
}

/** Waiting, delivered, given up, or withheld: it may not be told any more (PV-14), or is not asked for. */
export const DELIVERY_STATES = ['MENUNGGU', 'TERKIRIM', 'GAGAL', 'DITAHAN'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** What a notice's permissions are measured against; ids and codes only. */
export interface NoticeFacts {
  readonly level: Sensitivity
  readonly kelurahan: readonly string[]
  readonly schools: readonly string[]
  readonly agencies: readonly AgencyCode[]
  readonly grants: readonly { readonly agency: AgencyCode; readonly parts: readonly Grantable[] }[]
}

/** One message in the log: what it was about, never whom. */
export interface Delivery {
  readonly id: DeliveryId
  readonly webhookId: WebhookId
  readonly topic: string
  /** The event's type. */
  readonly about: string
  readonly state: DeliveryState
  readonly queuedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly endedAt: Temporal.Instant | null
  /** Failed tries since it was queued or replayed. */
  readonly tries: number
}

/** Why a try failed: codes of ours. The portal's own words may hold anything, and are not kept. */
export const FAILURES = ['STATUS', 'REDIRECT', 'GONE', 'TIMEOUT', 'ADDRESS', 'TLS', 'CONNECTION'] as const
export type Failure = (typeof FAILURES)[number]

export interface Attempt {
  readonly at: Temporal.Instant
  readonly status: number | null
  readonly ms: number
  readonly reason: Failure | null
}

/** What a portal answered, as far as it decides what happens next. */
export interface Outcome {
  readonly status: number | null
  readonly reason: Failure | null
  /** Seconds that the portal asked to be left alone. */
  readonly retryAfter: number | null
}

/** A portal hears of ordinary children only, whatever its role may read elsewhere (PV-14). */
export const HIGHEST_LEVEL: Sensitivity = 2

/**
 * Told to no portal at any level, for what such a message says cannot be measured by its own child's level (PV-14): that
 * a protection ended says that there was one; a flag on a NIK, or two records made one or taken apart, says that there is
 * another child, who may be hidden by the time the message is sent.
 */
export const NEVER_TOLD: ReadonlySet<string> = new Set<FactType>([
  'social.child.protected.v1',
  'civil-registry.person.identifier.flagged.v1',
  'civil-registry.person.merged.v1',
  'civil-registry.person.split.v1',
])

/** What a test is sent as. */
export const TEST = { topic: 'TEST', about: 'coordination.webhook.test' } as const

/** As many addresses as one event may be told to. */
export const MOST_WEBHOOKS = 100
/** Messages that one replay may send again. */
export const MOST_REPLAYED = 10_000

/** Hours in which a message is signed with the former secret too. */
export const OVERLAP: Temporal.DurationLike = { hours: 24 }
const GIVES_UP_AFTER: Temporal.DurationLike = { hours: 72 }

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** How long a message waits after its first failed try, its second and so on; after the last it is given up. */
export const BACKOFF = [
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  3 * HOUR,
  8 * HOUR,
  24 * HOUR,
] as const satisfies readonly number[]
/** A portal may ask for more patience than that, up to a day. */
const LONGEST_WAIT = 24 * HOUR
/** Messages that failed together do not come again together: up to a fifth more. */
const JITTER = 0.2

/**
 * When a message that failed is tried again; null where it is given up.
 * @param tries failed ones, this one included.
 * @param chance from 0 to 1.
 */
export function nextTry(
  tries: number,
  { retryAfter }: Pick<Outcome, 'retryAfter'>,
  { now, chance }: { now: Temporal.Instant; chance: number },
): Temporal.Instant | null {
  const wait = BACKOFF[tries - 1]
  if (wait === undefined) return null
  const asked = Math.min((retryAfter ?? 0) * SECOND, LONGEST_WAIT)
  return now.add({ milliseconds: Math.max(Math.round(wait * (1 + JITTER * chance)), asked) })
}

/** Nothing was delivered for three days: the address is asked no more until somebody looks at it. */
export function isHopeless(failingSince: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, failingSince.add(GIVES_UP_AFTER)) >= 0
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** The seconds of a `Retry-After` header, whole or as a date; null where it says nothing readable. */
export function retryAfterOf(header: string | undefined, now: Temporal.Instant): number | null {
  if (header === undefined) return null
  if (/^\d{1,9}$/.test(header)) return Number(header)
  const at = HTTP_DATE.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.epochMilliseconds) / SECOND))
}

/** What is signed and sent. */
export interface Message {
  readonly about: string
  readonly topic: string
  readonly at: Temporal.Instant
  readonly ids: Readonly<Record<string, string>>
}

export const bodyOf = ({ about, topic, at, ids }: Message): string =>
  JSON.stringify({ type: about, timestamp: at.toString({ smallestUnit: 'millisecond' }), data: { topic, ...ids } })

/**
 * The offices as which a portal may hear: those that place children in schools, and Bapperida, whose officer lends no
 * portal by them a say over papers, cards or social work that Bapperida itself has not (PV-12). The registry's roles and
 * those of social work are none of them, nor is one that belongs to a person and not to a desk.
 */
const OFFICES: Partial<Record<Role, readonly AgencyCode[]>> = {
  ADMIN_KELURAHAN: ['KELURAHAN'],
  BAPPERIDA: ['BAPPERIDA'],
  // Madrasah and pesantren admit children too.
  ADMIN_OPD: ['KEMENAG'],
  PANITIA_SEKOLAH: ['DISDIK'],
  DINAS_PENDIDIKAN: ['DISDIK'],
}

export const officesOf = (role: Role): readonly AgencyCode[] => OFFICES[role] ?? []

/** Every office as which a portal may hear. A row that names another is another version's: it is told nothing. */
export const HEARERS: readonly Pick<Hearer, 'agency' | 'role'>[] = ROLES.flatMap((role) =>
  officesOf(role).map((agency) => ({ agency, role })),
)

/** Roles that see their own kelurahan or school only: without one such a portal would hear nothing (TUN-R3). */
export function reachOf(role: Role): 'kelurahan' | 'schools' | null {
  if (role === 'ADMIN_KELURAHAN') return 'kelurahan'
  return role === 'PANITIA_SEKOLAH' ? 'schools' : null
}
