import type { Job } from '@satuanak/service-kit'
import type { CoordinationApp } from '../app.ts'
import { dropOldDeliveriesInTx } from './repository-deliveries.ts'

const STEP = 1_000
const EVERY = 3_600_000

/** The log keeps a message for some days, with its tries; then it goes, also where it still waited for a paused portal. */
export function cleanDeliveryLog(app: CoordinationApp): Job<CoordinationApp['db']> {
  return {
    name: 'clean-delivery-log',
    every: EVERY,
    step: async (tx) => {
      const before = app.now().subtract({ hours: 24 * app.webhooks.logDays })
      return (await dropOldDeliveriesInTx(tx, before, STEP)) === STEP
    },
  }
}
