export interface BreakerOptions {
  /** So many failures one after the other open the circuit. */
  readonly failures: number
  /** So does this share of failures in a window, once it holds `least` fetches. */
  readonly share: number
  readonly least: number
  readonly windowMs: number
  /** Milliseconds until one fetch is let through to see whether the agency is back. */
  readonly openMs: number
}

export const BREAKER: BreakerOptions = { failures: 5, share: 0.5, least: 20, windowMs: 10_000, openMs: 5_000 }

export type BreakerState = 'closed' | 'open' | 'half-open'

/** Leave to ask the agency once. How it went is told by one of these, once. */
export interface Pass {
  succeeded(): void
  failed(): void
  /** It says nothing of the agency: the client went away, or had too little time left. */
  unknown(): void
}

/**
 * Keeps the gateway from waiting for an agency that does not answer. Closed: everything passes, failures are counted.
 * Open: nothing passes. After `openMs` one fetch passes as a probe (half-open); its success closes the circuit, its
 * failure opens it for as long again. The window starts anew when it is over; it does not slide.
 */
export class CircuitBreaker {
  readonly #options: BreakerOptions
  readonly #now: () => number
  #inARow = 0
  #window = { since: 0, all: 0, failed: 0 }
  /** Undefined while closed. */
  #openUntil: number | undefined
  #isProbing = false
  /** Passes of an earlier state say nothing of the present one. */
  #era = 0

  /** @param now milliseconds since 1970 that never run backwards. */
  constructor(options: BreakerOptions, now: () => number) {
    this.#options = options
    this.#now = now
  }

  get state(): BreakerState {
    if (this.#openUntil === undefined) return 'closed'
    return this.#isProbing ? 'half-open' : 'open'
  }

  /** When the agency is asked again, in milliseconds since 1970; undefined while the circuit is closed. */
  get retryAt(): number | undefined {
    return this.#openUntil
  }

  /** Leave to ask, or null while the circuit is open or its probe is under way. */
  enter(): Pass | null {
    if (this.#openUntil === undefined)
      return this.#pass(
        () => this.#count(true),
        () => this.#count(false),
        () => {},
      )
    if (this.#isProbing || this.#now() < this.#openUntil) return null
    this.#isProbing = true
    // Who is turned away meanwhile is told when the next probe comes if this one fails.
    this.#openUntil = this.#now() + this.#options.openMs
    return this.#pass(
      () => this.#close(),
      () => this.#open(),
      () => this.#await(),
    )
  }

  #pass(succeeded: () => void, failed: () => void, unknown: () => void): Pass {
    const era = this.#era
    const ifPresent = (act: () => void) => () => {
      if (era === this.#era) act()
    }
    return { succeeded: ifPresent(succeeded), failed: ifPresent(failed), unknown: ifPresent(unknown) }
  }

  #count(isOk: boolean): void {
    const { failures, share, least, windowMs } = this.#options
    const now = this.#now()
    if (now - this.#window.since >= windowMs) this.#window = { since: now, all: 0, failed: 0 }
    this.#window.all += 1
    this.#inARow = isOk ? 0 : this.#inARow + 1
    if (isOk) return
    this.#window.failed += 1
    const { all, failed } = this.#window
    if (this.#inARow >= failures || (all >= least && failed >= all * share)) this.#open()
  }

  #open(): void {
    this.#era += 1
    this.#isProbing = false
    this.#openUntil = this.#now() + this.#options.openMs
  }

  #close(): void {
    this.#era += 1
    this.#isProbing = false
    this.#openUntil = undefined
    this.#inARow = 0
    this.#window = { since: this.#now(), all: 0, failed: 0 }
  }

  /** The probe found out nothing: the next fetch is one. */
  #await(): void {
    this.#isProbing = false
    this.#openUntil = this.#now()
  }
}
