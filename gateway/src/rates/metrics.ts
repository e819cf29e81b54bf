import { metrics } from '@opentelemetry/api'
import type { RateLimits } from './options.ts'

/** Counts who is refused by which limit; nothing of the person, the application or the operation. */
export function rateMetrics(): { refused(limit: keyof RateLimits | 'turns'): void } {
  const refused = metrics.getMeter('satuanak-gateway').createCounter('gateway.rates.refused', {
    description: 'Operations that came too often, or had no turn.',
  })
  return { refused: (limit) => refused.add(1, { limit }) }
}
