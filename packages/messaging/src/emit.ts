import { randomUUIDv7 } from 'node:crypto'
import {
  type AgencyCode,
  Envelope,
  EVENTS,
  type EventData,
  EventId,
  type EventOf,
  type EventType,
  type Sensitivity,
} from '@satuanak/contracts'
import { faults } from './faults.ts'
import { currentTraceparent } from './trace.ts'
import type { Tx } from './tx.ts'
import { WAKE_CHANNEL } from './wake.ts'

/** What a use case says; id, version, time, trace and source are added here. */
export interface NewEvent<Type extends EventType = EventType> {
  readonly type: Type
  readonly subject: string
  readonly data: EventData<Type>
  readonly actor: string
  readonly org: AgencyCode
  readonly sensitivity: Sensitivity
  readonly time: Temporal.Instant
  /** The event or request that this one follows from. */
  readonly correlationid?: string
  readonly causationid?: string
}

/** An event that may not be told: its shape is wrong, or it carries what no event may carry. Says where, never what. */
export class UnfitEvent extends Error {
  override readonly name = 'UnfitEvent'
  constructor(type: string, why: string) {
    super(`${type} may not be emitted: ${why}`)
  }
}

/** Ids and codes fit many times over; NATS itself refuses at 1 MiB, which would stop the relay for good. */
const MAX_BYTES = 256 * 1024

/** A NIK, a KK number, or anything that could be one (DESIGN §4: never in an event). */
const SIXTEEN_DIGITS = /\d{16}/

/**
 * Tells a fact in the transaction that makes it true: one outbox row, numbered under the lock of its subject's version.
 * Two transactions that tell of the same subject wait for each other, so its versions have no gap and commit in order.
 *
 * @returns the event's id
 * @throws UnfitEvent when data breaks the contract, holds a run of 16 digits, or is larger than 256 KiB
 */
export async function emit<Type extends EventType>(tx: Tx, event: NewEvent<Type>): Promise<EventId> {
  const envelope = envelopeOf(event)
  const [written] = await tx.$queryRawUnsafe<{ told: string }[]>(
    // The version is taken only where this database is the source's own, else a refused event would leave a gap.
    `WITH place AS (
       INSERT INTO platform.subject_version AS held (subject, version)
       SELECT $2::uuid, 1 FROM platform.service WHERE name = $3
       ON CONFLICT (subject) DO UPDATE SET version = held.version + 1
       RETURNING version
     ), written AS (
       INSERT INTO platform.outbox (id, type, subject, subject_version, envelope)
       SELECT $1::uuid, $4, $2::uuid, place.version,
              $5::jsonb || jsonb_build_object('subjectversion', place.version, 'zone', service.zone)
       FROM place, platform.service
       RETURNING id
     )
     SELECT pg_notify('${WAKE_CHANNEL}', 'outbox')::text AS told FROM written`,
    envelope.id,
    envelope.subject,
    envelope.source,
    envelope.type,
    JSON.stringify(envelope),
  )
  if (!written) throw new UnfitEvent(event.type, `this database was not declared as the service "${envelope.source}"`)
  return envelope.id
}

/**
 * `emit` for many at once, in one statement: a bulk intake tells of thousands in one transaction. Each subject at most
 * once, each event of the same service. Subjects are taken in order, so that two of these never wait for each other.
 *
 * @throws UnfitEvent as `emit`; then none of them is told
 */
export async function emitAll(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  const envelopes = events.map(envelopeOf)
  const [first] = envelopes
  if (first === undefined) return
  if (new Set(envelopes.map(({ subject }) => subject)).size !== envelopes.length) {
    throw new UnfitEvent(first.type, 'of one subject only one event can be told at once')
  }
  const foreign = envelopes.find(({ source }) => source !== first.source)
  if (foreign) throw new UnfitEvent(foreign.type, `the others are told by the service "${first.source}"`)
  const [row] = await tx.$queryRawUnsafe<{ written: number }[]>(
    `WITH told AS (
       SELECT (one.envelope->>'id')::uuid AS id, one.envelope->>'type' AS type,
              (one.envelope->>'subject')::uuid AS subject, one.envelope
       FROM jsonb_array_elements($1::jsonb) AS one (envelope)
     ), place AS (
       INSERT INTO platform.subject_version AS held (subject, version)
       SELECT told.subject, 1 FROM told, platform.service WHERE service.name = $2 ORDER BY told.subject
       ON CONFLICT (subject) DO UPDATE SET version = held.version + 1
       RETURNING subject, version
     ), written AS (
       INSERT INTO platform.outbox (id, type, subject, subject_version, envelope)
       SELECT told.id, told.type, told.subject, place.version,
              told.envelope || jsonb_build_object('subjectversion', place.version, 'zone', service.zone)
       FROM told JOIN place USING (subject), platform.service
       RETURNING id
     )
     SELECT count(*)::integer AS written, pg_notify('${WAKE_CHANNEL}', 'outbox')::text AS told FROM written`,
    JSON.stringify(envelopes),
    first.source,
  )
  if (row?.written !== envelopes.length) {
    throw new UnfitEvent(first.type, `this database was not declared as the service "${first.source}"`)
  }
}

/** What an event written inside another event's handler follows from. Spread into `emit`'s argument. */
export function following(event: EventOf<EventType>): { readonly correlationid: string; readonly causationid: string } {
  return { correlationid: event.correlationid, causationid: event.id }
}

const Unplaced = Envelope.omit({ subjectversion: true, zone: true })

function envelopeOf(event: NewEvent): Omit<Envelope, 'subjectversion' | 'zone'> {
  const data = EVENTS[event.type].safeParse(event.data)
  if (!data.success) throw new UnfitEvent(event.type, `data ${faults(data.error.issues)}`)
  const id = EventId.parse(randomUUIDv7())
  const envelope = Unplaced.safeParse({
    id,
    type: event.type,
    source: event.type.slice(0, event.type.indexOf('.')),
    subject: event.subject.toLowerCase(),
    time: event.time.toString({ smallestUnit: 'millisecond' }),
    dataschema: Number(event.type.slice(event.type.lastIndexOf('.v') + 2)),
    actor: event.actor,
    org: event.org,
    sensitivity: event.sensitivity,
    correlationid: event.correlationid ?? id,
    causationid: event.causationid ?? null,
    traceparent: currentTraceparent(),
    data: data.data,
  })
  if (!envelope.success) throw new UnfitEvent(event.type, faults(envelope.error.issues))
  if (SIXTEEN_DIGITS.test(JSON.stringify([envelope.data.data, event.actor]))) {
    throw new UnfitEvent(event.type, 'it holds 16 digits in a row, which may be a NIK')
  }
  if (Buffer.byteLength(JSON.stringify(envelope.data)) > MAX_BYTES) {
    throw new UnfitEvent(event.type, `it is larger than ${MAX_BYTES / 1024} KiB`)
  }
  return envelope.data
}
