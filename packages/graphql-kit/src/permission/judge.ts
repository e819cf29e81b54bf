import { ROLES } from '@satuanak/contracts'
import {
  type Decision,
  type Denied,
  decide,
  type Facts,
  mayEver,
  PERMISSION_NAMES,
  PERMISSIONS,
  type Permission,
  type Rule,
} from '@satuanak/identity'
import type { GraphContext } from '../context.ts'
import { chain, type MaybePromise } from '../maybe-promise.ts'
import type { ChildOf } from '../refused-try.ts'
import type { FactsOf } from './options.ts'

/** What must hold before a value is shown: every permission, and the facts they are measured against. */
export interface Needs {
  /** Without those open to everybody: nothing is left of `anyone`. */
  readonly permissions: readonly Permission[]
  /** `null`: the role alone decides. */
  readonly facts: FactsOf<unknown, GraphContext> | null
  /** Whose data it is, where it says; for the audit of a refused try. */
  readonly childOf: ChildOf<unknown>
}

export type Verdict =
  | { readonly allowed: true }
  | (Denied & {
      readonly permission: Permission
      /** Nothing is known of the thing: the caller is stopped, but there was nothing to be refused. */
      readonly isUnknown: boolean
    })

const ALLOWED: Verdict = Object.freeze({ allowed: true })

/** Nothing is known of the thing: it is nobody's, and as closely kept as can be. Whom that stops, nothing is there for. */
const UNKNOWN: Facts = Object.freeze({ level: 4 })

const OPEN: ReadonlySet<Permission> = new Set(
  PERMISSION_NAMES.filter((name) =>
    (PERMISSIONS[name] as readonly Rule[]).some(
      (rule) => rule.within === 'all' && rule.level === 4 && ROLES.every((role) => rule.roles.includes(role)),
    ),
  ),
)

/** Open to every verified caller at every level (`anyone`, `child.refer` …): there is nothing to check. */
export const isOpen = (permission: Permission): boolean => OPEN.has(permission)

/** The needs of a value that all these permissions guard, each once, in the order given. */
export function needsOf(
  permissions: readonly Permission[],
  facts: FactsOf<unknown, GraphContext> | null,
  childOf: ChildOf<unknown>,
): Needs {
  const closed = [...new Set(permissions)].filter((permission) => !isOpen(permission))
  return { permissions: closed, facts: closed.length > 0 ? facts : null, childOf }
}

/**
 * May this caller see what hangs on `parent`? Roles first and whatever the facts: who is refused by role is refused in
 * the same words for a child that is hidden, ordinary or not there at all (PV-14).
 */
export function judge(needs: Needs, parent: unknown, context: GraphContext): MaybePromise<Verdict> {
  const { caller } = context
  for (const permission of needs.permissions) {
    if (!mayEver(caller, permission)) return verdict(permission, decide(caller, permission, { level: 1 }))
  }
  if (needs.facts === null) return ALLOWED
  return chain(recall(needs.facts, parent, context), (facts) => measure(needs.permissions, context, facts))
}

function measure(permissions: readonly Permission[], { caller }: GraphContext, facts: Facts | null): Verdict {
  for (const permission of permissions) {
    const decision = decide(caller, permission, facts ?? UNKNOWN)
    if (!decision.allowed) return verdict(permission, decision, facts === null)
  }
  return ALLOWED
}

const verdict = (permission: Permission, decision: Decision, isUnknown = false): Verdict =>
  decision.allowed ? ALLOWED : { ...decision, permission, isUnknown }

type FactsMemory = WeakMap<object, MaybePromise<Facts | null>>
const MEMORY = new WeakMap<GraphContext, Map<FactsOf<unknown, GraphContext>, FactsMemory>>()

/** The facts of one object, asked for once in a request however many of its fields are read. */
function recall(factsOf: FactsOf<unknown, GraphContext>, parent: unknown, context: GraphContext) {
  if (typeof parent !== 'object' || parent === null) return factsOf(parent, context)
  const memory = memoryOf(factsOf, context)
  const known = memory.get(parent)
  if (known !== undefined) return known
  const facts = factsOf(parent, context)
  memory.set(parent, facts)
  return facts
}

function memoryOf(factsOf: FactsOf<unknown, GraphContext>, context: GraphContext): FactsMemory {
  const ofRequest = MEMORY.get(context) ?? new Map<FactsOf<unknown, GraphContext>, FactsMemory>()
  MEMORY.set(context, ofRequest)
  const memory = ofRequest.get(factsOf) ?? new WeakMap()
  ofRequest.set(factsOf, memory)
  return memory
}
