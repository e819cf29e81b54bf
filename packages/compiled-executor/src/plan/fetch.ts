import type { GraphQLDataSource } from '@apollo/gateway'
import type { FetchNode } from '@apollo/query-planner'
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface'
import type { GraphQLSchema } from 'graphql'
import type { Named } from '../own.ts'
import { traced } from '../telemetry.ts'
import { compileEntityFetch } from './entities.ts'
import { placedErrors } from './errors.ts'
import { deepMerge } from './merge.ts'
import { compileRewrites } from './rewrite.ts'
import type { PlanRun, Step } from './run.ts'

type Process = Parameters<GraphQLDataSource['process']>[0]

/** The enum's value: the enum itself is not exported. */
const INCOMING_OPERATION = 'incoming operation' as Extract<Process, { pathInIncomingRequest?: unknown }>['kind']

/** Asks the subgraph; its errors have been taken over when it returns. */
export type Send = (
  run: PlanRun,
  variables: Named,
  askedAs?: ReadonlyMap<number, readonly number[]>,
) => Promise<unknown>

/** Compiles a fetch that stands at `path`. What goes wrong in it is an error of the operation, never its end. */
export function compileFetch(schema: GraphQLSchema, node: FetchNode, path: readonly string[]): Step {
  const send = compileSend(node, path)
  const work = node.requires
    ? compileEntityFetch(schema, node, node.requires, send)
    : compileRootFetch(schema, node, send)
  const variablesOf = compileVariables(node)
  const attributes = { service: node.serviceName }
  const fetch: Step = (run, data) =>
    traced('gateway.fetch', attributes, run.telemetry, async () => {
      if (!run.services[node.serviceName]) throw new Error(`Couldn't find service with name "${node.serviceName}"`)
      const entities = Array.isArray(data) ? data.filter((one) => one !== null && one !== undefined) : [data]
      if (entities.length > 0) await work(run, entities, variablesOf(run))
    })
  return async (run, data) => {
    try {
      await fetch(run, data)
    } catch (error) {
      run.errors.push(error)
    }
  }
}

function compileRootFetch(schema: GraphQLSchema, node: FetchNode, send: Send) {
  const rewrite = compileRewrites(schema, node.outputRewrites)
  return async (run: PlanRun, entities: readonly unknown[], variables: Named): Promise<void> => {
    const answer = await send(run, variables)
    if (answer) rewrite?.(answer)
    for (const entity of entities) deepMerge(entity, answer)
  }
}

function compileVariables({ variableUsages = [] }: FetchNode): (run: PlanRun) => Named {
  return ({ request }) => {
    const variables: Named = Object.create(null)
    const given = request.request.variables
    if (!given) return variables
    for (const name of variableUsages) {
      if (Object.hasOwn(given, name) && given[name] !== undefined) variables[name] = given[name]
    }
    return variables
  }
}

function compileSend(node: FetchNode, path: readonly string[]): Send {
  const { serviceName, operation: query, operationName, operationDocumentNode: document } = node
  const isEntities = node.requires !== undefined
  return async (run, variables, askedAs) => {
    const response = await run.services[serviceName]?.process({
      kind: INCOMING_OPERATION,
      // Undefined where the stock executor has it undefined, too: a data source may ask whether it is there.
      request: { query, variables, operationName, http: undefined } as never,
      incomingRequestContext: run.request,
      context: run.request.context,
      document: document as never,
      pathInIncomingRequest: [...path],
    })
    if (response?.errors) {
      const place = { serviceName, path, isEntities, fullResult: run.data, askedAs }
      run.errors.push(...placedErrors(response.errors, place))
      noteUntraced(run, serviceName, response)
    }
    // Not `?.`: a data source that answers nothing at all ends this fetch with the engine's error, as in the stock executor.
    return (response as GatewayGraphQLResponse).data
  }
}

/** What usage reporting reads where a subgraph sends no trace. */
function noteUntraced({ request: { metrics } }: PlanRun, subgraph: string, response: GatewayGraphQLResponse): void {
  if (response.extensions?.ftv1) return
  const paths = (response.errors ?? []).map(({ path }) => ({ subgraph, path }))
  if (metrics.nonFtv1ErrorPaths) metrics.nonFtv1ErrorPaths.push(...paths)
  else metrics.nonFtv1ErrorPaths = paths
}
