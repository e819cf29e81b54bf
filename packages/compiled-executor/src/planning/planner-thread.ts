import { Worker } from 'node:worker_threads'
import type { QueryPlan, QueryPlannerConfig } from '@apollo/query-planner'

/** What crosses between the threads. */
export interface PlannerData {
  readonly supergraphSdl: string
  readonly config: Omit<QueryPlannerConfig, 'cache'> | undefined
}
export interface PlanQuestion {
  readonly id: number
  readonly source: string
  readonly operationName: string | undefined
}
/** Without a plan: the thread could not make one. 0 is the word that it is ready. */
export interface PlanAnswer {
  readonly id: number
  readonly plan?: QueryPlan
}

interface Waiting extends PlanQuestion {
  readonly answered: (plan: QueryPlan | undefined) => void
  readonly refused: (error: Error) => void
}

/** An operation whose plan was not made in its time. */
export class PlanningTooLong extends Error {
  override readonly name = 'PlanningTooLong'
}

/**
 * Makes plans on a thread of its own, one after the other: whoever answers meanwhile is not held up. A plan that takes
 * longer than `budgetMs` is given up with its thread, and the next ones are made on a new one.
 */
export class PlannerThread {
  readonly #data: PlannerData
  readonly #budgetMs: number
  readonly #queue: Waiting[] = []
  readonly #started = Promise.withResolvers<void>()
  #worker: Worker | undefined
  #ready = false
  #busy: Waiting | undefined
  #timer: NodeJS.Timeout | undefined
  #ids = 0
  #closed = false

  constructor(data: PlannerData, budgetMs: number) {
    this.#data = data
    this.#budgetMs = budgetMs
    this.#start()
  }

  /**
   * @returns undefined where there is no plan for it: it does not fit the schema, or no thread can be had.
   * @throws PlanningTooLong
   */
  plan(source: string, operationName: string | undefined): Promise<QueryPlan | undefined> {
    if (this.#closed) return Promise.resolve(undefined)
    return new Promise((answered, refused) => {
      this.#queue.push({ id: ++this.#ids, source, operationName, answered, refused })
      this.#next()
    })
  }

  /** Once the first thread has read its supergraph, or cannot be had. */
  get ready(): Promise<void> {
    return this.#started.promise
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#giveUp()
    await this.#worker?.terminate()
  }

  #start(): void {
    this.#ready = false
    const worker = new Worker(new URL('./planner-worker.ts', import.meta.url), { workerData: this.#data })
    // Nothing waits for it where nothing else does.
    worker.unref()
    worker.on('message', (answer: PlanAnswer) => this.#hear(worker, answer))
    worker.on('error', () => this.#lost(worker))
    this.#worker = worker
  }

  #next(): void {
    if (!this.#ready || this.#busy) return
    const next = this.#queue.shift()
    if (!next) return
    const { id, source, operationName } = next
    this.#busy = next
    this.#timer = setTimeout(() => this.#tooLong(), this.#budgetMs)
    this.#worker?.postMessage({ id, source, operationName } satisfies PlanQuestion)
  }

  #hear(worker: Worker, { id, plan }: PlanAnswer): void {
    if (worker !== this.#worker) return
    if (id === 0) {
      this.#ready = true
      this.#started.resolve()
    } else if (this.#busy?.id === id) this.#finish()?.answered(plan)
    this.#next()
  }

  #finish(): Waiting | undefined {
    clearTimeout(this.#timer)
    const done = this.#busy
    this.#busy = undefined
    return done
  }

  #tooLong(): void {
    const late = this.#finish()
    const worker = this.#worker
    this.#start()
    void worker?.terminate()
    late?.refused(new PlanningTooLong(`no plan within ${this.#budgetMs} ms`))
  }

  /** A thread that died: those that wait make their plans themselves, and the next ones find a new thread. */
  #lost(worker: Worker): void {
    if (worker !== this.#worker) return
    this.#giveUp()
    if (this.#ready && !this.#closed) this.#start()
    else this.#closed = true
  }

  #giveUp(): void {
    const waiting = [this.#finish(), ...this.#queue.splice(0)]
    for (const one of waiting) one?.answered(undefined)
    this.#started.resolve()
  }
}
