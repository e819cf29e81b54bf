import type { AgencyCode, ChildId, Grantable, Sensitivity } from '@satuanak/contracts'

/** What a permission's territory is measured against: the facts a service holds of the thing asked for. */
export interface Facts {
  /** Whose record it is, for the audit of a refused try (PV-05). Decides nothing. */
  readonly child?: ChildId
  readonly level: Sensitivity
  /** Kelurahan codes the record belongs to (domicile, place of contact). */
  readonly kelurahan?: readonly string[]
  /** NPSN of the schools the child is enrolled at. */
  readonly schools?: readonly string[]
  /** Agencies that own or are party to the record. */
  readonly agencies?: readonly AgencyCode[]
  /** Live referral grants: agency and the parts of this child it was given (DESIGN §7). */
  readonly grants?: readonly { readonly agency: AgencyCode; readonly parts: readonly Grantable[] }[]
}
