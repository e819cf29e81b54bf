import { type OperationElement, type Schema, Variable } from '@apollo/federation-internals'
import { promised } from '../own.ts'
import type { ShapeRun } from './run.ts'

/** Whether the client wants it left out. */
export type Skips = (run: ShapeRun) => boolean

/** Compiles `@skip` and `@include` of a field or fragment; undefined where it has neither. */
export function compileSkips(element: OperationElement, schema: Schema): Skips | undefined {
  const skip = conditionOf(element.appliedDirectivesOf(schema.skipDirective())[0])
  const include = conditionOf(element.appliedDirectivesOf(schema.includeDirective())[0])
  if (!skip && !include) return undefined
  return (run) => (skip?.(run) || (include && !include(run))) === true
}

function conditionOf(directive: { arguments(): object } | undefined) {
  if (!directive) return undefined
  const given = (directive.arguments() as { readonly if?: unknown }).if
  if (!(given instanceof Variable)) return () => given as boolean
  return ({ variables }: ShapeRun): boolean => {
    const value = variables[given.name]
    promised(typeof value === 'boolean', () => `Unexpected value ${value} for variable ${given} of ${directive}`)
    return value
  }
}
