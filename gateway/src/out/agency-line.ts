import { setTimeout as wait } from 'node:timers/promises'
import type { ServiceName } from '@satuanak/contracts'
import { Pool } from 'undici'
import { Away } from './away.ts'
import { type BreakerOptions, CircuitBreaker, type Pass } from './circuit-breaker.ts'
import { type Answered, Exchange } from './exchange.ts'
import { FetchTime, type Waiting } from './fetch-time.ts'
import { type AgencyMetrics, agencyMetrics } from './metrics.ts'
import { RetryBudget } from './retry-budget.ts'
import { Sender } from './sender.ts'

export interface LineOptions {
  readonly service: ServiceName
  /** Where the subgraph answers GraphQL. */
  readonly url: URL
  /** Milliseconds one fetch may take: connecting, reading and retries. */
  readonly agencyMs: number
  /** Connections to the agency at most; a fetch that finds none free waits for one. */
  readonly connections: number
  readonly breaker: BreakerOptions
  /** Milliseconds since 1970 that never run backwards. */
  readonly now?: () => number
  /** Told of the status by which the agency refused several fetches in one request: it is sent each alone from then on. */
  readonly onAlone?: (status: number) => void
  /** Waits before a retry; for tests. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>
}

export interface LineRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** A mutation: sent once, and not taken back. */
  readonly isChange: boolean
}

/** Milliseconds that a connection may take to be made, so that a retry still fits into the agency's time. */
const CONNECT_MS = 1_000
const RETRIES = 2
/** A retry waits up to so many milliseconds, and twice as many the second time: together they would come as one wave. */
const PAUSE_MS = 50

/** No answer can have begun when one of these comes before the headers. */
const CONNECTION_FAILURES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
])

/** The line to one agency: kept connections, the time of each fetch, retries of reads, and a circuit breaker. */
export class AgencyLine {
  readonly breaker: CircuitBreaker
  readonly #options: LineOptions
  readonly #pool: Pool
  readonly #sender: Sender
  readonly #retries = new RetryBudget()
  readonly #metrics: AgencyMetrics

  constructor(options: LineOptions) {
    const { url, connections } = options
    this.#options = options
    this.breaker = new CircuitBreaker(options.breaker, options.now ?? steadyNow)
    // The agency's server says for how long it keeps an idle connection; undici gives it up a little earlier.
    this.#pool = new Pool(url.origin, { connections, pipelining: 1, connect: { timeout: CONNECT_MS } })
    this.#metrics = agencyMetrics(options.service, () => this.breaker.state)
    this.#sender = new Sender({
      pool: this.#pool,
      url,
      mayRetry: () => {
        const may = this.#retries.spend()
        if (may) this.#metrics.retried()
        return may
      },
      onAlone: (status) => options.onAlone?.(status),
    })
  }

  /**
   * Sends one GraphQL request; whatever status comes back is an answer.
   * @throws Away where none came, and where the circuit is open or nobody waits: then nothing was sent.
   */
  async ask(request: LineRequest, waiting: Waiting): Promise<Answered> {
    const time = new FetchTime(this.#options.agencyMs, waiting, request.isChange)
    try {
      const pass = this.breaker.enter()
      if (pass) return await this.#measured(pass, request, time)
      this.#metrics.refused()
      throw new Away('circuit-open', 'CircuitOpen', this.breaker.retryAt)
    } finally {
      time.done()
    }
  }

  /** Lets fetches under way end, then gives the connections back. */
  async close(): Promise<void> {
    this.#metrics.close()
    await this.#pool.close()
  }

  async #measured(pass: Pass, request: LineRequest, time: FetchTime): Promise<Answered> {
    const started = performance.now()
    const seconds = () => (performance.now() - started) / 1_000
    this.#metrics.begun()
    this.#retries.earn()
    try {
      const answer = await this.#insisting(request, time)
      const isFailure = answer.status >= 500
      if (isFailure) pass.failed()
      else pass.succeeded()
      this.#metrics.ended(isFailure ? 'failed' : 'answered', seconds())
      return answer
    } catch (error) {
      const away = awayFor(error)
      if (away.kind === 'connection' || (away.kind === 'timeout' && time.isWhole)) pass.failed()
      else pass.unknown()
      this.#metrics.ended(away.kind, seconds())
      throw away
    }
  }

  /** Reads are sent again when the connection failed before an answer began; changes never. */
  async #insisting(request: LineRequest, time: FetchTime): Promise<Answered> {
    for (let tried = 0; ; tried += 1) {
      try {
        return await this.#once(request, time)
      } catch (error) {
        const mayRetry = !request.isChange && tried < RETRIES && !time.over && isConnectionFailure(error)
        if (!mayRetry || !this.#retries.spend()) throw error
        const pause = this.#options.pause ?? ((ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }))
        const stop = new AbortController()
        time.whenOver((why) => stop.abort(why))
        await pause(Math.random() * PAUSE_MS * 2 ** tried, stop.signal).catch(() => {
          throw time.over
        })
        this.#metrics.retried()
      }
    }
  }

  async #once({ headers, body, isChange }: LineRequest, time: FetchTime): Promise<Answered> {
    const exchange = new Exchange()
    time.whenOver((why) => exchange.giveUp(why))
    const message = { headers: { ...headers, 'x-deadline-ms': String(time.leftMs()) }, body, isChange }
    this.#sender.send(message, exchange)
    return exchange.answer
  }
}

/** The wall's time as it was when the process began, and what has passed since. */
export const steadyNow = (): number => performance.timeOrigin + performance.now()

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

const isConnectionFailure = (error: unknown): boolean => CONNECTION_FAILURES.has(codeOf(error))

/** The kind of a network error without the address that its message holds. */
function awayFor(error: unknown): Away {
  if (error instanceof Away) return error
  return new Away('connection', codeOf(error) || (error instanceof Error ? error.name : 'unknown'))
}
