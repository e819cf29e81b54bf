import { AgencyCode, KelurahanCode, Npsn, Role } from '@satuanak/contracts'
import { z } from 'zod'

/** Who is asking, as the gateway verified it and signed it on to each subgraph (DESIGN §7, DOMAIN PV-18). */
export const Caller = z.strictObject({
  /** Opaque subject of the account. It stands in events and audit rows; never a name or a NIK. */
  subject: z.string().min(1).max(200),
  name: z.string().max(200),
  agency: AgencyCode,
  roles: z.array(Role).min(1),
  /** Territory: the kelurahan a kelurahan officer or volunteer answers for; empty where it does not apply. */
  kelurahan: z.array(KelurahanCode),
  /** The schools a school committee answers for. */
  schools: z.array(Npsn),
})
export type Caller = z.infer<typeof Caller>
