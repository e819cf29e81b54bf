import { AgencyCode, KelurahanCode, Npsn, Role } from '@satuanak/contracts'
import { z } from 'zod'

/** Printable ASCII without spaces: the subject stands in events, logs and audit rows and may not forge a line there. */
const OPAQUE = /^[\x21-\x7e]{1,200}$/
/** An identity provider that uses the NIK as its subject would put it into every event (DESIGN §4). */
const NIK_LIKE = /\d{16}/

/** Who is asking, as the gateway verified it and signed it on to each subgraph (DESIGN §7, DOMAIN PV-18). */
export const Caller = z.strictObject({
  /** Opaque subject of the account. It stands in events and audit rows; never a name or a NIK. */
  subject: z
    .string()
    .regex(OPAQUE)
    .refine((value) => !NIK_LIKE.test(value)),
  name: z.string().max(200),
  agency: AgencyCode,
  roles: z.array(Role).min(1),
  /** Territory: the kelurahan a kelurahan officer or volunteer answers for; empty where it does not apply. */
  kelurahan: z.array(KelurahanCode),
  /** The schools a school committee answers for. */
  schools: z.array(Npsn),
})
export type Caller = z.infer<typeof Caller>
