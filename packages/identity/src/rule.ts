import type { Grantable, Role, Sensitivity } from '@satuanak/contracts'

/** Where a rule holds, measured against `Facts` (DOMAIN PV-18, TUN-R3). */
export type Within =
  /** The whole city. */
  | 'all'
  /** One of the caller's kelurahan is one of the record's. */
  | 'kelurahan'
  /** One of the caller's schools is one of the record's. */
  | 'school'
  /** The caller's agency owns the record or is party to it. */
  | 'agency'
  /** Both of the last: every kelurahan shares one agency code, and an officer sees only their own (TUN-R3). */
  | 'agency-kelurahan'

/** One line of the permissions table: these roles, in this place, up to this level of sensitivity. */
export type Rule =
  | { readonly roles: readonly Role[]; readonly within: Within; readonly level: Sensitivity }
  /** Only where a live referral opened `part` of the child to the caller's agency (DESIGN §7). */
  | { readonly roles: readonly Role[]; readonly within: 'grant'; readonly part: Grantable; readonly level: Sensitivity }

type Roles = readonly Role[]

/** The builders below only make the table read like one. */
export const all = (roles: Roles, level: Sensitivity): Rule => ({ roles, within: 'all', level })
export const kelurahan = (roles: Roles, level: Sensitivity): Rule => ({ roles, within: 'kelurahan', level })
export const school = (roles: Roles, level: Sensitivity): Rule => ({ roles, within: 'school', level })
export const agency = (roles: Roles, level: Sensitivity): Rule => ({ roles, within: 'agency', level })
export const agencyKelurahan = (roles: Roles, level: Sensitivity): Rule => ({
  roles,
  within: 'agency-kelurahan',
  level,
})
export const grant = (roles: Roles, part: Grantable, level: Sensitivity): Rule => ({
  roles,
  within: 'grant',
  part,
  level,
})
