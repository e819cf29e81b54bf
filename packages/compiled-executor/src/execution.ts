import { operationFromDocument, type Schema } from '@apollo/federation-internals'
import type { ServiceMap } from '@apollo/gateway'
import type { QueryPlan } from '@apollo/query-planner'
import {
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import type { GatewayRequest, GatewayResult } from './apollo.ts'
import { NotCompiled } from './not-compiled.ts'
import { compilePlan } from './plan/plan.ts'
import type { PlanRun } from './plan/run.ts'
import { compileShape, type Shape } from './shape/shape.ts'
import { sizeOf } from './shape/size.ts'
import { type TelemetryConfig, traced } from './telemetry.ts'

/** What a plan belongs to: the schemas, and the client's operation. */
export interface ExecutionWorld {
  readonly supergraph: GraphQLSchema
  readonly api: Schema
  readonly operationContext: {
    readonly schema: GraphQLSchema
    readonly operation: OperationDefinitionNode
    readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
  }
  readonly telemetry: TelemetryConfig
}

/** Carries out one request; what subgraphs do wrong is in the result. */
export interface Execution {
  (request: GatewayRequest, services: ServiceMap): Promise<GatewayResult>
  /** How many selections were compiled, fragments opened: about 2 kB each. */
  readonly size: number
}

/** What is larger is left to the stock executor. */
const MOST_SELECTIONS = 5_000

/**
 * Compiles a plan and the shaping of its answer into one function, in place of the stock `executeQueryPlan`.
 * @throws NotCompiled with the reason.
 */
export function compileExecution(queryPlan: QueryPlan, world: ExecutionWorld): Execution {
  const { operationContext, telemetry } = world
  const operation = operationOf(world)
  const size = sizeOf(operation.selectionSet)
  if (size > MOST_SELECTIONS) throw new NotCompiled('size')
  const plan = compilePlan(queryPlan, { supergraph: world.supergraph, variables: operation.variableDefinitions })
  const definition = operationContext.operation
  const shape = compileShape({ operation, apiSchema: operationContext.schema, definition })
  const execute = (request: GatewayRequest, services: ServiceMap) =>
    traced('gateway.execute', {}, telemetry, async ({ failed }) => {
      const run: PlanRun = { request, services, telemetry, data: {}, errors: [] }
      await plan?.(run, run.data)
      const result = await postProcess(run, shape)
      if (result.errors) failed(result.errors)
      return result
    })
  return Object.assign(execute, { size })
}

function operationOf({ api, operationContext: { operation, fragments } }: ExecutionWorld) {
  const document = { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] } as const
  try {
    return operationFromDocument(api, document, { validate: false })
  } catch (error) {
    throw error instanceof GraphQLError ? new NotCompiled('operation', error.message) : error
  }
}

function postProcess(run: PlanRun, shape: Shape): Promise<GatewayResult> {
  const errors = run.errors as GraphQLError[]
  return traced('gateway.postprocessing', {}, run.telemetry, async ({ failed }): Promise<GatewayResult> => {
    try {
      const shaped = shape(run.data, run.request.request.variables)
      if (errors.length > 0) return { errors, data: shaped.data }
      if (shaped.errors.length === 0) return { data: shaped.data }
      failed(shaped.errors)
      return { extensions: { valueCompletion: shaped.errors }, data: shaped.data }
    } catch (error) {
      failed([error])
      return { errors: [told(error, run)] }
    }
  })
}

/** What ends an operation is told alone: nothing of its data can be trusted. */
function told(error: unknown, { request }: PlanRun): GraphQLError {
  if (error instanceof GraphQLError) return error
  if (error instanceof Error) return new GraphQLError(error.message, { originalError: error })
  request.logger.error(`Unexpected error during query plan execution: ${error}`)
  return new GraphQLError('Unexpected error during query plan execution')
}
