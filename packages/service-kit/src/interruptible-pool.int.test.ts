import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { INTERRUPTIBLE, interruptible, OperationOver } from './interruptible-pool.ts'
import { beyondTime, keepOperation, OperationTime, withinTime } from './operation-time.ts'
import { openTestServer } from './test-database.ts'

/** A busy machine may need longer than Vitest's second to come to what is waited for. */
const SOON = { timeout: 10_000 }

let server: Awaited<ReturnType<typeof openTestServer>>
let databaseUrl: string
let pool: pg.Pool
let gatekeeper: pg.Client
let time: OperationTime

beforeAll(async () => {
  server = await openTestServer()
  databaseUrl = await server.database()
})
afterAll(() => server?.close())
beforeEach(async () => {
  pool = new pg.Pool({ connectionString: databaseUrl, max: 1, ...INTERRUPTIBLE })
  pool.on('connect', (client) => client.on('error', () => undefined))
  // The server may stop before the last connection is seen off.
  pool.on('error', () => undefined)
  interruptible(pool)
  gatekeeper = new pg.Client({ connectionString: databaseUrl })
  await gatekeeper.connect()
  await gatekeeper.query('SELECT pg_advisory_lock(1)')
  time = new OperationTime(60_000)
})
afterEach(async () => {
  time.done()
  await gatekeeper.end()
  await pool.end()
})

/** A statement that runs until the gatekeeper lets go. */
const WAIT = 'SELECT pg_advisory_lock_shared(1)'
const within = <T>(run: () => T) => withinTime(time, run)

async function running(): Promise<number> {
  const found = await gatekeeper.query(
    `SELECT FROM pg_stat_activity WHERE query = $1 AND state = 'active' AND wait_event_type = 'Lock'`,
    [WAIT],
  )
  return found.rowCount ?? 0
}

test('a statement whose operation is over ends in the server too, and its connection is free for others', async () => {
  const asked = within(() => pool.query(WAIT)).catch((error: unknown) => error)
  await expect.poll(running, SOON).toBe(1)
  time.leave()
  expect(await asked).toBeInstanceOf(OperationOver)
  await expect.poll(running, SOON).toBe(0)
  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
})

test('no statement begins after the time is over', async () => {
  time.leave()
  await expect(within(() => pool.query('SELECT 1'))).rejects.toBeInstanceOf(OperationOver)
  expect(pool.totalCount).toBe(0)
})

test('who waits for a connection stops waiting, and the connection goes to the next', async () => {
  const held = await pool.connect()
  const waiting = within(() => pool.query('SELECT 1')).catch((error: unknown) => error)
  const next = pool.query('SELECT 2 AS two')
  time.leave()
  expect(await waiting).toBeInstanceOf(OperationOver)
  held.release()
  expect((await next).rows).toEqual([{ two: 2 }])
})

test('a mutation and the audit are let run to their end', async () => {
  const audited = within(() => beyondTime(() => pool.query('SELECT 1 AS one')))
  within(keepOperation)
  const written = within(() => pool.query(WAIT))
  await expect.poll(running, SOON).toBe(1)
  time.leave()
  await gatekeeper.query('SELECT pg_advisory_unlock(1)')
  expect([(await written).rowCount, (await audited).rows]).toEqual([1, [{ one: 1 }]])
})

test('a statement that PostgreSQL refuses keeps its connection', async () => {
  await expect(within(() => pool.query('SELECT nonsense'))).rejects.toMatchObject({ code: '42703' })
  expect(pool.idleCount).toBe(1)
})
