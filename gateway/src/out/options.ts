import { SERVICES, type ServiceName } from '@satuanak/contracts'
import { json } from '@satuanak/service-kit'
import { z } from 'zod'
import { BREAKER, type BreakerOptions } from './circuit-breaker.ts'

/** How the gateway asks the agencies. */
export interface OutOptions {
  /** Milliseconds for one fetch, of those agencies that need another time than the others. */
  readonly agencyMs: Partial<Readonly<Record<ServiceName, number>>>
  /** Connections to each agency at most. */
  readonly connections: number
  readonly breaker: BreakerOptions
}

export const OUT: OutOptions = { agencyMs: {}, connections: 64, breaker: BREAKER }

const positive = z.coerce.number().int().min(1)
const Times = z.partialRecord(z.enum(SERVICES), positive)

export const outEnv = {
  AGENCY_TIMEOUTS_MS: json(Times).optional(),
  AGENCY_CONNECTIONS: positive.default(OUT.connections),
  BREAKER_FAILURES: positive.default(BREAKER.failures),
  BREAKER_OPEN_MS: positive.default(BREAKER.openMs),
}

export const outOptions = (env: z.infer<z.ZodObject<typeof outEnv>>): OutOptions => ({
  agencyMs: env.AGENCY_TIMEOUTS_MS ?? {},
  connections: env.AGENCY_CONNECTIONS,
  breaker: { ...BREAKER, failures: env.BREAKER_FAILURES, openMs: env.BREAKER_OPEN_MS },
})
