import { z } from 'zod'
import { AgencyCode, ServiceName } from '../agencies.ts'
import { EventId } from '../ids.ts'
import { Sensitivity } from '../sensitivity.ts'

/**
 * What surrounds every event (DESIGN §5, CloudEvents names). Facts in the past tense, ids and codes only: no name,
 * no NIK, no address (DOMAIN §9).
 */
export const Envelope = z.strictObject({
  id: EventId,
  /** Also the NATS subject: `<service>.<aggregate>.<event>.v<n>`. */
  type: z.string(),
  source: ServiceName,
  /** The child the fact is about, or the aggregate's own id where it is about no child. */
  subject: z.uuid(),
  /** Counts this source's events about this subject from 1 without a gap: the order a consumer keeps. */
  subjectversion: z.int().positive(),
  /** Instant of the fact, UTC. */
  time: z.iso.datetime(),
  /** IANA zone in which the office's clock ran (EC-65). */
  zone: z.string(),
  /** Version of `data`, the `n` of the type's `v<n>`. */
  dataschema: z.int().positive(),
  /** Opaque subject of the caller who did it; `system` for a reaction. */
  actor: z.string(),
  org: AgencyCode,
  sensitivity: Sensitivity,
  correlationid: z.uuid(),
  causationid: z.uuid().nullable(),
  traceparent: z.string().nullable(),
  data: z.unknown(),
})
export type Envelope<Type extends string = string, Data = unknown> = Omit<z.infer<typeof Envelope>, 'type' | 'data'> & {
  readonly type: Type
  readonly data: Data
}
