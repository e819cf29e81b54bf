import {
  type CompositeType,
  isCompositeType,
  isListType,
  isNonNullType,
  type ListType,
  type NonNullType,
  type NullableType,
  type Schema,
  type SelectionSet,
  type Type,
} from '@apollo/federation-internals'
import { type Named, promised } from '../own.ts'
import { compileLeaf } from './leaf.ts'
import { type Complete, FAILED, INVALID, type Place, tell } from './run.ts'
import type { Selections } from './selections.ts'

/** What compiling a value takes from the rest of the operation. */
export interface CompleteWorld {
  readonly schema: Schema
  /** The names an object may tell as its type. */
  readonly composites: ReadonlySet<string>
  /** The compiled selections of an object of that type. */
  selectionsOf(set: SelectionSet, type: CompositeType): Selections
}

/** Compiles the completion of a value of any type. */
export function compileComplete(
  world: CompleteWorld,
  type: Type,
  set: SelectionSet | undefined,
  place: Place,
): Complete {
  if (isNonNullType(type)) return nonNull(compileComplete(world, type.ofType as Type, set, place), type, place)
  if (isListType(type)) return list(compileComplete(world, type.ofType as Type, set, place), type, set !== undefined)
  if (!isCompositeType(type)) return compileLeaf(world.schema, type as never, place)
  promised(set, () => `Invalid empty selection set for composite type ${type}`)
  return object(world, type, world.selectionsOf(set, type), place)
}

function nonNull(complete: Complete, type: NonNullType<NullableType>, place: Place): Complete {
  return (value, existing, run) => {
    if (existing === null) return null
    const completed = complete(value, existing, run)
    if (completed === null) {
      tell(run, (where) => `Cannot return null for non-nullable ${where}.`, place, type.ofType)
      return INVALID
    }
    return completed === FAILED ? INVALID : completed
  }
}

function list(complete: Complete, type: ListType<Type>, isComposite: boolean): Complete {
  return (value, existing, run) => {
    if (existing === null || (existing !== undefined && !isComposite)) return existing
    if (value === null) return null
    const known = existing as unknown[] | undefined
    promised(Array.isArray(value), () => `Invalid non-list value ${value} returned by subgraph for list type ${type}`)
    promised(
      known === undefined || value.length === known.length,
      () => `[${value}].length (${value.length}) !== [${known}].length (${known?.length})`,
    )
    const { path } = run
    // The list itself where each of its elements may stay as it is.
    let completed: unknown[] = value
    let isNull = false
    for (let index = 0; index < value.length; index += 1) {
      const element: unknown = value[index]
      promised(element !== undefined, () => 'Should not pass undefined for `inputValue` to this method')
      path.push(index)
      const one = complete(element, known?.[index], run)
      path.pop()
      if (one === INVALID) isNull = true
      const written = one === INVALID || one === FAILED ? null : one
      if (completed === value && written !== element) completed = value.slice(0, index)
      if (completed !== value) completed[index] = written
    }
    return isNull ? FAILED : completed
  }
}

function object({ composites }: CompleteWorld, type: CompositeType, selections: Selections, place: Place): Complete {
  return (value, existing, run) => {
    if (existing === null) return null
    if (value === null) return null
    promised(
      typeof value === 'object',
      () => `Invalid non-object value ${value} returned by subgraph for composite type ${type}`,
    )
    const named: unknown = (value as Named).__typename
    promised(
      named === undefined || typeof named === 'string',
      () => `Invalid non-string value ${named} for __typename at ${run.path}`,
    )
    if (named && !composites.has(named)) {
      tell(run, (where) => `Invalid __typename found for object at ${where}.`, place, type)
      return FAILED
    }
    if (existing === undefined) return selections.make(value as Named, run)
    return selections.fill(value as Named, existing as Named, run, false) ? FAILED : existing
  }
}
