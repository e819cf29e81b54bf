import {
  ApolloServer,
  type ApolloServerOptionsWithGateway,
  type ApolloServerPlugin,
  type BaseContext,
  type GraphQLRequestContext,
  type GraphQLRequestContextDidResolveOperation,
  type GraphQLRequestContextWillSendResponse,
  HeaderMap,
  type HTTPGraphQLHead,
  type HTTPGraphQLRequest,
  type HTTPGraphQLResponse,
} from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { GraphQLSchema } from 'graphql'
import type { GatewayRequest, GatewayResult } from '../apollo.ts'
import { frontCounter } from '../metrics.ts'
import { Recent } from '../recent.ts'
import { askedIn } from './asked.ts'
import { type Outcome, outcomeOn, type QuickListener, withOutcome } from './outcome.ts'
import { gatewayRequest, type KnownOperation, requestContext } from './request.ts'

/** A plugin of Apollo Server's whose listeners of a request have no other hooks than these. */
export type QuickPlugin<Context extends BaseContext> = Omit<ApolloServerPlugin<Context>, 'requestDidStart'> & {
  readonly requestDidStart?: (context: GraphQLRequestContext<Context>) => Promise<QuickListener<Context>>
}

type Given<Context extends BaseContext> = ApolloServerOptionsWithGateway<Context>

/** As Apollo Server's. Cache control, inline traces, reports, landing page, batches and APQ are off. */
export type QuickServerOptions<Context extends BaseContext> = Omit<
  Given<Context>,
  'plugins' | 'allowBatchedHttpRequests' | 'persistedQueries' | 'stringifyResult'
> & {
  readonly plugins?: readonly QuickPlugin<Context>[]
  /** Told of every answer, beside the metric. */
  readonly onAnswer?: (by: 'quick' | 'apollo') => void
}

/** As `executeHTTPGraphQLRequest` takes it. */
interface Request<Context> {
  readonly httpGraphQLRequest: HTTPGraphQLRequest
  readonly context: () => Promise<Context>
}

type Executor = (request: GatewayRequest) => Promise<GatewayResult>

/** Characters of documents whose operations are known, and what each counts besides: some 30 MB. */
const MOST_CHARACTERS = 1_000_000
const OF_EACH = 400
const MOST_ACCEPTS = 100

/**
 * An Apollo Server in front of a gateway that answers an operation it has met before without its pipeline: the hooks, the
 * executor, JSON. All else is Apollo Server's: what it has not met, what is no plain POST, and each answer with errors,
 * which it formats and gives its status, as if it had carried out the operation itself.
 */
export class QuickServer<Context extends BaseContext> {
  readonly #apollo: ApolloServer<Context>
  readonly #plugins: readonly QuickPlugin<Context>[]
  readonly #known = new Recent<KnownOperation>(MOST_CHARACTERS)
  /** What each `accept` is answered with, null where nothing fits it. */
  readonly #types = new Map<string, string | null>()
  readonly #count: (by: 'quick' | 'apollo') => void
  #schema: GraphQLSchema | undefined
  #execute: Executor | undefined

