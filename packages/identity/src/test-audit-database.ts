import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@satuanak/local-servers'
import { type InTransaction, pgSql, pgTransactions, type SqlClient } from '@satuanak/messaging'
import { Client, Pool } from 'pg'

const SCHEMA = new URL('../sql/audit.sql', import.meta.url)

export interface AuditDatabase {
  readonly sql: SqlClient
  readonly inTransaction: InTransaction
  close(): Promise<void>
}

export interface AuditServer {
  /** A new database with an empty audit table. */
  create(): Promise<AuditDatabase>
  close(): Promise<void>
}

/** A PostgreSQL of the test file's own. */
export async function startAuditServer(): Promise<AuditServer> {
  const dir = await mkdtemp(join(tmpdir(), 'identity-'))
  const postgres = await startPostgres({ dir, durable: false })
  const admin = new Client({ connectionString: postgres.adminUrl })
  await admin.connect()
  let count = 0
  return {
    async create() {
      count += 1
      const name = `audit_${count}`
      await admin.query(`CREATE DATABASE ${name}`)
      const pool = new Pool({ connectionString: postgres.url(name), max: 8 })
      const gone: Promise<unknown>[] = []
      pool.on('connect', (client) => gone.push(once(client, 'end')))
      await pool.query(await readFile(SCHEMA, 'utf8'))
      // Each statement on any connection, as a root Prisma client does it.
      const sql = pgSql({ query: pool.query.bind(pool) as Client['query'] })
      const close = async (): Promise<void> => {
        await pool.end()
        // The pool says goodbye without waiting: a server that stops meanwhile would still cut the connection off.
        await Promise.all(gone)
      }
      return { sql, inTransaction: pgTransactions(pool), close }
    },
    async close() {
      await admin.end()
      await postgres.close()
      await rm(dir, { recursive: true })
    },
  }
}
