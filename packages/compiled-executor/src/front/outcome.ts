import type { BaseContext, GraphQLRequestListener, HTTPGraphQLHead } from '@apollo/server'
import type { GatewayResult } from '../apollo.ts'

/** The hooks that are called; of an operation whose document is stored Apollo Server calls a few more (see the README). */
export type QuickListener<Context extends BaseContext> = Pick<
  GraphQLRequestListener<Context>,
  'didResolveOperation' | 'didEncounterErrors' | 'willSendResponse'
>

/** Of each plugin its listener, where it has one. */
type Listeners<Context extends BaseContext> = readonly (QuickListener<Context> | undefined)[]

/** What became of an operation: its result, the executor's own failure, a hook that refused it, or one that broke. */
export type Outcome<Context extends BaseContext> = {
  readonly listeners: Listeners<Context>
  /** Status and headers as they were left. */
  readonly head?: HTTPGraphQLHead
} & (
  | { readonly result: GatewayResult }
  | { readonly failed: unknown }
  | { readonly refused: unknown }
  | { readonly broken: unknown }
)

/** Where an outcome lies on the context: Apollo Server hands a copy of it to everyone. */
const OUTCOME = Symbol('outcome')

/** Marks the context, so that Apollo Server's pipeline takes the outcome as its own instead of asking again. */
export const withOutcome = <Context extends BaseContext>(context: Context, outcome: Outcome<Context>): Context =>
  Object.assign(context, { [OUTCOME]: outcome })

export const outcomeOn = <Context extends BaseContext>(context: BaseContext): Outcome<Context> | undefined =>
  (context as { readonly [OUTCOME]?: Outcome<Context> })[OUTCOME]
