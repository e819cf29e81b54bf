import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { context as otel, propagation, SpanStatusCode, trace } from '@opentelemetry/api'
import { AGENCY_OF } from '@satuanak/contracts'
import type { SignForSubgraph } from '@satuanak/identity'
import type { GraphQLFormattedError } from 'graphql'
import type { GatewayContext } from './context.ts'
import { placeErrors, type SubgraphFetch } from './fetch-paths.ts'
import { AgencyLine, type LineOptions, steadyNow } from './out/agency-line.ts'
import { Away } from './out/away.ts'
import type { BreakerState } from './out/circuit-breaker.ts'
import { agencyUnreachable, isMutation, type Paused } from './unreachable.ts'

/** What the gateway notes of a fetch that failed. Never an address, a header or a variable. */
interface SourceLog {
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface AgencySourceOptions extends LineOptions {
  readonly sign: SignForSubgraph
  readonly log: SourceLog
}

/** Documents of the planner's that are kept as JSON, and the longest of them: a caller may write much into one. */
const MOST_WRITTEN = 1_000
const LONGEST_WRITTEN = 4_096

type Processed = Awaited<ReturnType<GraphQLDataSource['process']>>

interface Answer {
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

/** The agency answered nothing that is GraphQL: said to the caller as "away", told apart in the log. */
class NoAnswer extends Error {}

/**
 * One agency's subgraph as the gateway sees it. Signs the caller on to this subgraph alone, passes on language, trace
 * and request id and no other header, and turns an agency that is away into errors at the fields it would have
 * answered, so that the others' data stays.
 */
export class AgencySource implements GraphQLDataSource<GatewayContext> {
  readonly #options: AgencySourceOptions
  readonly #line: AgencyLine
  readonly #written = new Map<string, string>()

  constructor(options: AgencySourceOptions) {
    this.#options = options
    const { service, log } = options
    const onAlone = (status: number) => log.warn({ service, status }, 'the agency takes one fetch in a request only')
    this.#line = new AgencyLine({ ...options, onAlone })
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
      return { data: null, errors: this.#unreachable(error, fetch, context) } as Processed
    }
  }

  /** Whether the agency is asked, and if not until when. */
  get circuit(): { readonly state: BreakerState; readonly retryAt: Temporal.Instant | undefined } {
    const { state, retryAt } = this.#line.breaker
    return { state, retryAt: retryAt === undefined ? undefined : instant(retryAt) }
  }

  /** Lets fetches under way end, then gives the connections back. */
  close(): Promise<void> {
    return this.#line.close()
  }

  async #ask(fetch: SubgraphFetch, operationName: string | undefined, context: GatewayContext): Promise<Answer> {
    const { service, sign } = this.#options
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: `Bearer ${await sign(context.caller, service)}`,
      'x-request-id': context.requestId,
      ...(context.acceptLanguage !== undefined && { 'accept-language': context.acceptLanguage }),
    }
    propagation.inject(otel.active(), headers)
    const body = this.#bodyOf(fetch, operationName)
    const { status, text } = await this.#line.ask({ headers, body, isChange: isMutation(fetch) }, context.time)
    return readAnswer(status, text)
  }

  /** As `JSON.stringify` writes it; the document, which is most of it, is written once. */
  #bodyOf({ query, variables }: SubgraphFetch, operationName: string | undefined): string {
    const known = this.#written.get(query)
    const written = known ?? JSON.stringify(query)
    if (known === undefined && query.length <= LONGEST_WRITTEN) {
      if (this.#written.size >= MOST_WRITTEN) this.#written.clear()
      this.#written.set(query, written)
    }
    const name = operationName === undefined ? '' : `,"operationName":${JSON.stringify(operationName)}`
    return `{"query":${written},"variables":${JSON.stringify(variables)}${name}}`
  }

  #unreachable(error: unknown, fetch: SubgraphFetch, { locale }: GatewayContext): GraphQLFormattedError[] {
    const at = error instanceof Away ? error.retryAt : undefined
    const paused = at === undefined ? undefined : pausedUntil(at, (this.#options.now ?? steadyNow)())
    return agencyUnreachable(this.#options.service, fetch, locale, paused)
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

  #note(error: unknown, { requestId }: GatewayContext): void {
    const { service, log } = this.#options
    const reason = error instanceof Error ? error.message : 'unknown'
    trace.getActiveSpan()?.setStatus({ code: SpanStatusCode.ERROR, message: reason })
    if (error instanceof Away && error.kind === 'cancelled') return
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

const instant = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(Math.ceil(ms))

const pausedUntil = (retryAt: number, now: number): Paused => ({
  retryAt: instant(retryAt),
  seconds: Math.max(1, Math.ceil((retryAt - now) / 1_000)),
})
