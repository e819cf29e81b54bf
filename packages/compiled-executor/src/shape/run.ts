import { type CompositeType, ERRORS } from '@apollo/federation-internals'
import type { GraphQLError } from 'graphql'
import type { Named } from '../own.ts'

/** One shaping of one answer. */
export interface ShapeRun {
  /** The operation's defaults, and what the client gave. */
  readonly variables: Named
  /** Where in the answer it is; the same array throughout. */
  readonly path: (string | number)[]
  readonly errors: GraphQLError[]
  /** What the client gave, as introspection takes it. */
  readonly given: Record<string, unknown> | undefined
}

/** Null, for a reason that was told or belongs to what is within. */
export const FAILED = Symbol('failed')
/** Null where null may not stand: the parent is null, too. */
export const INVALID = Symbol('invalid')

/** Makes of what was merged what the client is given; `existing` is what another fragment has made of it already. */
export type Complete = (value: unknown, existing: unknown, run: ShapeRun) => unknown

/** What a value is called in an error. */
export interface Place {
  /** The type that the error names as the field's. */
  readonly parentType: CompositeType
}

/** Tells of a value that does not fit; kept under `extensions.valueCompletion`. */
export function tell(run: ShapeRun, problem: (place: string) => string, parent: Place, type: unknown): void {
  const last = run.path.at(-1)
  const place =
    typeof last === 'string' ? `field ${parent.parentType}.${last}` : `array element of type ${type} at index ${last}`
  run.errors.push(ERRORS.INVALID_GRAPHQL.err(problem(place), { path: [...run.path] }))
}
