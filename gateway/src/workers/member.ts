import cluster, { type Worker } from 'node:cluster'
import { RETIRE } from './worker.ts'

/** How a worker ended; neither code nor signal where its process could not be made at all. */
export interface Ending {
  readonly code: number | null
  readonly signal: string | null
}

/** Longer than a worker takes to hand over, to end what is in flight and to send its last metrics. */
const PATIENCE_MS = 30_000

/** One worker as the primary sees it. */
export class Member {
  readonly number: number
  /** Deaths in a row of those whose place it took. */
  readonly deaths: number
  /** Whether it has the supergraph and listens; false when it ended, or was ended, before that. */
  readonly ready: Promise<boolean>
  readonly ended: Promise<Ending>
  /** Whether another takes its place when it ends. */
  isKept = true
  isGone = false
  readonly #worker: Worker
  readonly #since = performance.now()

  constructor(number: number, deaths: number) {
    this.number = number
    this.deaths = deaths
    this.#worker = cluster.fork({ WORKER: String(number) })
    this.ended = this.#ending()
    this.ready = this.#becomesReady()
  }

  get pid(): number | undefined {
    return this.#worker.process.pid
  }

  get livedMs(): number {
    return performance.now() - this.#since
  }

  /** Lets another have its connections; it ends when it has answered on those it holds. */
  async retire(): Promise<Ending> {
    if (this.#worker.isConnected()) this.#worker.send(RETIRE)
    return this.#endsInTime()
  }

  /** Ends it as a single gateway process ends. */
  async stop(): Promise<Ending> {
    this.#kill('SIGTERM')
    return this.#endsInTime()
  }

  #ending(): Promise<Ending> {
    return new Promise((resolve) => {
      const end = (code: number | null, signal: string | null) => {
        this.isGone = true
        resolve({ code, signal })
      }
      this.#worker.once('exit', end)
      // Of a process that could not be made, or a message that it could not be sent: then its exit follows.
      this.#worker.on('error', () => this.pid === undefined && end(null, null))
    })
  }

  #becomesReady(): Promise<boolean> {
    return new Promise((resolve) => {
      const tooLong = setTimeout(() => this.#kill('SIGKILL'), PATIENCE_MS)
      const decide = (isReady: boolean) => {
        clearTimeout(tooLong)
        resolve(isReady)
      }
      this.#worker.once('listening', () => decide(true))
      void this.ended.then(() => decide(false))
    })
  }

  async #endsInTime(): Promise<Ending> {
    const tooLong = setTimeout(() => this.#kill('SIGKILL'), PATIENCE_MS)
    const ending = await this.ended
    clearTimeout(tooLong)
    return ending
  }

  #kill(signal: NodeJS.Signals): void {
    if (!this.isGone) this.#worker.process.kill(signal)
  }
}
