import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import type { GatewayConfig } from '@apollo/gateway'
import type { QueryPlan, QueryPlannerConfig } from '@apollo/query-planner'
import { getOperationAST, parse } from 'graphql'
import { type PlanningTold, planningMeter } from '../metrics.ts'
import { Recent } from '../recent.ts'
import { traced } from '../telemetry.ts'
import { PlannerThread, PlanningTooLong } from './planner-thread.ts'

export interface PlansOptions {
  /** How much is kept, in characters of the plans as JSON; those not asked for longest go first. 32 million where nothing is said. */
  readonly characters?: number
  /** Milliseconds that one plan may take; 2,000 where nothing is said. */
  readonly budgetMs?: number
  /** What a client is told whose operation was not planned in its time. */
  readonly tooLong?: () => Error
}

interface Asked {
  readonly source: string
  readonly operationName: string | undefined
}

/**
 * The stock gateway's store of plans, which makes them too: on a thread of its own, so that an operation nobody has seen
 * holds up nobody else. What the thread cannot plan the gateway plans itself, with the error that belongs to it.
 */
export class PlanCache {
  readonly #plans: Recent<QueryPlan>
  readonly #making = new Map<string, Promise<QueryPlan | undefined>>()
  readonly #asking = new AsyncLocalStorage<Asked>()
  readonly #budgetMs: number
  readonly #tooLong: (() => Error) | undefined
  readonly #config: Pick<GatewayConfig, 'queryPlannerConfig' | 'telemetry'>
  readonly #told: PlanningTold
  #thread: PlannerThread | undefined

  constructor(config: GatewayConfig, { characters = 32_000_000, budgetMs = 2_000, tooLong }: PlansOptions) {
    this.#config = config
    this.#plans = new Recent(characters)
    this.#budgetMs = budgetMs
    this.#tooLong = tooLong
    this.#told = planningMeter(() => ({ plans: this.#plans.count, characters: this.#plans.size }))
  }

  /** Another supergraph: its plans are made by another thread. */
  supergraph(supergraphSdl: string): void {
    const { cache: _, ...config } = this.#config.queryPlannerConfig ?? {}
    void this.#thread?.close()
    this.#thread = new PlannerThread({ supergraphSdl, config }, this.#budgetMs)
  }

  /** Runs the stock executor, which asks for its plan by a key alone: of this operation. */
  asking<T>(asked: Asked, run: () => T): T {
    return this.#asking.run(asked, run)
  }

  /** Makes plans of documents of one operation each before anyone asks for them, by its name or without. */
  async warm(sources: readonly string[]): Promise<void> {
    await this.#thread?.ready
    for (const source of sources) {
      const plan = await this.#made(keyOf(source), { source, operationName: undefined })
      const name = getOperationAST(parse(source, { noLocation: true }))?.name?.value
      if (plan && name !== undefined) await this.set(keyOf(source, name), plan)
    }
  }

  async close(): Promise<void> {
    await this.#thread?.close()
  }

  // What the stock gateway calls.

  async get(key: string): Promise<QueryPlan | undefined> {
    const found = this.#plans.get(key)
    if (found) return found
    const asked = this.#asking.getStore()
    return asked && this.#made(key, asked)
  }

  async set(key: string, plan: QueryPlan): Promise<void> {
    this.#plans.set(key, plan, JSON.stringify(plan).length)
  }

  async delete(key: string): Promise<boolean> {
    return this.#plans.delete(key)
  }

  clear(): void {
    this.#plans.clear()
    this.#making.clear()
  }

  /** Once, however many ask for it at the same time. */
  #made(key: string, asked: Asked): Promise<QueryPlan | undefined> {
    const making = this.#making.get(key) ?? this.#make(key, asked)
    this.#making.set(key, making)
    return making
  }

  async #make(key: string, { source, operationName }: Asked): Promise<QueryPlan | undefined> {
    const [started, thread] = [performance.now(), this.#thread]
    try {
      const plan = await traced('gateway.plan', {}, this.#config.telemetry, async () =>
        thread?.plan(source, operationName),
      )
      this.#told(plan ? 'planned' : 'not-planned', performance.now() - started)
      // Not of a supergraph that is no more.
      if (plan && thread === this.#thread) await this.set(key, plan)
      return plan
    } catch (error) {
      if (error instanceof PlanningTooLong) this.#told('too-long', performance.now() - started)
      throw error instanceof PlanningTooLong && this.#tooLong ? this.#tooLong() : error
    } finally {
      this.#making.delete(key)
    }
  }
}

const sha256 = () => createHash('sha256')

/** As the stock gateway calls an operation. */
function keyOf(source: string, operationName?: string): string {
  const query = sha256().update(source).digest('hex')
  return operationName === undefined ? query : sha256().update(query).update(operationName).digest('hex')
}

/** As the gateway's configuration takes it. */
export const withPlans = (config: GatewayConfig, cache: PlanCache): GatewayConfig => ({
  ...config,
  queryPlannerConfig: { ...config.queryPlannerConfig, cache } as QueryPlannerConfig,
})
