import { z } from 'zod'
import type { TurnLimits } from './turns.ts'

/** How much passes in a minute. */
export interface RateLimits {
  /** Operations of one person. */
  readonly personRequests: number
  /** Cost (`cost.ts`) of one person's operations together. */
  readonly personCost: number
  /** Operations of one agency's people together, through one application. */
  readonly clientRequests: number
}

export interface RateOptions {
  readonly perMinute: RateLimits
  /** Seconds whose worth of each passes at once after a rest. */
  readonly burstSeconds: number
  readonly turns: TurnLimits
}

/**
 * Above any officer's day [D]. A desk that opens a screen of five operations every three seconds asks 100 times a minute,
 * and 100 pass at once. The largest inbox of our own (12,800) opened anew every five seconds costs 154,000 a minute, and
 * three pass at once. 100 officers of one agency at the busiest desk's pace ask 10,000 times a minute.
 */
export const RATES: RateOptions = {
  perMinute: { personRequests: 600, personCost: 240_000, clientRequests: 12_000 },
  burstSeconds: 10,
  turns: { underWay: 64, ofOnePerson: 4, waiting: 256, waitMs: 5_000 },
}

const positive = (normal: number) => z.coerce.number().int().min(1).default(normal)

export const rateEnv = {
  RATE_PERSON_REQUESTS: positive(RATES.perMinute.personRequests),
  RATE_PERSON_COST: positive(RATES.perMinute.personCost),
  RATE_CLIENT_REQUESTS: positive(RATES.perMinute.clientRequests),
  RATE_BURST_SECONDS: positive(RATES.burstSeconds),
  MAX_CONCURRENT: positive(RATES.turns.underWay),
  MAX_CONCURRENT_PERSON: positive(RATES.turns.ofOnePerson),
  MAX_WAITING: positive(RATES.turns.waiting),
  MAX_WAIT_MS: positive(RATES.turns.waitMs),
}

type RateEnv = z.infer<z.ZodObject<typeof rateEnv>>

export const rateOptions = (env: RateEnv): RateOptions => ({
  perMinute: {
    personRequests: env.RATE_PERSON_REQUESTS,
    personCost: env.RATE_PERSON_COST,
    clientRequests: env.RATE_CLIENT_REQUESTS,
  },
  burstSeconds: env.RATE_BURST_SECONDS,
  turns: {
    underWay: env.MAX_CONCURRENT,
    ofOnePerson: env.MAX_CONCURRENT_PERSON,
    waiting: env.MAX_WAITING,
    waitMs: env.MAX_WAIT_MS,
  },
})

/** What of it could never be: a bucket that does not hold what one operation may take. */
export function rateProblems(env: RateEnv & { readonly MAX_COST: number }): string[] {
  const short = (name: keyof RateEnv, least: number, what: string): string[] =>
    (env[name] * env.RATE_BURST_SECONDS) / 60 < least
      ? [`${name} is too little: in RATE_BURST_SECONDS it must come to ${what}`]
      : []
  return [
    ...short('RATE_PERSON_REQUESTS', 1, 'one operation'),
    ...short('RATE_PERSON_COST', env.MAX_COST, 'MAX_COST'),
    ...short('RATE_CLIENT_REQUESTS', 1, 'one operation'),
  ]
}
