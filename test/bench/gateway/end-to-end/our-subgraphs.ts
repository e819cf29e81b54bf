import { SERVICES } from '@satuanak/contracts'
import { type App, createLog, type Database, parseEnv, serviceEnv, startService } from '@satuanak/service-kit'
import pg from 'pg'
import type { Part, World } from '../part.ts'
import { schemaOf } from './schemas.ts'

type Env = Readonly<Record<string, string>>

/**
 * Every service as the kit starts it: who asks is checked, and all that surrounds the answer is there, its database and
 * its outbox too; only the schema is that of the others. `SERVICES`: folder of migrations and environment of each.
 */
export async function start({ env }: World): Promise<Part> {
  const given = JSON.parse(env.SERVICES ?? '{}') as Record<string, { readonly prismaFolder: string; readonly env: Env }>
  const urls: Record<string, string> = {}
  for (const name of SERVICES) {
    const { prismaFolder = '', env: own = {} } = given[name] ?? {}
    const config = parseEnv(serviceEnv, { ...own, PORT: '0' })
    const schema = await schemaOf(name)
    const open = () => databaseAt(config.DATABASE_URL)
    const spec = { name, prismaFolder, schema, open, app: (base: App) => base, subscriptions: () => [] }
    const service = await startService(spec, config, { log: createLog(name, 'silent') })
    urls[name] = `${service.url}/graphql`
  }
  return { urls }
}

/** As much of a database as the kit needs beside what a service's own client does. */
function databaseAt(connectionString: string): Database {
  const pool = new pg.Pool({ connectionString, max: 2 })
  const clientOf = (sql: Pick<pg.Pool, 'query'>) => ({
    $queryRawUnsafe: async (text: string, ...values: unknown[]) => (await sql.query(text, values)).rows,
    $executeRawUnsafe: async (text: string, ...values: unknown[]) => (await sql.query(text, values)).rowCount ?? 0,
  })
  return {
    ...(clientOf(pool) as Pick<Database, '$queryRawUnsafe' | '$executeRawUnsafe'>),
    $transaction: async (run) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await run(clientOf(client as unknown as pg.Pool))
        await client.query('COMMIT')
        return result
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      } finally {
        client.release()
      }
    },
    $disconnect: () => pool.end(),
  }
}
