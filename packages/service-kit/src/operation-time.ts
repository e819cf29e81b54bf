import { AsyncLocalStorage } from 'node:async_hooks'
import { tooSlow } from './http-refusal.ts'

/** Milliseconds that what was aborted has to end with what it has, before the client is answered 504. */
const GRACE = 1_000

/** The time one operation has, and whether anybody still waits for it. */
export class OperationTime {
  /** Rejects with a 504 when the operation has not ended a second after its time. */
  readonly late: Promise<never>
  readonly #abort = new AbortController()
  readonly #rejectLate: (refusal: Error) => void
  readonly #atEnd: (() => void)[] = []
  #endsAt: number
  #isKept = false
  #isDone = false
  #stop: NodeJS.Timeout | undefined
  #cut: NodeJS.Timeout | undefined

  /** @param ms milliseconds from now. */
  constructor(ms: number) {
    const { promise, reject } = Promise.withResolvers<never>()
    // Nobody may be waiting for it when it comes.
    promise.catch(() => undefined)
    this.late = promise
    this.#rejectLate = reject
    this.#endsAt = performance.now() + ms
    this.#setTimers(ms)
  }

  /** Aborts when the client goes away, or when the time is over. */
  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** What may be cut short when it aborts; nothing of a mutation may. */
  get interruption(): AbortSignal | undefined {
    return this.#isKept ? undefined : this.#abort.signal
  }

  /** Milliseconds left, 0 when the time is over. */
  remainingMs(): number {
    return Math.max(0, this.#endsAt - performance.now())
  }

  /** The asker waits for so many milliseconds from now and no longer. Shortens the time, never lengthens it. */
  endWithin(ms: number): void {
    if (ms >= this.remainingMs()) return
    this.#endsAt = performance.now() + ms
    this.#setTimers(ms)
  }

  /** What writes is let run to its end: an answer that nobody reads is better than not knowing what was written. */
  keep(): void {
    this.#isKept = true
  }

  /** The client went away. */
  leave(): void {
    this.#abort.abort()
  }

  /** Calls `act` once the answer is on its way, or cannot be any more. */
  atEnd(act: () => void): void {
    if (this.#isDone) act()
    else this.#atEnd.push(act)
  }

  /** The answer is on its way. */
  done(): void {
    this.#isDone = true
    this.#clearTimers()
    for (const act of this.#atEnd.splice(0)) act()
  }

  #clearTimers(): void {
    clearTimeout(this.#stop)
    clearTimeout(this.#cut)
  }

  #setTimers(ms: number): void {
    this.#clearTimers()
    this.#stop = setTimeout(() => this.#abort.abort(tooSlow()), ms)
    this.#cut = setTimeout(() => this.#rejectLate(tooSlow()), ms + GRACE)
  }
}

const CURRENT = new AsyncLocalStorage<OperationTime | undefined>()

/** Runs an operation so that whatever works for it, the database's pool included, knows its time. */
export const withinTime = <T>(time: OperationTime, run: () => T): T => CURRENT.run(time, run)

/** Runs what has to be done even if nobody waits any more: the audit of what was read and refused. */
export const beyondTime = <T>(run: () => T): T => CURRENT.run(undefined, run)

/** Aborts when the present work is for nobody; undefined outside an operation, in a mutation and for the audit. */
export const interruption = (): AbortSignal | undefined => CURRENT.getStore()?.interruption

/** Lets the present operation run to its end. */
export const keepOperation = (): void => CURRENT.getStore()?.keep()
