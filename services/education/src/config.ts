import { parseEnv, sealingEnv, serviceEnv } from '@satuanak/service-kit'

export type Config = ReturnType<typeof parseConfig>

/** @throws ConfigError naming every variable that is missing or wrong. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>) {
  return parseEnv({ ...serviceEnv, ...sealingEnv }, environment)
}
