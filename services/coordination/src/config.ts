import { json, parseEnv, serviceEnv } from '@satuanak/service-kit'
import { z } from 'zod'

const days = json(z.array(z.iso.date()))

const env = {
  ...serviceEnv,
  ZONE: z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']).default('Asia/Jakarta'),
  /** Cuti bersama and local holidays, `["2026-12-24"]`: on these days no referral falls due (ID-29). */
  OFFICE_DAYS_OFF: days.default([]),
  /** Days that the holiday library has and the joint decree (SKB) has not. */
  OFFICE_WORKED_DAYS: days.default([]),
}

export type Config = ReturnType<typeof parseConfig>

/** @throws ConfigError naming every variable that is missing or wrong. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>) {
  return parseEnv(env, environment)
}
