import { json, parseEnv, serviceEnv } from '@satuanak/service-kit'
import { z } from 'zod'

const Jwk = z.looseObject({ kty: z.string() })

const days = json(z.array(z.iso.date()))

const env = {
  ...serviceEnv,
  /** Indonesia has three zones, and the office hours of one of them count (ID-28, ID-29). */
  ZONE: z.enum(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']).default('Asia/Jakarta'),
  /** Cuti bersama and local holidays, `["2026-12-24"]`: on these days nothing falls due (ID-29). */
  OFFICE_DAYS_OFF: days.default([]),
  /** Days that the holiday library has and the joint decree (SKB) has not. */
  OFFICE_WORKED_DAYS: days.default([]),
  /** Opens what the other agencies sealed for the registry (DESIGN §4). */
  REGISTRY_SEALING_PRIVATE_JWK: json(Jwk),
  /**
   * Path of the key ring under which NIKs are encrypted and indexed: `{ "current": id, "next": id or null, "keys": { id:
   * { "seal": base64url, "index": base64url } } }`. A file, because it changes while the service runs (ADR 0020).
   */
  NIK_KEYS_FILE: z.string().min(1),
  /** Signs session bundles (ADR 0021): a private Ed25519 or P-256 JWK with a `kid`; clients are installed with its public half. */
  KTP_BUNDLE_SIGNING_JWK: json(Jwk),
  /** Which national register is connected: none so far, so a stand-in answers and says so in every answer. */
  SIAK: z.enum(['TIRUAN']).default('TIRUAN'),
  /** Look-ups that SIAK takes in one local day; Central Java had 300,000 [D]. */
  SIAK_DAILY_QUOTA: z.coerce.number().int().min(1).default(300_000),
  /** Below so many cards the head is told that blangko, ribbon or film run low (BLG-R5) [D]. */
  KTP_STOCK_MARK: z.coerce.number().int().min(1).default(50),
}

export type Config = ReturnType<typeof parseConfig>

/** @throws ConfigError naming every variable that is missing or wrong. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>) {
  return parseEnv(env, environment)
}
