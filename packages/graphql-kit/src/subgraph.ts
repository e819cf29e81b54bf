import { printSubgraphSchema } from '@apollo/subgraph'
import type { GraphQLSchema } from 'graphql'
import type { KitBuilder } from './builder.ts'
import type { GraphContext } from './context.ts'

/** The federation version that every part of the house composes with. */
const FEDERATION = 'https://specs.apollo.dev/federation/v2.9'

const HEADER = '# Generated from src/graphql/schema.ts: do not edit. The checks fail when it is out of date.\n\n'

export interface Subgraph {
  readonly schema: GraphQLSchema
  /** The committed `schema.graphql`, sorted, so that a change shows as what it is. */
  readonly sdl: string
}

/**
 * Builds the subgraph that a service serves.
 * @throws Error that names every type and field without a permission, or otherwise unfit to be served.
 */
export function toSubgraph<Context extends GraphContext>(builder: KitBuilder<Context>): Subgraph {
  const schema = builder.toSubGraphSchema({ linkUrl: FEDERATION })
  return { schema, sdl: `${HEADER}${printSubgraphSchema(schema).trimEnd()}\n` }
}
