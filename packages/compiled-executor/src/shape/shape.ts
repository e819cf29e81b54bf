import {
  type CompositeType,
  isCompositeType,
  type Operation,
  type Schema,
  type SelectionSet,
} from '@apollo/federation-internals'
import type { GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { type Named, promised } from '../own.ts'
import { compileIntrospection, withoutPlace } from './introspection.ts'
import type { ShapeRun } from './run.ts'
import { compileSelections, type Selections, type SelectionsWorld } from './selections.ts'

interface Shaped {
  readonly data: Named | null
  /** What of the subgraphs' answers did not fit the schema. */
  readonly errors: readonly GraphQLError[]
}

/**
 * Makes of all that was merged what the client asked for: its fields and no others, each of its type, nulls moved up to
 * where null may stand.
 * @throws Error where a subgraph answered something of a wholly different kind; it ends the operation.
 */
export type Shape = (merged: Named, variables: Record<string, unknown> | undefined) => Shaped

/** What an operation is compiled from. */
export interface ShapeWorld {
  readonly operation: Operation
  /** The schema that answers introspection. */
  readonly apiSchema: GraphQLSchema
  readonly definition: OperationDefinitionNode
}

/** Compiles the shaping of an operation's answer. */
export function compileShape({ operation, apiSchema, definition }: ShapeWorld): Shape {
  const compiled = new Map<SelectionSet, Map<CompositeType, Selections>>()
  const definitions = (definition.variableDefinitions ?? []).map(withoutPlace)
  const world: SelectionsWorld = {
    schema: operation.schema(),
    composites: compositesOf(operation.schema()),
    introspect: (selection) => compileIntrospection(apiSchema, definitions, selection),
    selectionsOf: (set, type) => {
      const ofSet = compiled.get(set) ?? new Map<CompositeType, Selections>()
      compiled.set(set, ofSet)
      const selections = ofSet.get(type) ?? compileSelections(world, set, type)
      ofSet.set(type, selections)
      return selections
    },
  }
  const rootType = operation.schema().schemaDefinition.rootType(operation.rootKind)
  promised(rootType, () => `No type for ${operation.rootKind}`)
  const root = compileSelections(world, operation.selectionSet, rootType, true)
  const defaults = operation.collectDefaultedVariableValues()
  return (merged, given) => {
    const variables: Named = Object.assign(Object.create(null), defaults, given)
    const run: ShapeRun = { variables, path: [], errors: [], given }
    const data: Named = {}
    return { data: root.fill(merged, data, run, true) ? null : data, errors: run.errors }
  }
}

const known = new WeakMap<Schema, ReadonlySet<string>>()

function compositesOf(schema: Schema): ReadonlySet<string> {
  const found =
    known.get(schema) ??
    new Set(
      schema
        .types()
        .filter(isCompositeType)
        .map(({ name }) => name),
    )
  known.set(schema, found)
  return found
}
