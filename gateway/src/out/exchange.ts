import type { Dispatcher } from 'undici'
import { Away } from './away.ts'

/** What came back, whatever it says. */
export interface Answered {
  readonly status: number
  readonly text: string
}

/** A fetch that was sent, until it is answered, fails or is given up; what comes later is nothing to it. */
export class Exchange {
  readonly answer: Promise<Answered>
  readonly #resolve: (answered: Answered) => void
  readonly #reject: (why: Error) => void
  #isGivenUp = false
  #cut: ((why: Error) => void) | undefined

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<Answered>()
    this.answer = promise
    this.#resolve = resolve
    this.#reject = reject
  }

  get isGivenUp(): boolean {
    return this.#isGivenUp
  }

  /** What is done to the request when nobody waits for the answer any more. */
  whenGivenUp(cut: (why: Error) => void): void {
    this.#cut = cut
  }

  /** Nobody waits for it any more, or its time is over. */
  giveUp(why: Error): void {
    this.#isGivenUp = true
    this.#reject(why)
    this.#cut?.(why)
  }

  answered(status: number, text: string): void {
    this.#resolve({ status, text })
  }

  failed(error: Error): void {
    this.#reject(error)
  }
}

/** One fetch in a request of its own, as undici's dispatcher tells of it: no stream is made of what is read whole. */
export class Alone implements Dispatcher.DispatchHandler {
  readonly #exchange: Exchange
  readonly #chunks: Buffer[] = []
  #status = 0

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#exchange.whenGivenUp((why) => controller.abort(why))
    // Given up while it waited for a connection.
    if (this.#exchange.isGivenUp) controller.abort(new Error('given up'))
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    // 1xx only announce the answer.
    if (status >= 200) this.#status = status
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const [only, ...more] = this.#chunks
    const bytes = more.length === 0 ? only : Buffer.concat(this.#chunks)
    this.#exchange.answered(this.#status, bytes?.toString('utf8') ?? '')
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#exchange.failed(this.#status === 0 ? error : new Away('connection', 'BrokenOff'))
  }
}
