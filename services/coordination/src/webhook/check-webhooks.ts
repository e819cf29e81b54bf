import { CannotStart, type Logger } from '@satuanak/service-kit'
import type { CoordinationApp } from '../app.ts'
import { HEARERS } from './domain.ts'
import { findOrigins } from './repository.ts'

/**
 * Looks over the webhooks as the service starts, and names those in the log that hear as an office which this version
 * does not know: they are told nothing, and what waits for them waits.
 * @throws CannotStart where the key of a webhook's secret is not in the ring: its messages could not be signed, which
 *   would show hours later, by nothing arriving.
 */
export async function checkWebhooks(app: CoordinationApp, log: Pick<Logger, 'warn'>): Promise<void> {
  const webhooks = await findOrigins(app.db)
  const missing = new Set(webhooks.map(({ secretKey }) => secretKey).filter((key) => !app.webhooks.vault.has(key)))
  if (missing.size > 0) {
    const named = [...missing].map((key) => JSON.stringify(key)).join(', ')
    throw new CannotStart(
      `Secrets of webhooks lie sealed under ${named}, not among the keys of WEBHOOK_KEYS: put it back (services/coordination/WEBHOOKS.md, Keys).`,
    )
  }
  const known = new Set<string>(HEARERS.map(({ role, agency }) => `${role} ${agency}`))
  const odd = webhooks.filter(({ role, agency }) => !known.has(`${role} ${agency}`)).map(({ id }) => id)
  if (odd.length > 0)
    log.warn({ webhooks: odd }, 'of an office that this version does not know: these are told nothing')
}