  constructor({ gateway, plugins = [], onAnswer, ...options }: QuickServerOptions<Context>) {
    this.#plugins = plugins
    const count = frontCounter()
    this.#count = (by) => {
      count(by)
      onAnswer?.(by)
    }
    this.#apollo = new ApolloServer<Context>({
      ...options,
      allowBatchedHttpRequests: false,
      persistedQueries: false,
      gateway: this.#overtaken(gateway),
      plugins: [
        ...plugins.map(resumed),
        this.#learner(),
        ApolloServerPluginCacheControlDisabled(),
        ApolloServerPluginInlineTraceDisabled(),
        ApolloServerPluginLandingPageDisabled(),
        ApolloServerPluginSchemaReportingDisabled(),
        ApolloServerPluginUsageReportingDisabled(),
      ],
    } as Given<Context>)
  }

  start(): Promise<void> {
    return this.#apollo.start()
  }

  stop(): Promise<void> {
    return this.#apollo.stop()
  }

  /** Status, headers and body are Apollo Server's own. */
  async executeHTTPGraphQLRequest(request: Request<Context>): Promise<HTTPGraphQLResponse> {
    const { httpGraphQLRequest: http } = request
    const asked = askedIn(http)
    const key = asked && keyOf(asked.query, asked.operationName)
    const known = key === undefined ? undefined : this.#known.get(key)
    if (!asked || !known || !this.#execute) return this.#byApollo(request)
    let given: Context
    try {
      given = await request.context()
    } catch (error) {
      return this.#byApollo({ ...request, context: () => Promise.reject(error) })
    }
    const type = await this.#typeFor(http.headers.get('accept') ?? '')
    // The schema may have changed while the context was waited for.
    if (!type || this.#known.get(key ?? '') !== known) return this.#byApollo({ ...request, context: async () => given })
    const context = requestContext(this.#apollo, known, asked, copyOf(given))
    const outcome = await this.#carryOut(context, this.#execute)
    if (!('result' in outcome) || outcome.result.errors !== undefined) return this.#told(http, context, outcome)
    const answer = await this.#answer(context, outcome.result, outcome.listeners, type)
    return 'body' in answer ? answer : this.#told(http, context, answer)
  }

  async #carryOut(context: GraphQLRequestContext<Context>, execute: Executor): Promise<Outcome<Context>> {
    let listeners: Outcome<Context>['listeners']
    try {
      listeners = await Promise.all(this.#plugins.map((plugin) => plugin.requestDidStart?.(context)))
    } catch (broken) {
      return { listeners: [], broken }
    }
    try {
      const resolved = context as GraphQLRequestContextDidResolveOperation<Context>
      await Promise.all(listeners.map((one) => one?.didResolveOperation?.(resolved)))
    } catch (refused) {
      return { listeners, refused }
    }
    try {
      return { listeners, result: await execute(gatewayRequest(context)) }
    } catch (failed) {
      return { listeners, failed }
    }
  }

  async #answer(
    context: GraphQLRequestContext<Context>,
    singleResult: GatewayResult,
    listeners: Outcome<Context>['listeners'],
    type: string,
  ): Promise<HTTPGraphQLResponse | Outcome<Context>> {
    const body = { kind: 'single', singleResult: { ...singleResult } }
    const response = Object.assign(context.response, { body })
    const answered = context as GraphQLRequestContextWillSendResponse<Context>
    try {
      await Promise.all(listeners.map((one) => one?.willSendResponse?.(answered)))
    } catch (broken) {
      return { listeners, broken }
    }
    const { status, headers } = response.http
    if (!headers.has('content-type')) headers.set('content-type', type)
    this.#count('quick')
    const { errors, data, extensions } = response.body.singleResult
    const string = `${JSON.stringify({ errors, data, extensions })}\n`
    return { ...(status !== undefined && { status }), headers, body: { kind: 'complete', string } }
  }

  #byApollo(request: Request<Context>): Promise<HTTPGraphQLResponse> {
    this.#count('apollo')
    return this.#apollo.executeHTTPGraphQLRequest(request)
  }

  /** An answer that Apollo Server has to tell: its pipeline finds what became of the operation on the context. */
  #told(
    http: HTTPGraphQLRequest,
    { contextValue, response }: GraphQLRequestContext<Context>,
    outcome: Outcome<Context>,
  ) {
    const context = withOutcome(contextValue, { ...outcome, head: response.http })
    return this.#byApollo({ httpGraphQLRequest: http, context: async () => context })
  }

  /** Apollo Server negotiates, once for each `accept`, over an answer that is nobody's. */
  async #typeFor(accept: string): Promise<string | null> {
    const known = this.#types.get(accept)
    if (known !== undefined || this.#types.size >= MOST_ACCEPTS) return known ?? null
    const headers = new HeaderMap([['content-type', 'application/json']])
    if (accept !== '') headers.set('accept', accept)
    const http = { method: 'POST', headers, search: '', body: { query: '{ __typename }' } }
    const nobody = withOutcome({} as Context, { listeners: [], result: { data: {} } })
    const answer = await this.#apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: http,
      context: async () => nobody,
    })
    const type = (answer.status ?? 200) === 200 ? (answer.headers.get('content-type') ?? null) : null
    this.#types.set(accept, type)
    return type
  }

  /** The gateway as Apollo Server is given it: an operation that has been carried out is not carried out again. */
  #overtaken(gateway: Given<Context>['gateway']): Given<Context>['gateway'] {
    const executorOf = (execute: Executor) => async (request: GatewayRequest) => {
      const outcome = outcomeOn<Context>(request.context)
      if (!outcome) return execute(request)
      if ('result' in outcome) return outcome.result
      throw 'failed' in outcome ? outcome.failed : new Error('An operation was carried out that had been refused.')
    }
    return {
      load: async (options) => {
        const loaded = await gateway.load(options)
        this.#execute = loaded.executor as unknown as Executor
        return { ...loaded, executor: executorOf(this.#execute) } as unknown as typeof loaded
      },
      onSchemaLoadOrUpdate: (callback) =>
        gateway.onSchemaLoadOrUpdate((schemas) => {
          this.#schema = schemas.apiSchema
          this.#known.clear()
          callback(schemas)
        }),
      stop: () => gateway.stop(),
    }
  }

  /** The last of the plugins: remembers what was found valid, and lets an outcome from outside be told. */
  #learner(): ApolloServerPlugin<Context> {
    return {
      requestDidStart: async ({ contextValue, response }) => {
        const outcome = outcomeOn<Context>(contextValue)
        if (outcome && 'broken' in outcome) throw outcome.broken
        if (outcome?.head) merge(outcome.head, response.http)
        return {
          didResolveOperation: async (resolved) => {
            if (outcome && 'refused' in outcome) throw outcome.refused
            if (!outcome && resolved.schema === this.#schema) this.#learn(resolved)
          },
        }
      },
    }
  }

  #learn(resolved: GraphQLRequestContextDidResolveOperation<Context>): void {
    const { schema, source, queryHash, document, operation, operationName, request } = resolved
    if (!operation) return
    const known = { schema, source, queryHash, document, operation, operationName }
    const key = keyOf(source, request.operationName)
    this.#known.set(key, known, source.length + OF_EACH)
  }
}

