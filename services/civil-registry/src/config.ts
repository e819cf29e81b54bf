import { json, key32, parseEnv, serviceEnv } from '@satuanak/service-kit'
import { z } from 'zod'

const Jwk = z.looseObject({ kty: z.string() })

const env = {
  ...serviceEnv,
  /** Opens what the other agencies sealed for the registry (DESIGN §4). */
  REGISTRY_SEALING_PRIVATE_JWK: json(Jwk),
  /** The key ring under which NIKs are encrypted: `{ "current": id, "keys": { id: base64url } }`. */
  NIK_KEYS: json(z.object({ current: z.string(), keys: z.record(z.string(), key32) })),
  /** Keys the blind index and nothing else. */
  NIK_INDEX_KEY: key32,
}

export type Config = ReturnType<typeof parseConfig>

/** @throws ConfigError naming every variable that is missing or wrong. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>) {
  return parseEnv(env, environment)
}
