import type { IncomingHttpHeaders } from 'node:http'
import { TOGETHER_TYPE } from '@satuanak/service-kit'
import type { Dispatcher } from 'undici'
import { Away } from './away.ts'
import type { Exchange } from './exchange.ts'

const NEWLINE = 0x0a
const SPACE = 0x20

/** One request of several fetches and the lines that answer it, each as it comes. */
export class Together implements Dispatcher.DispatchHandler {
  readonly #exchanges: readonly Exchange[]
  readonly #onRefused: (open: readonly Exchange[]) => void
  readonly #open: Set<Exchange>
  #rest: Buffer = Buffer.alloc(0)
  #status = 0
  #isLines = false

  /** @param onRefused told of all where the agency takes no such request: then none of them was carried out. */
  constructor(exchanges: readonly Exchange[], onRefused: (open: readonly Exchange[]) => void) {
    this.#exchanges = exchanges
    this.#onRefused = onRefused
    this.#open = new Set(exchanges)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const leave = (exchange: Exchange, why: Error) => {
      this.#open.delete(exchange)
      if (this.#open.size === 0) controller.abort(why)
    }
    for (const exchange of this.#exchanges) {
      exchange.whenGivenUp((why) => leave(exchange, why))
      // Given up while it waited for a connection.
      if (exchange.isGivenUp) leave(exchange, new Error('given up'))
    }
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // 1xx only announce the answer.
    if (status < 200) return
    this.#status = status
    this.#isLines = status === 200 && headers['content-type'] === TOGETHER_TYPE
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#isLines) return
    const bytes = this.#rest.byteLength === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let from = 0
    for (let to = bytes.indexOf(NEWLINE); to !== -1; to = bytes.indexOf(NEWLINE, from)) {
      this.#take(bytes.subarray(from, to))
      from = to + 1
    }
    this.#rest = bytes.subarray(from)
  }

  onResponseEnd(): void {
    if (this.#open.size === 0) return
    if (this.#isLines) this.#fail(new Away('connection', 'BrokenOff'))
    else if (this.#status < 500) this.#onRefused([...this.#open])
    else for (const exchange of this.#open) exchange.answered(this.#status, '')
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(this.#status === 0 ? error : new Away('connection', 'BrokenOff'))
  }

  #take(line: Buffer): void {
    const place = line.indexOf(SPACE)
    const exchange = this.#exchanges[Number(line.toString('latin1', 0, place))]
    if (!exchange) return
    this.#open.delete(exchange)
    const status = Number(line.toString('latin1', place + 1, place + 4))
    exchange.answered(status, line.toString('utf8', place + 5))
  }

  #fail(error: Error): void {
    for (const exchange of this.#open) exchange.failed(error)
  }
}
