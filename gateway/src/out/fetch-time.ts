import { Away } from './away.ts'

/** How long the operation may still take, and whether anybody waits for it. */
export interface Waiting {
  readonly signal: AbortSignal
  remainingMs(): number
}

/** The time of one fetch: over when it has passed, and for a read also when nobody waits for it any more. */
export class FetchTime {
  /** Whether the agency has the whole of its own time: what is cut shorter is not its fault. */
  readonly isWhole: boolean
  readonly #timer: NodeJS.Timeout
  readonly #endsAt: number
  readonly #waiting: Waiting
  readonly #onGone = () => this.#end(new Away('cancelled', 'Cancelled'))
  #over: Away | undefined
  #act: ((why: Away) => void) | undefined

  /**
   * @param agencyMs milliseconds the agency may take.
   * @throws Away where nobody waits any more, or no time is left: then no fetch begins, of a change neither.
   */
  constructor(agencyMs: number, waiting: Waiting, isChange: boolean) {
    const left = waiting.remainingMs()
    if (waiting.signal.aborted || left <= 0) throw new Away('cancelled', 'NotBegun')
    const ms = Math.min(agencyMs, left)
    this.isWhole = agencyMs <= left
    this.#waiting = waiting
    this.#endsAt = performance.now() + ms
    this.#timer = setTimeout(() => this.#end(new Away('timeout', 'TimeoutError')), ms)
    // A change that was sent is waited for to learn whether it was written, whoever has gone.
    if (!isChange) waiting.signal.addEventListener('abort', this.#onGone, { once: true })
  }

  /** Why the fetch is given up, once it is. */
  get over(): Away | undefined {
    return this.#over
  }

  /** Calls `act` when the time is over, at once where it is; in the place of whoever was to be called before. */
  whenOver(act: (why: Away) => void): void {
    this.#act = act
    if (this.#over) act(this.#over)
  }

  /** Milliseconds left, whole, at least 1. */
  leftMs(): number {
    return Math.max(1, Math.floor(this.#endsAt - performance.now()))
  }

  done(): void {
    this.#act = undefined
    clearTimeout(this.#timer)
    this.#waiting.signal.removeEventListener('abort', this.#onGone)
  }

  #end(why: Away): void {
    if (this.#over) return
    this.#over = why
    this.#act?.(why)
  }
}
