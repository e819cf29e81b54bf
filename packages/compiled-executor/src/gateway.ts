import { Supergraph } from '@apollo/federation-internals'
import { ApolloGateway, buildOperationContext, type GatewayConfig } from '@apollo/gateway'
import { type GraphQLSchema, getVariableValues } from 'graphql'
import type { GatewayRequest, GatewayResult } from './apollo.ts'
import { compileExecution, type Execution, type ExecutionWorld } from './execution.ts'
import { type CarriedOut, operationCounter } from './metrics.ts'
import { NotCompiled, type Reason } from './not-compiled.ts'
import { PlanCache, type PlansOptions, withPlans } from './planning/plan-cache.ts'
import { Recent } from './recent.ts'
import { traced, tracedSync } from './telemetry.ts'

type PlanResolved = Parameters<NonNullable<GatewayConfig['experimental_didResolveQueryPlan']>>[0]
type Request = GatewayRequest

/** An operation that is compiled. Nothing of the request that it was first met in is kept: it is somebody's. */
interface Compiled extends Pick<PlanResolved, 'queryPlan' | 'serviceMap'> {
  readonly schema: GraphQLSchema
  readonly execute: Execution
}

/** What is done with an operation that has been met: carried out compiled, or left to the stock executor for a reason. */
type Known = Compiled | { readonly reason: Reason }

export interface CompiledGatewayOptions {
  /**
   * How many selections of operations are kept compiled, fragments opened; operations not asked for longest go first.
   * 40,000 where nothing is said: about 90 MB.
   */
  readonly selections?: number
  /** Plans are made on a thread of their own; without it the stock gateway makes them, and nothing else meanwhile. */
  readonly plans?: PlansOptions
  /** Told of every operation, beside the metric. */
  readonly onOperation?: (by: CarriedOut) => void
}

/**
 * An `ApolloGateway` that carries out compiled what its stock executor has planned. The first request of an operation is
 * the stock executor's, which makes the plan; what cannot be compiled stays with it, counted by reason.
 */
export class CompiledGateway extends ApolloGateway {
  readonly #plans: PlanCache | undefined

  constructor(config: GatewayConfig = {}, options: CompiledGatewayOptions = {}) {
    const executor = new CompiledExecutor(config, options)
    const plans = options.plans && new PlanCache(config, options.plans)
    super({
      ...(plans ? withPlans(config, plans) : config),
      experimental_didResolveQueryPlan: (resolved) => {
        config.experimental_didResolveQueryPlan?.(resolved)
        executor.learn(resolved)
      },
    })
    this.#plans = plans
    const stock = this.executor
    const planned: ApolloGateway['executor'] = plans
      ? (request) =>
          plans.asking({ source: request.source, operationName: request.request.operationName }, () => stock(request))
      : stock
    this.executor = (request) => executor.execute(request, planned)
    this.onSchemaLoadOrUpdate(({ apiSchema, coreSupergraphSdl }) => {
      plans?.supergraph(coreSupergraphSdl)
      executor.forget(apiSchema, coreSupergraphSdl)
    })
  }

  /** Makes the plans of these documents, of one operation each, before anyone asks; with `plans` and once it is loaded. */
  async warm(documents: readonly string[]): Promise<void> {
    await this.#plans?.warm(documents)
  }

  override async stop(): Promise<void> {
    await this.#plans?.close()
    await super.stop()
  }
}

type Schemas = Pick<ExecutionWorld, 'supergraph' | 'api'>

class CompiledExecutor {
  readonly #config: GatewayConfig
  readonly #known: Recent<Known>
  readonly #count: (by: CarriedOut) => void
  #apiSchema: GraphQLSchema | undefined
  #schemas: Schemas | undefined

