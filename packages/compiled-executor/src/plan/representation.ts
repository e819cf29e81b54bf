import { getResponseName, type QueryPlanFieldNode, type QueryPlanSelectionNode } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import { type Named, setOwn } from '../own.ts'
import { deepMerge } from './merge.ts'
import { typeTest } from './types.ts'

/** Builds what a subgraph knows an entity by; null where a field of it is not there. */
export type Representer = (source: unknown) => Named | null

/** Adds its part to a representation; null is a part that cannot be had. */
type Part = (source: unknown, built: Named) => Named | null

/** Compiles what a fetch requires of each entity. */
export function compileRepresenter(schema: GraphQLSchema, requires: readonly QueryPlanSelectionNode[]): Representer {
  const parts = requires.flatMap((selection) => compilePart(schema, selection))
  return (source) => {
    if (source === null) return null
    let built: Named = {}
    for (const part of parts) {
      const more = part(source, built)
      if (more === null) return null
      built = more
    }
    return built
  }
}

function compilePart(schema: GraphQLSchema, selection: QueryPlanSelectionNode): Part[] {
  if (selection.kind === 'Field') return [fieldPart(schema, selection)]
  if (!selection.typeCondition) return []
  const applies = typeTest(schema, selection.typeCondition)
  const represent = compileRepresenter(schema, selection.selections)
  return [
    (source, built) => {
      if (!source || !applies(source)) return built
      const more = represent(source)
      return more === null ? built : joined(built, more)
    },
  ]
}

/** Almost always the first part is the only one that applies, and then it is the whole. */
function joined(built: Named, more: Named): Named {
  for (const _name in built) return deepMerge(built, more) as Named
  return more
}

function fieldPart(schema: GraphQLSchema, selection: QueryPlanFieldNode): Part {
  const name = getResponseName(selection)
  const represent = selection.selections && compileRepresenter(schema, selection.selections)
  return (source, built) => {
    const value = Object.hasOwn(source as object, name) ? (source as Named)[name] : undefined
    if (value === undefined) return null
    // A list of its own, for rewrites to change. A list within it is no entity: null, as in the stock executor.
    if (Array.isArray(value))
      setOwn(
        built,
        name,
        value.map((one) => (represent ? represent(one) : one)),
      )
    else setOwn(built, name, represent ? represent(value) : value)
    return built
  }
}
