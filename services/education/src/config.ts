import { AtsOpd, AtsReason } from '@satuanak/contracts'
import { json, parseEnv, sealingEnv, serviceEnv } from '@satuanak/service-kit'
import { z } from 'zod'

const env = {
  ...serviceEnv,
  ...sealingEnv,
  /** Which OPD answers for which cause, the usual one first, where the city differs: `{ "A02": ["DISDIK"] }` (TUN-07). */
  ATS_CAUSE_OPDS: json(z.partialRecord(AtsReason.exclude(['A13']), z.array(AtsOpd).min(1))).default({}),
}

export type Config = ReturnType<typeof parseConfig>

/** @throws ConfigError naming every variable that is missing or wrong. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>) {
  return parseEnv(env, environment)
}
