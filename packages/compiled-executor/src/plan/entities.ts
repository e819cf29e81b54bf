import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import type { Named } from '../own.ts'
import type { Prepare } from './fetch.ts'
import { KnownRepresentations } from './known-representations.ts'
import { copyOf, deepMerge } from './merge.ts'
import { compileRepresenter } from './representation.ts'
import { compileRewrites } from './rewrite.ts'

/** What is asked of a subgraph, and of which entity each representation is. */
interface Asked {
  /** No two are equal. */
  readonly representations: Named[]
  /** The entities, in the order in which they stand. */
  readonly entities: Named[]
  /** For each entity, which of the representations is its own. */
  readonly places: number[]
}

/**
 * Compiles a fetch of entities. Equal representations are sent once; the answer then belongs to each entity that has it,
 * and so do the errors.
 */
export function compileEntityFetch(
  schema: GraphQLSchema,
  node: FetchNode,
  requires: readonly QueryPlanSelectionNode[],
): Prepare {
  const represent = compileRepresenter(schema, requires)
  const before = compileRewrites(schema, node.inputRewrites)
  const after = compileRewrites(schema, node.outputRewrites)
  const representationOf = (entity: unknown) => {
    const representation = represent(entity)
    if (!representation?.__typename) return null
    before?.(representation)
    return representation
  }
  return (entities, variables) => {
    const asked = gather(entities, representationOf)
    if (asked.entities.length === 0) return undefined
    if ('representations' in variables) throw new Error(`Variables cannot contain key "representations"`)
    return {
      variables: { ...variables, representations: asked.representations },
      askedAs: owners(asked),
      take: (data) => {
        if (data) takeOver(asked, answersOf(data, asked), after)
      },
    }
  }
}

function gather(entities: readonly unknown[], represent: (entity: unknown) => Named | null): Asked {
  const asked: Asked = { representations: [], entities: [], places: [] }
  const known = new KnownRepresentations()
  for (const entity of entities) {
    const representation = represent(entity)
    if (!representation) continue
    const next = asked.representations.length
    const place = entities.length > 1 ? known.placeOf(representation, next) : next
    asked.entities.push(entity as Named)
    asked.places.push(place)
    if (place === next) asked.representations.push(representation)
  }
  return asked
}

function owners({ representations, places }: Asked): ReadonlyMap<number, readonly number[]> | undefined {
  if (representations.length === places.length) return undefined
  return Map.groupBy(places.keys(), (index) => places[index] ?? index)
}

function answersOf(data: unknown, { representations, entities }: Asked): readonly unknown[] {
  const { _entities } = data as Named
  if (!Array.isArray(_entities)) throw new Error(`Expected "data._entities" in response to be an array`)
  // The number is that of the entities, as the stock executor has it, which sends one representation for each.
  if (_entities.length !== representations.length) {
    throw new Error(`Expected "data._entities" to contain ${entities.length} elements`)
  }
  return _entities
}

function takeOver(asked: Asked, answers: readonly unknown[], rewrite?: (value: unknown) => void): void {
  const { entities } = asked
  const own = entities.length === answers.length ? answers : copied(asked, answers)
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index] as Named
    const answer = own[index] as Named | null
    if (answer && !answer.__typename) answer.__typename = entity.__typename
    rewrite?.(answer)
    deepMerge(entity, answer)
  }
}

/** Copied before anything is written to it: the entities that share an answer go different ways from here. */
function copied({ places }: Asked, answers: readonly unknown[]): readonly unknown[] {
  const taken = new Set<number>()
  return places.map((place) => {
    if (!taken.has(place)) {
      taken.add(place)
      return answers[place]
    }
    return copyOf(answers[place])
  })
}
