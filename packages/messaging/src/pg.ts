import type { ClientBase, Pool } from 'pg'
import type { InTransaction, SqlClient, Tx } from './tx.ts'

/** A `pg` client in the shape that kits know: for the launcher, commands and tests, which have no Prisma client. */
export function pgSql(client: Pick<ClientBase, 'query'>): SqlClient {
  return {
    async $queryRawUnsafe<Row>(sql: string, ...values: unknown[]): Promise<Row> {
      return (await client.query(sql, values)).rows as Row
    },
    async $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number> {
      return (await client.query(sql, values)).rowCount ?? 0
    },
  }
}

/** `InTransaction` over a `pg` pool (READ COMMITTED). A connection whose rollback fails is thrown away. */
export function pgTransactions(pool: Pool): InTransaction {
  return async (run) => {
    const client = await pool.connect()
    let broken = false
    try {
      return await transactionOn(client, run, () => {
        broken = true
      })
    } finally {
      client.release(broken)
    }
  }
}

/** One transaction on a connection of one's own. */
export async function transactionOn<T>(
  client: Pick<ClientBase, 'query'>,
  run: (tx: Tx) => Promise<T>,
  onBroken: () => void = () => {},
): Promise<T> {
  await client.query('BEGIN')
  try {
    const result = await run(pgSql(client) as Tx)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(onBroken)
    throw error
  }
}
