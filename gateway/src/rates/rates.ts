import type { Locale } from '@satuanak/graphql-kit'
import type { Caller, SignedIn } from '@satuanak/identity'
import { Buckets } from './buckets.ts'
import { rateMetrics } from './metrics.ts'
import type { RateLimits, RateOptions } from './options.ts'
import { noTurn, tooOften } from './refusals.ts'
import { NoTurn, Turns } from './turns.ts'

/**
 * How often each person and each application may ask, and whose turn it is when many do. What is refused takes nothing
 * and reaches no agency. The counts are this process's own: behind n gateways a person may ask up to n times as often.
 */
export class Rates {
  readonly #now: () => number
  readonly #metrics = rateMetrics()
  readonly #turns: Turns
  readonly #buckets: Readonly<Record<keyof RateLimits, Buckets>>

  /** @param now milliseconds since 1970 that never run backwards. */
  constructor({ perMinute, burstSeconds, turns }: RateOptions, now: () => number) {
    this.#now = now
    this.#turns = new Turns(turns)
    const bucketsOf = (limit: keyof RateLimits) => new Buckets(perMinute[limit], burstSeconds * 1_000, now)
    this.#buckets = {
      personRequests: bucketsOf('personRequests'),
      personCost: bucketsOf('personCost'),
      clientRequests: bucketsOf('clientRequests'),
    }
  }

  /** Lets one operation in. @throws GraphQLError 429 `RATE_LIMITED`. */
  enter({ caller, client }: SignedIn, locale: Locale): void {
    // The person first: one who floods uses up nothing of their colleagues'.
    this.#take('personRequests', caller.subject, 1, locale)
    // By agency too: an application that all agencies use is not closed to them by one of them.
    if (client !== null) this.#take('clientRequests', `${caller.agency} ${client}`, 1, locale)
  }

  /** Lets an operation of this cost be planned. @throws GraphQLError 429 `RATE_LIMITED`. */
  spend({ subject }: Caller, cost: number, locale: Locale): void {
    this.#take('personCost', subject, cost, locale)
  }

  /** @returns when it is the operation's turn: to be called when it is over. @throws GraphQLError 503 `OVERLOADED`. */
  async turn({ agency, subject }: Caller, signal: AbortSignal, locale: Locale): Promise<() => void> {
    try {
      return await this.#turns.enter({ agency, person: subject }, signal)
    } catch (error) {
      if (!(error instanceof NoTurn)) throw error
      this.#metrics.refused('turns')
      throw noTurn(locale)
    }
  }

  #take(limit: keyof RateLimits, key: string, amount: number, locale: Locale): void {
    const bucket = this.#buckets[limit]
    const retryAt = bucket.take(key, amount)
    if (retryAt === null) return
    this.#metrics.refused(limit)
    throw tooOften(limit, bucket.perMinute, retryAt, retryAt - this.#now(), locale)
  }
}