  constructor(config: GatewayConfig, { selections = 40_000, onOperation }: CompiledGatewayOptions) {
    this.#config = config
    const count = operationCounter()
    this.#count = (by) => {
      count(by)
      onOperation?.(by)
    }
    this.#known = new Recent(selections)
  }

  /**
   * A new supergraph: nothing that was compiled holds any more. Its schemas are read now, while nobody waits, and a
   * second time: the stock gateway keeps its own to itself.
   */
  forget(apiSchema: GraphQLSchema, sdl: string): void {
    this.#known.clear()
    this.#apiSchema = apiSchema
    this.#schemas = undefined
    this.#schemas = schemasOf(sdl)
  }

  learn(resolved: PlanResolved): void {
    // A request that began under another supergraph: its plan is not that of the next one.
    if (resolved.operationContext.schema !== this.#apiSchema) return
    const key = keyOf(resolved.requestContext)
    if (this.#known.get(key)) return
    const known = this.#compiled(resolved)
    // One that is not compiled is remembered by its reason only.
    this.#known.set(key, known, 'reason' in known ? 1 : known.execute.size)
  }

  #compiled(resolved: PlanResolved): Known {
    const { queryPlan, serviceMap, operationContext } = resolved
    try {
      if (!this.#schemas) throw new NotCompiled('failed')
      const world = { ...this.#schemas, operationContext, telemetry: this.#config.telemetry }
      return { queryPlan, serviceMap, schema: operationContext.schema, execute: compileExecution(queryPlan, world) }
    } catch (error) {
      if (error instanceof NotCompiled) return { reason: error.reason }
      resolved.requestContext.logger?.error(`An operation could not be compiled: ${error}`)
      return { reason: 'failed' }
    }
  }

  async execute(request: Request, stock: ApolloGateway['executor']): Promise<GatewayResult> {
    const found = this.#known.get(keyOf(request))
    const reason = this.#reasonFor(request) ?? (found ? ('reason' in found ? found.reason : undefined) : 'first')
    if (reason || !found || 'reason' in found) {
      this.#count({ executor: 'stock', reason: reason ?? 'first' })
      return stock(request)
    }
    this.#count({ executor: 'compiled' })
    return this.#carryOut(request, found)
  }

  /** Why this one request is not for the compiled executor, whatever its operation is. */
  #reasonFor({ metrics, request }: Request): Reason | undefined {
    if (metrics?.captureTraces) return 'traces'
    if (this.#config.debug || request.http?.headers?.get('Apollo-Query-Plan-Experimental')) return 'debug'
    return undefined
  }

  #carryOut(request: Request, known: Compiled): Promise<GatewayResult> {
    const { telemetry } = this.#config
    const { queryPlan, serviceMap, schema } = known
    const attributes = requestAttributes(request, telemetry?.includeDocument === true)
    return traced('gateway.request', attributes, telemetry, async ({ span, failed }) => {
      const { document, request: asked } = request
      const operationDocument = document
      const name = asked.operationName
      const operationContext = buildOperationContext({
        schema,
        operationDocument,
        ...(name && { operationName: name }),
      })
      span.setAttributes({ 'graphql.operation.type': operationContext.operation.operation })
      const refused = this.#validate(request, operationContext)
      if (refused.length > 0) {
        failed(refused)
        return { errors: refused }
      }
      const requestContext = request
      this.#config.experimental_didResolveQueryPlan?.({ queryPlan, serviceMap, requestContext, operationContext })
      const result = await known.execute(request, serviceMap)
      if (result.errors) failed(result.errors)
      return result
    })
  }

  #validate({ request: { variables } }: Request, { schema, operation }: PlanResolved['operationContext']) {
    const { telemetry } = this.#config
    return tracedSync('gateway.validate', telemetry, ({ failed }) => {
      if (!operation.variableDefinitions) return []
      const { errors } = getVariableValues(schema, operation.variableDefinitions, variables ?? {})
      if (errors) failed(errors)
      return errors ?? []
    })
  }
}

/** As the stock gateway keeps its plans: by the document and the operation's name in it. */
const keyOf = ({ queryHash, request: { operationName } }: Request): string =>
  operationName ? `${queryHash} ${operationName}` : queryHash

function schemasOf(sdl: string): Schemas {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false })
  return { supergraph: supergraph.schema.toGraphQLJSSchema(), api: supergraph.apiSchema() }
}

function requestAttributes({ operationName, source }: Request, withDocument: boolean): Record<string, string> {
  return {
    ...(operationName && { operationName, 'graphql.operation.name': operationName }),
    ...(withDocument && source && { 'graphql.document': source }),
  }
}
