import { type Denied, NotPermitted, type Permission } from '@satuanak/identity'
import type { GraphQLFieldResolver } from 'graphql'
import type { GraphContext } from '../context.ts'
import { denialError, notFound } from '../graph-error.ts'
import { chain, isPromise, type MaybePromise } from '../maybe-promise.ts'
import { childNamedIn, noteRefused } from '../refused-try.ts'
import { judge, type Needs, type Verdict } from './judge.ts'

type Stopped = Exclude<Verdict, { readonly allowed: true }>
export type Resolver = GraphQLFieldResolver<unknown, GraphContext, object>

/** Everything the guard of one field must know; fixed when the schema is built. */
export interface FieldGuard {
  readonly needs: Needs
  /** Needs of each object the field returns, where its type has facts of its own. */
  readonly admits: Needs | null
  /** What the field says where there is nothing: null, an empty list, an empty page. `undefined`: it may not be null. */
  readonly nothing: (() => unknown) | undefined
  /** A mutation answers a refused role as it does every other refusal: by a member of its result union. */
  readonly answer: ((refusal: NotPermitted) => unknown) | undefined
}

/** The guard around each guarded resolver, so that tests can put a probe in the resolver's place. */
const GUARDS = new WeakMap<Resolver, FieldGuard>()
export const guardOf = (resolver: Resolver): FieldGuard | undefined => GUARDS.get(resolver)

/** A resolver that runs only for those who may see its field, and lets through only what they may see of its answer. */
export function guarded(guard: FieldGuard, resolve: Resolver): Resolver {
  const { needs, admits } = guard
  if (needs.permissions.length === 0 && admits === null) return resolve
  const answer: Resolver =
    admits === null
      ? resolve
      : (parent, args, context, info) =>
          admitAll(guard, admits, resolve(parent, args, context, info) as MaybePromise<unknown>, context)
  const wrapped: Resolver = (parent, args, context, info) =>
    chain(judge(needs, parent, context), (verdict) => {
      if (verdict.allowed) return answer(parent, args, context, info)
      note(verdict, needs.childOf(parent) ?? childNamedIn(args), context)
      return refuse(guard, verdict.permission, verdict, context)
    })
  GUARDS.set(wrapped, guard)
  return wrapped
}

function note(verdict: Stopped, child: string | null, context: GraphContext): void {
  if (!verdict.isUnknown) noteRefused(context, verdict, child)
}

/** Null with a reason, except where the reason would tell that something is there. */
function refuse(guard: FieldGuard, permission: Permission, denied: Denied, context: GraphContext): unknown {
  if (denied.reason === 'HIDDEN') return nothing(guard, context)
  if (guard.answer) return guard.answer(new NotPermitted(permission, denied))
  throw denialError(permission, denied, context.locale)
}

function nothing(guard: FieldGuard, context: GraphContext): unknown {
  if (guard.nothing === undefined) throw notFound(context.locale)
  return guard.nothing()
}

/** Objects with facts of their own are measured as they enter: one that is hidden is left out, not shown empty. */
function admitAll(guard: FieldGuard, admits: Needs, value: MaybePromise<unknown>, context: GraphContext): unknown {
  return chain(value, (found) => {
    if (found === null || found === undefined) return found
    if (!isList(found)) return admit(admits, found, context, () => nothing(guard, context))
    const items = Array.from(found, (item) => admit(admits, item, context, () => LEFT_OUT))
    return items.some(isPromise) ? Promise.all(items).then(present) : present(items)
  })
}

const LEFT_OUT = Symbol('hidden')
const present = (items: readonly unknown[]) => items.filter((item) => item !== LEFT_OUT)
const isList = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value

/** The value, or what stands for it: `hidden()`, or the reason, which GraphQL reports where an `Error` is returned. */
export function admit(
  admits: Needs,
  value: MaybePromise<unknown>,
  context: GraphContext,
  hidden: () => unknown,
): MaybePromise<unknown> {
  return chain(value, (found) => {
    if (found === null || found === undefined) return found
    return chain(judge(admits, found, context), (verdict) => {
      if (verdict.allowed) return found
      note(verdict, admits.childOf(found), context)
      return verdict.reason === 'HIDDEN' ? hidden() : denialError(verdict.permission, verdict, context.locale)
    })
  })
}
