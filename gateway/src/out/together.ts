import type { IncomingHttpHeaders } from 'node:http'
import { TOGETHER_TYPE } from '@satuanak/service-kit'
import type { Dispatcher } from 'undici'
import { Away } from './away.ts'
import type { Exchange } from './exchange.ts'

const NEWLINE = 0x0a

/** What becomes of those who have no answer. */
export interface Fate {
  /** The agency takes no such request: none of them was carried out. */
  refused(open: readonly Exchange[], status: number): void
  /** The connection failed. */
  lost(open: readonly Exchange[], error: Error): void
}

/** A place, a status, and what follows. */
const LINE_HEAD = /^(\d{1,3}) (\d{3}) /

/** One request of several fetches and the lines that answer it, each as it comes. */
export class Together implements Dispatcher.DispatchHandler {
  readonly #exchanges: readonly Exchange[]
  readonly #fate: Fate
  readonly #open: Set<Exchange>
  /** The line that is coming in, in pieces. */
  #line: Buffer[] = []
  #status = 0
  #isLines = false

  constructor(exchanges: readonly Exchange[], fate: Fate) {
    this.#exchanges = exchanges
    this.#fate = fate
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
    let from = 0
    for (let to = chunk.indexOf(NEWLINE); to !== -1; to = chunk.indexOf(NEWLINE, from)) {
      this.#take(this.#lineWith(chunk.subarray(from, to)))
      from = to + 1
    }
    if (from < chunk.byteLength) this.#line.push(chunk.subarray(from))
  }

  onResponseEnd(): void {
    if (this.#open.size === 0) return
    if (this.#isLines) this.#lost(new Away('connection', 'BrokenOff'))
    else if (this.#status < 500) this.#fate.refused([...this.#open], this.#status)
    else for (const exchange of this.#open) exchange.answered(this.#status, '')
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#lost(this.#status === 0 ? error : new Away('connection', 'BrokenOff'))
  }

  #lineWith(last: Buffer): Buffer {
    if (this.#line.length === 0) return last
    const line = Buffer.concat([...this.#line, last])
    this.#line = []
    return line
  }

  #take(line: Buffer): void {
    const [head, place, status] = LINE_HEAD.exec(line.toString('latin1', 0, 8)) ?? []
    const exchange = this.#exchanges[Number(place)]
    if (!head || !exchange) return
    this.#open.delete(exchange)
    exchange.answered(Number(status), line.toString('utf8', head.length))
  }

  #lost(error: Error): void {
    if (this.#open.size > 0) this.#fate.lost([...this.#open], error)
  }
}
