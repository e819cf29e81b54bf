import type { CompositeType, Field } from '@apollo/federation-internals'
import type { Named } from '../own.ts'
import { type CompleteWorld, compileComplete } from './complete.ts'
import { type Complete, FAILED, INVALID, type ShapeRun } from './run.ts'
import type { Met } from './selections.ts'

/** Fields of different names, in the order of the document. */
export interface Plain {
  readonly names: readonly string[]
  readonly completes: readonly Complete[]
}

/** Nothing where a field stands twice or has a condition, or its value is not the subgraphs'. */
export function compilePlain(
  world: CompleteWorld,
  met: readonly Met[],
  counts: ReadonlyMap<string, number>,
): Plain | undefined {
  const names: string[] = []
  const completes: Complete[] = []
  for (const { selection, parentType, skips } of met) {
    if (typeof selection === 'string' || skips.length > 0) return undefined
    const field = selection.element as Field<CompositeType>
    const name = field.responseName()
    const isOrdinary =
      field.name !== '__typename' && name !== '__proto__' && !field.definition.isSchemaIntrospectionField()
    if (!isOrdinary || counts.get(name) !== 1 || !field.definition.type) return undefined
    names.push(name)
    completes.push(compileComplete(world, field.definition.type, selection.selectionSet, { parentType }))
  }
  return { names, completes }
}

/** Whether the object has these fields, in this order, and no others. */
export function hasExactly(object: Named, names: readonly string[]): boolean {
  let at = 0
  for (const name in object) {
    if (name !== names[at]) return false
    at += 1
  }
  return at === names.length
}

/**
 * The object itself where each of its values may stay as it is, and nothing is written for it; else a new one from the first
 * value on that may not.
 */
export function kept({ names, completes }: Plain, input: Named, run: ShapeRun): Named | typeof FAILED {
  const { path } = run
  let output: Named | undefined
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at] as string
    const complete = completes[at] as Complete
    const value = input[name]
    path.push(name)
    const completed = complete(value ?? null, undefined, run)
    path.pop()
    if (completed === INVALID) return FAILED
    const written = completed === FAILED ? null : completed
    if (output === undefined && written !== value) output = firstOf(input, names, at)
    if (output !== undefined) output[name] = written
  }
  return output ?? input
}

function firstOf(input: Named, names: readonly string[], many: number): Named {
  const output: Named = {}
  for (let at = 0; at < many; at += 1) output[names[at] as string] = input[names[at] as string]
  return output
}
