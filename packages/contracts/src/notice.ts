import { z } from 'zod'
import { AgencyCode } from './agencies.ts'
import { KelurahanCode, Npsn } from './ids.ts'
import { Grantable, Sensitivity } from './sensitivity.ts'

/** What a front end may listen to: the referrals of its own desk, a child, a KTP-el day at a school. */
export const TOPICS = ['inbox', 'case', 'session'] as const
export type Topic = (typeof TOPICS)[number]

/**
 * A notice (pemberitahuan): something changed that somebody may see. It names what to ask for again and never says how
 * it is now. `facts` are those of the moment at which it was given; they go to no client.
 *
 * Topics, types, permissions and kinds of id are open lists on the wire: whoever reads it and does not know one tells
 * nobody.
 */
export const Notice = z.strictObject({
  /** One of `TOPICS`. */
  topic: z.string().regex(/^[a-z]{2,20}$/),
  /** The type of the event that it is about. */
  about: z.string().regex(/^[a-z]+(-[a-z]+)*(\.[a-z]+)+\.v[1-9]\d*$/),
  /** When that happened. */
  at: z.iso.datetime(),
  /** What to ask for again: `childId`, `referralId`, `sessionId`, `batchId`. */
  ids: z.record(z.string().regex(/^[a-z]+Id$/), z.uuid()),
  /** Whoever is told holds all of these under `facts`. */
  permissions: z.array(z.string().regex(/^[a-z]+(\.[a-z]+)*$/)).min(1),
  /** As the permissions table measures them. */
  facts: z.strictObject({
    level: Sensitivity,
    kelurahan: z.array(KelurahanCode),
    schools: z.array(Npsn),
    agencies: z.array(AgencyCode),
    grants: z.array(z.strictObject({ agency: AgencyCode, parts: z.array(Grantable) })),
  }),
})
export type Notice = z.infer<typeof Notice>