/** The plugin as Apollo Server has it: of an operation that was begun outside, it goes on with what it began there. */
function resumed<Context extends BaseContext>(
  plugin: QuickPlugin<Context>,
  index: number,
): ApolloServerPlugin<Context> {
  return {
    ...plugin,
    requestDidStart: async (context) => {
      const outcome = outcomeOn<Context>(context.contextValue)
      if (!outcome) return plugin.requestDidStart?.(context)
      const { didEncounterErrors, willSendResponse } = outcome.listeners[index] ?? {}
      return { ...(didEncounterErrors && { didEncounterErrors }), ...(willSendResponse && { willSendResponse }) }
    },
  }
}

/** No name and no document can be taken for another's. */
const keyOf = (query: string, operationName: string | undefined): string =>
  operationName ? `${operationName.length}:${operationName}${query}` : `:${query}`

/** What a hook or the executor has said of the answer's head. */
function merge(from: HTTPGraphQLHead, to: HTTPGraphQLHead): void {
  if (from.status !== undefined) to.status = from.status
  for (const [name, value] of from.headers) to.headers.set(name, value)
}

/** As Apollo Server does: what hooks put on a context is nobody else's. */
const copyOf = <T extends object>(context: T): T =>
  Object.assign(Object.create(Object.getPrototypeOf(context)), context)
