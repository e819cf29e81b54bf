import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { context as otel, propagation, SpanStatusCode, trace } from '@opentelemetry/api'
import { AGENCY_OF, type ServiceName } from '@satuanak/contracts'
import type { SignForSubgraph } from '@satuanak/identity'
import type { GraphQLFormattedError } from 'graphql'
import { Pool } from 'undici'
import type { GatewayContext } from './context.ts'
import { placeErrors, type SubgraphFetch } from './fetch-paths.ts'
import { agencyUnreachable } from './unreachable.ts'

/** What the gateway notes of a fetch that failed. Never an address, a header or a variable. */
interface SourceLog {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface AgencySourceOptions {
  readonly service: ServiceName
  /** Where the subgraph answers GraphQL. */
  readonly url: URL
  readonly sign: SignForSubgraph
  /** Milliseconds one fetch may take, connecting and reading included. */
  readonly timeoutMs: number
  readonly log: SourceLog
}

type Processed = Awaited<ReturnType<GraphQLDataSource['process']>>

interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** The agency did not answer, or answered nothing that is GraphQL: said to the caller as "away", told apart in the log. */
class NoAnswer extends Error {}

/**
 * One agency's subgraph as the gateway sees it. Signs the caller on to this subgraph alone, passes on language, trace
 * and request id and no other header, and turns an agency that is away into errors at the fields it would have
 * answered, so that the others' data stays.
 */
export class AgencySource implements GraphQLDataSource<GatewayContext> {
  readonly #options: AgencySourceOptions
  readonly #pool: Pool

  constructor(options: AgencySourceOptions) {
    this.#options = options
    this.#pool = new Pool(options.url.origin, { connections: 64, pipelining: 1 })
  }

  async process(options: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<Processed> {
    if (!('incomingRequestContext' in options)) throw new Error('A static supergraph asks a subgraph operations only.')
    const { context } = options.incomingRequestContext
    const fetch = { query: options.request.query ?? '', variables: options.request.variables ?? {} }
    try {
      const { data, errors } = await this.#ask(fetch, options.request.operationName, context)
      return { data: data ?? null, ...(errors && { errors: this.#placed(errors, fetch) }) } as Processed
    } catch (error) {
      this.#note(error, context)
      return { data: null, errors: agencyUnreachable(this.#options.service, fetch, context.locale) } as Processed
    }
  }

  /** Lets fetches under way end, then gives the connections back. */
  close(): Promise<void> {
    return this.#pool.close()
  }

  async #ask(fetch: SubgraphFetch, operationName: string | undefined, context: GatewayContext): Promise<Answer> {
    const { service, url, sign, timeoutMs } = this.#options
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${await sign(context.caller, service)}`,
      'x-request-id': context.requestId,
      ...(context.acceptLanguage !== undefined && { 'accept-language': context.acceptLanguage }),
    }
    propagation.inject(otel.active(), headers)
    const response = await this.#pool.request({
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      headers,
      body: JSON.stringify({ ...fetch, operationName }),
      signal: AbortSignal.any([context.signal, AbortSignal.timeout(timeoutMs)]),
    })
    return readAnswer(response.statusCode, await response.body.text())
  }

  #placed(errors: readonly GraphQLFormattedError[], fetch: SubgraphFetch): GraphQLFormattedError[] {
    const agency = AGENCY_OF[this.#options.service]
    const known = errors.map((error) => {
      // `http` would set the status of the whole answer.
      const { http: _http, stacktrace: _stacktrace, ...rest } = error.extensions ?? {}
      const code = isRefusedDocument(error) && { code: 'BAD_USER_INPUT' }
      return { ...error, extensions: { agency, ...rest, ...code } }
    })
    return placeErrors(known, fetch)
  }

  #note(error: unknown, { requestId, signal }: GatewayContext): void {
    const { service, log } = this.#options
    const reason = reasonOf(error)
    trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.ERROR, message: reason })
    if (signal.aborted) return
    if (error instanceof NoAnswer) log.error({ service, requestId, reason }, 'the agency gave no usable answer')
    else log.warn({ service, requestId, reason }, 'the agency cannot be reached')
  }
}

/**
 * GraphQL answers with 200, or with 400 what it could not read of the variables. Everything else is a server in trouble,
 * a key or an address that is wrong, or a subgraph whose schema is not the one that was composed.
 */
function readAnswer(status: number, text: string): Answer {
  if (status !== 200 && status !== 400) throw new NoAnswer(`status ${status}`)
  let answer: Answer | null
  try {
    answer = JSON.parse(text) as Answer | null
  } catch {
    throw new NoAnswer(`status ${status}, not JSON`)
  }
  if (typeof answer !== 'object' || answer === null || !('data' in answer || 'errors' in answer)) {
    throw new NoAnswer(`status ${status}, not GraphQL`)
  }
  const refused = answer.errors?.find((error) => isRefusedDocument(error) && !isWrittenForCaller(error))
  if (refused) throw new NoAnswer(`schema drift: ${String(refused.extensions?.code)}`)
  return answer
}

const isRefusedDocument = ({ extensions }: GraphQLFormattedError) => String(extensions?.code).startsWith('GRAPHQL_')

/** A scalar written into the document by the caller, which only the subgraph can read: refused with a sentence. */
const isWrittenForCaller = ({ extensions }: GraphQLFormattedError) => typeof extensions?.message === 'object'

/** The kind of a network error, `ECONNREFUSED` or `TimeoutError`, without the address that its message holds. */
function reasonOf(error: unknown): string {
  if (error instanceof NoAnswer) return error.message
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
