import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { type App, createApp, type Database } from './app.ts'

interface CommandConfig {
  readonly DATABASE_URL: string
  readonly ZONE: string
  readonly FINGERPRINT_KEY: Uint8Array
}

/**
 * A service's app by itself, for a command that runs beside the service: on the same database, over two connections of
 * its own, by the clock of this machine.
 */
export function openCommandApp<Db extends Database>(
  { DATABASE_URL, ZONE, FINGERPRINT_KEY }: CommandConfig,
  open: (adapter: PrismaPg) => Db,
): { readonly app: App<Db>; close(): Promise<void> } {
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 2 })
  // A lost connection is told by the query that it cuts off.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = open(new PrismaPg(pool))
  return {
    app: createApp({ db, now: () => Temporal.Now.instant(), zone: ZONE, fingerprintKey: FINGERPRINT_KEY }),
    close: async () => {
      await db.$disconnect()
      await pool.end()
    },
  }
}
