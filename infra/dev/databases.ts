import { CannotStart } from '@satuanak/local-servers'
import pg from 'pg'

/** The database of a service: `satuanak_civil_registry` and so on. */
const databaseName = (service: string): string => `satuanak_${service.replaceAll('-', '_')}`

/** The same server and user, another database. */
export function databaseUrl(adminUrl: string, service: string): string {
  const url = new URL(adminUrl)
  url.pathname = `/${databaseName(service)}`
  return url.href
}

/**
 * Makes a database for each service that has none yet. One after the other: PostgreSQL copies a template that nobody
 * else may be using.
 *
 * @throws CannotStart if the server does not answer, is older than 18, or refuses.
 */
export async function createDatabases(adminUrl: string, services: readonly string[]): Promise<void> {
  await onServer(adminUrl, async (client) => {
    const { rows: versions } = await client.query<{ number: number; name: string }>(
      `SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name`,
    )
    const [version] = versions
    if (version === undefined || version.number < 180_000) {
      throw new CannotStart(`DATABASE_URL leads to PostgreSQL ${version?.name}; 18 or newer is needed.`)
    }
    const { rows } = await client.query<{ datname: string }>('SELECT datname FROM pg_database')
    const there = new Set(rows.map(({ datname }) => datname))
    for (const name of services.map(databaseName).filter((one) => !there.has(one))) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
    }
  })
}

const DEMO_LOADED = /^The demo city of (\d{4}-\d{2}-\d{2}) is loaded$/

/**
 * The day of the demo city in this service's database, null where it was not loaded. Said on the database itself: no
 * table for it.
 */
export async function demoDayOf(adminUrl: string, service: string): Promise<string | null> {
  return onServer(adminUrl, async (client) => {
    const { rows } = await client.query<{ comment: string | null }>(
      `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
      [databaseName(service)],
    )
    return DEMO_LOADED.exec(rows[0]?.comment ?? '')?.[1] ?? null
  })
}

export async function markDemoLoaded(adminUrl: string, service: string, day: string): Promise<void> {
  await onServer(adminUrl, async (client) => {
    const name = client.escapeIdentifier(databaseName(service))
    await client.query(`COMMENT ON DATABASE ${name} IS ${client.escapeLiteral(`The demo city of ${day} is loaded`)}`)
  })
}

async function onServer<T>(adminUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 5000 })
  client.on('error', () => undefined) // an unexpected end is told by the query that it cuts off
  try {
    await client.connect()
  } catch (error) {
    const why = error instanceof Error ? error.message || error.name : String(error)
    throw new CannotStart(`PostgreSQL at ${new URL(adminUrl).host} does not let us in: ${why}.`)
  }
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}
