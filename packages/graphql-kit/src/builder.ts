import SchemaBuilder from '@pothos/core'
import DirectivesPlugin from '@pothos/plugin-directives'
import FederationPlugin from '@pothos/plugin-federation'
import './permission/plugin.ts'
import './refusal/plugin.ts'
import { registerPageInfo } from './connection/connection.ts'
import type { GraphContext } from './context.ts'
import type {} from './permission/options.ts'
import type { RefusalData } from './refusal/answer.ts'
import type {} from './refusal/options.ts'
import { registerSharedRefusals } from './refusal/register.ts'
import { registerScalars, type Scalars } from './scalars.ts'

interface Definition<Context extends GraphContext> {
  Context: Context
  Scalars: Scalars
  Interfaces: { Refusal: RefusalData }
  Objects: { PageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } }
}

export type KitTypes<Context extends GraphContext> = PothosSchemaTypes.ExtendDefaultTypes<Definition<Context>>
export type KitBuilder<Context extends GraphContext> = PothosSchemaTypes.SchemaBuilder<KitTypes<Context>>

/**
 * The builder of one subgraph: every type and field must name its permission, or it neither compiles nor builds.
 * Fields are nullable unless they say otherwise, as federation wants it: what one agency may not show, or cannot at the
 * moment, must not take another agency's answer along.
 */
export function createBuilder<Context extends GraphContext = GraphContext>(): KitBuilder<Context> {
  const builder = new SchemaBuilder<Definition<Context>>({
    // The first is the outermost: nothing runs before the permission is checked.
    plugins: ['permission', 'refusals', DirectivesPlugin, FederationPlugin],
  } as never) as unknown as KitBuilder<Context>
  // The shared types ask nothing of the context that a service's own does not have.
  const shared = builder as unknown as KitBuilder<GraphContext>
  registerScalars(shared)
  registerSharedRefusals(shared)
  registerPageInfo(shared)
  shared.queryType({})
  shared.mutationType({})
  return builder
}
