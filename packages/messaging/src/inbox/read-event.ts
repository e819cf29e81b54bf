import { createHash } from 'node:crypto'
import type { JsMsg } from '@nats-io/jetstream'
import { Envelope, EVENTS, type EventOf, type EventType, type ServiceName } from '@satuanak/contracts'
import { PermanentFailure } from '../failure.ts'
import { faults } from '../faults.ts'
import type { Unreadable } from './inbox.ts'

/** The event a message carries, or why it is none: no JSON, no envelope, or not of the service whose stream it is on. */
export function readEvent(message: JsMsg, from: ServiceName): Envelope | Unreadable {
  const id = standingId(message)
  try {
    const parsed = Envelope.safeParse(message.json())
    if (!parsed.success) return { from, id, reason: `no envelope: ${faults(parsed.error.issues)}` }
    const event = parsed.data
    const own = event.source === from && event.type === message.subject && event.type.startsWith(`${from}.`)
    return own ? event : { from, id, reason: `an event of ${event.source} under a subject of ${from}` }
  } catch {
    return { from, id, reason: 'not JSON' }
  }
}

/** The same event with its data parsed. @throws PermanentFailure naming the places where the data breaks the contract */
export function parseData(event: Envelope, type: EventType): EventOf<EventType> {
  const data = EVENTS[type].safeParse(event.data)
  if (!data.success) throw new PermanentFailure(`data ${faults(data.error.issues)}`)
  return { ...event, type, data: data.data } as EventOf<EventType>
}

/** A message that is no event has no id: one made from where it stands, the same at every delivery. */
function standingId(message: JsMsg): string {
  const place = `${message.info.stream} ${message.seq} ${message.info.timestampNanos}`
  const hex = createHash('sha256').update(place).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
