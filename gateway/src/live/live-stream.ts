import type { ServerResponse } from 'node:http'
import { beatFrame, comeBack, expiredFrame } from './frames.ts'
import type { Ending } from './metrics.ts'
import type { Position } from './position.ts'

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx and its like would keep the notices until a buffer is full.
  'x-accel-buffering': 'no',
  // What ends takes its connection along: whoever comes back is given to a process that listens.
  connection: 'close',
} as const

/** How long a client that does not read may take over the last words. */
const LAST_WORDS_MS = 5_000
/** The longest that a timer can wait; no token lasts as long. */
const LONGEST_MS = 2 ** 31 - 1

export interface LiveStreamOptions {
  readonly response: ServerResponse
  readonly expiresAt: Temporal.Instant
  readonly beatMs: number
  readonly waitingBytes: number
  /** Where everyone is who hears. */
  readonly position: () => Position
  readonly onEnd: (why: Ending) => void
}

/** One client that listens: what it was sent, and when it ends. */
export class LiveStream {
  /** Notices up to this sequence are not sent: it has them, or knows that it has not. */
  after = 0
  readonly #options: LiveStreamOptions
  readonly #timers: NodeJS.Timeout[]
  #ending: Ending | undefined

  constructor(options: LiveStreamOptions) {
    this.#options = options
    const { response, expiresAt, beatMs, position } = options
    const untilExpired = Math.max(0, Math.min(expiresAt.epochMilliseconds - Date.now(), LONGEST_MS))
    this.#timers = [
      setTimeout(() => this.end('expired'), untilExpired),
      setInterval(() => this.send(beatFrame({ ...position(), seq: Math.max(position().seq, this.after) })), beatMs),
    ]
    response.writeHead(200, HEADERS)
    response.once('close', () => this.#closed())
  }

  get isOpen(): boolean {
    return this.#ending === undefined
  }

  /** A client that lets too much wait is cut off: what it missed it is given when it resumes. */
  send(frames: string | Uint8Array): void {
    const { response, waitingBytes } = this.#options
    if (!this.isOpen) return
    if (response.writableLength > waitingBytes) this.#cut('slow')
    else response.write(frames)
  }

  end(why: Extract<Ending, 'expired' | 'closing'>): void {
    if (!this.isOpen) return
    this.#over(why)
    const { response } = this.#options
    response.end(why === 'expired' ? expiredFrame() : comeBack())
    setTimeout(() => response.destroy(), LAST_WORDS_MS).unref()
  }

  #cut(why: Ending): void {
    this.#over(why)
    this.#options.response.destroy()
  }

  #closed(): void {
    if (this.isOpen) this.#over('gone')
  }

  #over(why: Ending): void {
    this.#ending = why
    for (const timer of this.#timers) clearTimeout(timer)
    this.#options.onEnd(why)
  }
}
