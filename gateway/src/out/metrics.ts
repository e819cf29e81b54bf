import { metrics } from '@opentelemetry/api'
import type { ServiceName } from '@satuanak/contracts'
import type { AwayKind } from './away.ts'
import type { BreakerState } from './circuit-breaker.ts'

/** `failed`: an answer, but with a status of 500 or more. */
type Outcome = 'answered' | 'failed' | AwayKind

const VALUE = { closed: 0, 'half-open': 1, open: 2 } as const satisfies Record<BreakerState, number>

/** What is counted of one agency's fetches. */
export interface AgencyMetrics {
  begun(): void
  /** @param seconds retries and pauses included. */
  ended(outcome: Outcome, seconds: number): void
  /** Turned away by the breaker: no fetch began. */
  refused(): void
  retried(): void
  close(): void
}

/**
 * Instruments of OpenTelemetry, of which nothing is kept until `startTelemetry` has been called. Their attributes are
 * the agency's service and the outcome, nothing of the operation.
 */
export function agencyMetrics(agency: ServiceName, state: () => BreakerState): AgencyMetrics {
  const meter = metrics.getMeter('satuanak-gateway')
  const duration = meter.createHistogram('gateway.agency.fetch.duration', {
    unit: 's',
    description: 'Time of one fetch from one agency, retries included.',
    advice: { explicitBucketBoundaries: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
  })
  const inFlight = meter.createUpDownCounter('gateway.agency.fetch.in_flight', { description: 'Fetches under way.' })
  const retries = meter.createCounter('gateway.agency.fetch.retries', { description: 'Reads that were sent again.' })
  const refused = meter.createCounter('gateway.agency.breaker.refused', {
    description: 'Fetches answered at once because the circuit was open.',
  })
  const breaker = meter.createObservableGauge('gateway.agency.breaker.state', {
    description: '0 closed, 1 half-open, 2 open.',
  })
  const observe: Parameters<typeof breaker.addCallback>[0] = (result) => result.observe(VALUE[state()], { agency })
  breaker.addCallback(observe)
  return {
    begun: () => inFlight.add(1, { agency }),
    ended: (outcome, seconds) => {
      inFlight.add(-1, { agency })
      duration.record(seconds, { agency, outcome })
    },
    refused: () => refused.add(1, { agency }),
    retried: () => retries.add(1, { agency }),
    close: () => breaker.removeCallback(observe),
  }
}
