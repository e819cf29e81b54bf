import { json, key32, parseEnv, serviceEnv } from '@satuanak/service-kit'
import { z } from 'zod'
import { REACHES } from './webhook/reach.ts'

const days = json(z.array(z.iso.date()))

const env = {
  ...serviceEnv,
  ZONE: z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']).default('Asia/Jakarta'),
  /** Cuti bersama and local holidays, `["2026-12-24"]`: on these days no referral falls due (ID-29). */
  OFFICE_DAYS_OFF: days.default([]),
  /** Days that the holiday library has and the joint decree (SKB) has not. */
  OFFICE_WORKED_DAYS: days.default([]),
  /** Seals the portals' secrets: `{ "current": id, "keys": { id: 32 bytes in base64url } }`. */
  WEBHOOK_KEYS: json(
    z
      .object({ current: z.string().min(1).max(40), keys: z.record(z.string(), key32) })
      .refine(({ current, keys }) => Object.hasOwn(keys, current), 'the current key must be among its keys'),
  ),
  /** Where portals may be: on the internet; on the offices' own network too; on this machine too (development). */
  WEBHOOK_REACH: z.enum(REACHES).default('internet'),
  /** Messages to one portal that are on their way at once. */
  WEBHOOK_AT_ONCE: z.coerce.number().int().min(1).max(50).default(2),
  /** Milliseconds a portal has for its answer. */
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(50).max(60_000).default(10_000),
  /** Days for which messages and their tries stay in the log. */
  WEBHOOK_LOG_DAYS: z.coerce.number().int().min(1).max(3_650).default(90),
}

export type Config = ReturnType<typeof parseConfig>

/** @throws ConfigError naming every variable that is missing or wrong. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>) {
  return parseEnv(env, environment)
}
