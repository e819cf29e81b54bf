import { type EventOf, FACT_TYPES, type FactType, SERVICES } from '@satuanak/contracts'
import type { Handlers, Subscription, Tx } from '@satuanak/messaging'
import type { CoordinationApp, CoordinationClient } from '../app.ts'
import { giveNotices } from './give-notices.ts'

/**
 * Notices follow every fact and no notice. They come last: what the event does in this house is done, and the lock on
 * its subject is held no longer than it must be.
 */
export function noticeSubscriptions(app: CoordinationApp): readonly Subscription<CoordinationClient>[] {
  const handle = (tx: Tx<CoordinationClient>, event: EventOf<FactType>) => giveNotices(app, tx, event)
  return SERVICES.map((from) => ({
    from,
    handlers: Object.fromEntries(
      FACT_TYPES.filter((type) => type.startsWith(`${from}.`)).map((type) => [type, handle]),
    ) as Handlers<CoordinationClient>,
  }))
}
