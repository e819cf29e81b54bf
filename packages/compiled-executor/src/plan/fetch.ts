import type { GraphQLDataSource } from '@apollo/gateway'
import type { FetchNode } from '@apollo/query-planner'
import type { GraphQLSchema } from 'graphql'
import type { SubgraphResponse } from '../apollo.ts'
import type { Named } from '../own.ts'
import { inSpan, tellFailure } from '../telemetry.ts'
import { compileEntityFetch } from './entities.ts'
import { placedErrors } from './errors.ts'
import { deepMerge } from './merge.ts'
import { compileRewrites } from './rewrite.ts'
import type { PlanRun, Step } from './run.ts'

type Process = Parameters<GraphQLDataSource['process']>[0]

/** The enum's value: the enum itself is not exported. */
const INCOMING_OPERATION = 'incoming operation' as Extract<Process, { pathInIncomingRequest?: unknown }>['kind']

/** One question to a subgraph, ready to be sent. */
interface Question {
  readonly variables: Named
  /** Where equal representations are sent once: which entities each of them stands for. */
  readonly askedAs?: ReadonlyMap<number, readonly number[]> | undefined
  /** Merges the answer into the entities it was asked for. */
  readonly take: (data: unknown) => void
}

/** What is to be asked for these entities; undefined where there is nothing to ask. */
export type Prepare = (entities: readonly unknown[], variables: Named) => Question | undefined

/**
 * Compiles a fetch that stands at `path`. What goes wrong in it is an error of the operation, never its end. It waits
 * where the stock executor waits and nowhere else, so that two branches of a plan meet in the same order.
 */
export function compileFetch(schema: GraphQLSchema, node: FetchNode, path: readonly string[]): Step {
  const { serviceName, requires } = node
  const prepare = requires ? compileEntityFetch(schema, node, requires) : compileRootFetch(schema, node)
  const send = compileSend(node, path)
  const variablesOf = compileVariables(node)
  const attributes = { service: serviceName }
  const fetch: Step = async (run, data) =>
    inSpan('gateway.fetch', attributes, async (span) => {
      try {
        const service = run.services[serviceName]
        if (!service) throw new Error(`Couldn't find service with name "${serviceName}"`)
        const entities = Array.isArray(data) ? data.filter((one) => one !== null && one !== undefined) : [data]
        if (entities.length === 0) return
        const question = prepare(entities, variablesOf(run))
        if (question) question.take(await send(run, service, question))
      } catch (error) {
        tellFailure(span, run.telemetry, [error])
        throw error
      } finally {
        span.end()
      }
    })
  return async (run, data) => {
    try {
      await fetch(run, data)
    } catch (error) {
      run.errors.push(error)
    }
  }
}

function compileRootFetch(schema: GraphQLSchema, node: FetchNode): Prepare {
  const rewrite = compileRewrites(schema, node.outputRewrites)
  return (entities, variables) => ({
    variables,
    take: (data) => {
      if (data) rewrite?.(data)
      for (const entity of entities) deepMerge(entity, data)
    },
  })
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

function compileSend(node: FetchNode, path: readonly string[]) {
  const { serviceName, operation: query, operationName, operationDocumentNode: document } = node
  const isEntities = node.requires !== undefined
  return async (run: PlanRun, service: GraphQLDataSource, { variables, askedAs }: Question): Promise<unknown> => {
    const response = await service.process({
      kind: INCOMING_OPERATION,
      // Undefined where the stock executor has it undefined, too: a data source may ask whether it is there.
      request: { query, variables, operationName, http: undefined } as never,
      incomingRequestContext: run.request,
      context: run.request.context,
      document: document as never,
      pathInIncomingRequest: [...path],
    })
    if (response.errors) {
      const place = { serviceName, path, isEntities, fullResult: run.data, askedAs }
      run.errors.push(...placedErrors(response.errors, place))
      noteUntraced(run, serviceName, response)
    }
    return response.data
  }
}

/** What usage reporting reads where a subgraph sends no trace. */
function noteUntraced({ request: { metrics } }: PlanRun, subgraph: string, response: SubgraphResponse): void {
  if (response.extensions?.ftv1) return
  const paths = (response.errors ?? []).map(({ path }) => ({ subgraph, path }))
  if (metrics.nonFtv1ErrorPaths) metrics.nonFtv1ErrorPaths.push(...paths)
  else metrics.nonFtv1ErrorPaths = paths
}
