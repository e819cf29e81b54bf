import { type AgencyCode, type Grantable, ROLES, type Role, type Sensitivity } from '@satuanak/contracts'
import type { Refusal } from '@satuanak/domain-kit'
import type { Caller } from './caller.ts'
import type { Facts } from './facts.ts'
import { PERMISSION_NAMES, PERMISSIONS, type Permission } from './permissions.ts'
import { DENIALS, type Denial, type Denied, denial, NotPermitted } from './refusals.ts'
import type { Rule } from './rule.ts'

export type Decision = { readonly allowed: true } | Denied

const ALLOWED: Decision = Object.freeze({ allowed: true })

/** The table turned round once, at load: what each role may do. A decision then walks only its own lines. */
const RULES_OF = byName(ROLES, (role) =>
  byName(PERMISSION_NAMES, (name) =>
    (PERMISSIONS[name] as readonly Rule[]).filter((rule) => rule.roles.includes(role)),
  ),
) satisfies Record<Role, Record<Permission, readonly Rule[]>>

const DENIED = byName(PERMISSION_NAMES, (name) => byName(DENIALS, (reason) => denial(name, reason)))

/** Whether any of the caller's roles could ever hold this permission; knows nothing of the record asked for. */
export function mayEver(caller: Caller, permission: Permission): boolean {
  return caller.roles.some((role) => RULES_OF[role][permission].length > 0)
}

/**
 * May the caller do this to the record these facts describe? Pure, and closed by default: a fact that is absent opens
 * nothing. A level-4 record is `HIDDEN` to everyone who is not cleared for it, whatever else is also missing (PV-14).
 */
export function decide(caller: Caller, permission: Permission, facts: Facts): Decision {
  let nearest: Denial = 'ROLE'
  for (const role of caller.roles) {
    for (const rule of RULES_OF[role][permission]) {
      const cleared = facts.level <= rule.level
      const within = isWithin(caller, rule, facts)
      if (cleared && within) return ALLOWED
      nearest = nearer(nearest, missing(rule, cleared, within))
    }
  }
  return DENIED[permission][facts.level < 4 ? nearest : 'HIDDEN']
}

/** `decide`, for a use case: throws `NotPermitted` where the answer is no. */
export function permit(caller: Caller, permission: Permission, facts: Facts): void {
  const decision = decide(caller, permission, facts)
  if (!decision.allowed) throw new NotPermitted(permission, decision, facts.child ?? null)
}

/**
 * `permit`, for a deed on what the caller may not even know of: what is hidden is not there (PV-14). The refusal keeps
 * the denial as its cause, for the audit (`denialBehind`).
 * @throws NotPermitted, or what `notFound` makes.
 */
export function permitOr(caller: Caller, permission: Permission, facts: Facts, notFound: () => Refusal): void {
  const decision = decide(caller, permission, facts)
  if (decision.allowed) return
  const denied = new NotPermitted(permission, decision, facts.child ?? null)
  if (decision.reason !== 'HIDDEN') throw denied
  // Not enumerable, as every cause: a refusal's own properties are its answer.
  throw Object.defineProperty(notFound(), 'cause', { value: denied })
}

/** One way by which a caller's permission reaches records, each up to its own level; for SQL filters. */
export type Territory =
  | { readonly kind: 'all'; readonly level: Sensitivity }
  | { readonly kind: 'kelurahan'; readonly codes: readonly string[]; readonly level: Sensitivity }
  | { readonly kind: 'school'; readonly npsn: readonly string[]; readonly level: Sensitivity }
  | { readonly kind: 'agency'; readonly agency: AgencyCode; readonly level: Sensitivity }
  | {
      readonly kind: 'agency-kelurahan'
      readonly agency: AgencyCode
      readonly codes: readonly string[]
      readonly level: Sensitivity
    }
  | { readonly kind: 'grant'; readonly agency: AgencyCode; readonly part: Grantable; readonly level: Sensitivity }

/**
 * Everywhere the caller's permission reaches: alternatives, to be joined by OR, each with `record.level <= level`. Empty
 * means nothing at all. A record lies in one of them exactly when `decide` allows it.
 */
export function territory(caller: Caller, permission: Permission): readonly Territory[] {
  return caller.roles.flatMap((role) => RULES_OF[role][permission].flatMap((rule) => reach(caller, rule)))
}

function reach(caller: Caller, rule: Rule): readonly Territory[] {
  const { level } = rule
  const { agency, kelurahan: codes, schools: npsn } = caller
  switch (rule.within) {
    case 'all':
      return [{ kind: 'all', level }]
    case 'kelurahan':
      return codes.length > 0 ? [{ kind: 'kelurahan', codes, level }] : []
    case 'school':
      return npsn.length > 0 ? [{ kind: 'school', npsn, level }] : []
    case 'agency':
      return [{ kind: 'agency', agency, level }]
    case 'agency-kelurahan':
      return codes.length > 0 ? [{ kind: 'agency-kelurahan', agency, codes, level }] : []
    case 'grant':
      return [{ kind: 'grant', agency, part: rule.part, level }]
  }
}

function isWithin(caller: Caller, rule: Rule, facts: Facts): boolean {
  switch (rule.within) {
    case 'all':
      return true
    case 'kelurahan':
      return meet(caller.kelurahan, facts.kelurahan)
    case 'school':
      return meet(caller.schools, facts.schools)
    case 'agency':
      return facts.agencies?.includes(caller.agency) ?? false
    case 'agency-kelurahan':
      return (facts.agencies?.includes(caller.agency) ?? false) && meet(caller.kelurahan, facts.kelurahan)
    case 'grant':
      return facts.grants?.some(({ agency, parts }) => agency === caller.agency && parts.includes(rule.part)) ?? false
  }
}

const meet = (mine: readonly string[], theirs: readonly string[] | undefined): boolean =>
  theirs?.some((code) => mine.includes(code)) ?? false

/** What this line of the table would still have needed. */
function missing(rule: Rule, cleared: boolean, within: boolean): Denial {
  if (within) return 'SENSITIVITY'
  return rule.within === 'grant' && cleared ? 'NO_GRANT' : 'TERRITORY'
}

/**
 * Of several lines the one the caller can do most about is told: a referral can be asked for. Outside one's territory
 * the level is not told, for it would say that the child is a social case.
 */
const NEARNESS = { ROLE: 0, TERRITORY: 1, SENSITIVITY: 2, NO_GRANT: 3, HIDDEN: 4 } as const satisfies Record<
  Denial,
  number
>
const nearer = (one: Denial, other: Denial): Denial => (NEARNESS[other] > NEARNESS[one] ? other : one)

function byName<Name extends string, Value>(names: readonly Name[], value: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>
}
