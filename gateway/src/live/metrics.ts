import { metrics } from '@opentelemetry/api'

/** Why a stream ended. `gone`: the client went away. */
export type Ending = 'gone' | 'slow' | 'expired' | 'closing'

/** Counts streams and what they are told; nothing of who listens or of what. */
export function liveMetrics() {
  const meter = metrics.getMeter('satuanak-gateway')
  const open = meter.createUpDownCounter('gateway.live.streams', { description: 'Streams that are open.' })
  const ended = meter.createCounter('gateway.live.ended', { description: 'Streams that ended, by why.' })
  const told = meter.createCounter('gateway.live.notices', { description: 'Notices written to streams.' })
  return {
    opened: () => open.add(1),
    ended: (why: Ending) => {
      open.add(-1)
      ended.add(1, { why })
    },
    told: (notices: number) => told.add(notices),
  }
}
