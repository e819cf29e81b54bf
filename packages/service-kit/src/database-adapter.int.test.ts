import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { databaseAdapter } from './database-adapter.ts'
import { OperationTime, withinTime } from './operation-time.ts'
import { openTestServer } from './test-database.ts'

let server: Awaited<ReturnType<typeof openTestServer>>
let pool: pg.Pool
let adapter: Awaited<ReturnType<ReturnType<typeof databaseAdapter>['connect']>>
let time: OperationTime

beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server?.close())
beforeEach(async () => {
  // One connection: what is prepared on it is seen by whoever asks next.
  pool = new pg.Pool({ connectionString: await server.database(), max: 1 })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  adapter = await databaseAdapter(pool).connect()
  time = new OperationTime(60_000)
  await pool.query(`CREATE TABLE thing (id int); INSERT INTO thing VALUES (7)`)
})
afterEach(async () => {
  time.done()
  await pool.end()
})

const ask = (sql: string, ...args: unknown[]) => {
  const argTypes = args.map(() => ({ scalarType: 'int', arity: 'scalar' }) as const)
  return withinTime(time, () => adapter.queryRaw({ sql, args, argTypes }))
}
const prepared = async (): Promise<readonly string[]> =>
  (await pool.query<{ statement: string }>('SELECT statement FROM pg_prepared_statements')).rows.map(
    ({ statement }) => statement,
  )
const FIND = 'SELECT * FROM thing WHERE id = $1'

test('a statement that is asked again and again is prepared once, whatever its values', async () => {
  for (const id of [7, 8, 7, 9]) await ask(FIND, id)
  expect(await prepared()).toEqual([FIND])
  expect((await ask(FIND, 7)).rows).toEqual([[7]])
})

test('what is asked once is not prepared', async () => {
  await ask(FIND, 7)
  expect(await prepared()).toEqual([])
})

test('a transaction’s statements are prepared, its frame is not', async () => {
  for (let n = 0; n < 3; n++) {
    const transaction = await adapter.startTransaction()
    await transaction.queryRaw({ sql: FIND, args: [7], argTypes: [{ scalarType: 'int', arity: 'scalar' }] })
    await transaction.executeRaw({ sql: 'COMMIT', args: [], argTypes: [] })
    await transaction.commit()
  }
  expect(await prepared()).toEqual([FIND])
})

test('a table that changes under a prepared statement costs one answer, not the connection’s every one', async () => {
  for (let n = 0; n < 3; n++) await ask(FIND, 7)
  await pool.query('ALTER TABLE thing ADD COLUMN name text')
  await expect(ask(FIND, 7)).rejects.toThrow()
  expect((await ask(FIND, 7)).rows).toEqual([[7, null]])
})
