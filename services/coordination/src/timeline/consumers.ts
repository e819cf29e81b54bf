import { FACT_TYPES, SERVICES } from '@satuanak/contracts'
import type { Handlers, Subscription } from '@satuanak/messaging'
import type { CoordinationClient } from '../app.ts'
import { recordInTimeline } from './record-in-timeline.ts'

/** The timeline hears everyone, coordination itself too: one way in, whoever tells. */
export function timelineSubscriptions(): readonly Subscription<CoordinationClient>[] {
  return SERVICES.map((from) => ({
    from,
    handlers: Object.fromEntries(
      FACT_TYPES.filter((type) => type.startsWith(`${from}.`)).map((type) => [type, recordInTimeline]),
    ) as Handlers<CoordinationClient>,
  }))
}
