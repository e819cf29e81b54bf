import type { Dispatcher } from 'undici'
import { Away } from './away.ts'

/** What came back, whatever it says. */
export interface Answered {
  readonly status: number
  readonly text: string
}

/**
 * One request on its way and its answer, as undici's dispatcher tells of it: no stream is made of an answer that is read
 * whole. Where it is given up, `answer` rejects at once and the connection is cut.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<Answered>
  readonly #resolve: (answered: Answered) => void
  readonly #reject: (why: Error) => void
  readonly #chunks: Buffer[] = []
  #controller: Dispatcher.DispatchController | undefined
  #given: Error | undefined
  #status = 0

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<Answered>()
    this.answer = promise
    this.#resolve = resolve
    this.#reject = reject
  }

  /** Nobody waits for it any more, or its time is over. */
  giveUp(why: Error): void {
    this.#given = why
    this.#reject(why)
    this.#controller?.abort(why)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    // Given up while it waited for a connection.
    if (this.#given) controller.abort(this.#given)
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
    this.#resolve({ status: this.#status, text: bytes?.toString('utf8') ?? '' })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(this.#given ?? (this.#status === 0 ? error : new Away('connection', 'BrokenOff')))
  }
}
