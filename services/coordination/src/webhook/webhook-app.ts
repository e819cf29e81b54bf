import type { LookupFunction } from 'node:net'
import type { Reach } from './reach.ts'
import type { Vault } from './secret.ts'

/** What webhooks need besides the service's app: settings, and the keys of the portals' secrets. */
export interface WebhookParts {
  readonly vault: Vault
  readonly reach: Reach
  /** Messages to one webhook that are on their way at once. */
  readonly atOnce: number
  /** Milliseconds a portal has for its answer. */
  readonly timeoutMs: number
  /** Days for which a message stays in the log. */
  readonly logDays: number
  /** How portals' names are looked up. */
  readonly resolve: LookupFunction
}
