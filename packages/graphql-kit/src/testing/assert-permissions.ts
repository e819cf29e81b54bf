import { ROLES, type Role } from '@satuanak/contracts'
import { decide, type Facts } from '@satuanak/identity'
import { defaultFieldResolver, GraphQLError, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql'
import { emptyPage } from '../connection/connection.ts'
import type { GraphContext } from '../context.ts'
import { guarded, guardOf, type Resolver } from '../permission/guard.ts'
import type { FactsOf } from '../permission/options.ts'
import { everyFieldEveryRole, type FieldOfRole } from './every-field-every-role.ts'

export interface AssertPermissions<Context extends GraphContext> {
  readonly schema: GraphQLSchema
  readonly roles?: readonly Role[]
  /** A context whose caller has this role, and an agency and territory that go with it. */
  contextFor(role: Role): Context
  /**
   * For each type with `facts`, objects that its facts can be told from without a database where possible: near and far,
   * ordinary and level 4. Types without facts need none.
   */
  readonly parents: Readonly<Record<string, readonly object[]>>
}

/** `hidden`: as if it were not there. Else the reason that is told. */
type Outcome = 'allowed' | 'hidden' | `denied: ${string}`

interface Case {
  readonly line: FieldOfRole
  readonly parent: object
  readonly facts: Facts | null | 'role only'
}

/**
 * Walks every field × every role × every sample parent: the real guard of each field must let through exactly whom the
 * table lets through, and tell the others exactly the reason, or nothing. Resolvers behind the guards do not run.
 * @returns how many cases were walked.
 * @throws Error that lists each case that came out otherwise, and each type with facts that has no sample.
 */
export async function assertPermissions<Context extends GraphContext>(
  test: AssertPermissions<Context>,
): Promise<number> {
  const faults: string[] = []
  let walked = 0
  for (const line of everyFieldEveryRole(test.schema, test.roles ?? ROLES)) {
    const context = test.contextFor(line.role)
    if (!context.caller.roles.every((role) => role === line.role))
      throw new Error(`contextFor(${line.role}) has another role.`)
    for (const one of await casesOf(test, line, context)) {
      const expected = expectedOf(one, context)
      const actual = await actualOf(test.schema, one, context, expected)
      if (actual !== expected) faults.push(`${line.type}.${line.field} as ${line.role}: ${actual}, not ${expected}`)
      walked += 1
    }
  }
  if (faults.length > 0) throw new Error(`${faults.length} of ${walked} cases:\n${faults.slice(0, 50).join('\n')}`)
  return walked
}

async function casesOf<Context extends GraphContext>(
  test: AssertPermissions<Context>,
  line: FieldOfRole,
  context: Context,
): Promise<readonly Case[]> {
  const factsOf = objectType(test.schema, line.type).extensions.facts as FactsOf<unknown, GraphContext> | undefined
  if (!factsOf) return [{ line, parent: {}, facts: 'role only' }]
  const parents = test.parents[line.type] ?? []
  if (parents.length === 0) throw new Error(`${line.type} has facts: give assertPermissions sample parents of it.`)
  return Promise.all(parents.map(async (parent) => ({ line, parent, facts: await factsOf(parent, context) })))
}

function expectedOf({ line, facts }: Case, { caller }: GraphContext): Outcome {
  const byRole = line.permissions.map((permission) => decide(caller, permission, { level: 1 }))
  if (!line.byRole) return byRole.some(isRoleDenied) ? 'denied: ROLE' : 'allowed'
  if (facts === 'role only') return 'allowed'
  const denied = line.permissions
    .map((permission) => decide(caller, permission, facts ?? { level: 4 }))
    .find((decision) => !decision.allowed)
  if (!denied || denied.allowed) return 'allowed'
  return denied.reason === 'HIDDEN' ? 'hidden' : `denied: ${denied.reason}`
}

const isRoleDenied = (decision: ReturnType<typeof decide>) => !decision.allowed && decision.reason === 'ROLE'

/** Who is to be let through meets a probe in the resolver's place; who is not, the field as it is served. */
async function actualOf(schema: GraphQLSchema, { line, parent }: Case, context: GraphContext, expected: Outcome) {
  const served = (objectType(schema, line.type).getFields()[line.field]?.resolve ?? defaultFieldResolver) as Resolver
  const guard = guardOf(served)
  if (!guard) return 'allowed'
  let reached = false
  const probe: Resolver = () => {
    reached = true
    return null
  }
  const resolve = expected === 'allowed' ? guarded({ ...guard, admits: null }, probe) : served
  try {
    // No resolver behind the guard reads the info: it does not run.
    const answer: unknown = await resolve(parent, {}, context, {} as never)
    if (reached) return 'allowed'
    return isAnswered(answer) ? `denied: ${answer.reason}` : isNothing(answer) ? 'hidden' : 'allowed'
  } catch (error) {
    return reasonOf(error)
  }
}

/** Null, an empty list, an empty page: what a child without any of this would answer. */
const isNothing = (answer: unknown): boolean =>
  answer === null || JSON.stringify(answer) === '[]' || JSON.stringify(answer) === JSON.stringify(emptyPage())

/** A refused mutation: a member of its result union. */
const isAnswered = (answer: unknown): answer is { readonly reason: string } =>
  typeof answer === 'object' && answer !== null && 'refused' in answer && 'reason' in answer

function reasonOf(error: unknown): Outcome {
  if (!(error instanceof GraphQLError)) throw error
  const { code, reason } = error.extensions
  return code === 'NOT_FOUND' ? 'hidden' : `denied: ${code === 'NOT_PERMITTED' ? String(reason) : String(code)}`
}

function objectType(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`${name} is not an object type.`)
  return type
}
