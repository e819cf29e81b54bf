import { pgSql, pgTransactions } from '@satuanak/messaging'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, createApp, type Database } from './app.ts'
import { type Job, startJobs } from './jobs.ts'
import { createLog } from './log.ts'
import { openTestServer } from './test-database.ts'

const NEVER = 3_600_000
const silent = createLog('test', 'silent')

let server: Awaited<ReturnType<typeof openTestServer>>
let pool: pg.Pool
let app: App

beforeAll(async () => {
  server = await openTestServer()
  pool = new pg.Pool({ connectionString: await server.database() })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db: Database = {
    ...pgSql(pool),
    $transaction: (run) => pgTransactions(pool)(run),
    $disconnect: () => pool.end(),
  }
  const now = () => Temporal.Instant.from('2026-11-23T18:30:00Z')
  app = createApp({ db, zone: 'Asia/Jakarta', now, fingerprintKey: new Uint8Array(32).fill(3) })
})
afterAll(async () => {
  await pool?.end()
  await server?.close()
})

/** Counts a heap down, one per step. */
function countdown(name: string, from: number): Job & { left(): number } {
  let left = from
  return { name, every: NEVER, left: () => left, step: async () => --left > 0 }
}

test('a job goes on until nothing is due', async () => {
  const job = countdown('heap', 5)
  const jobs = startJobs(app, [job], silent)
  await jobs.run()
  expect(job.left()).toBe(0)
  await jobs.close()
})

test('of two processes of one service one works: the other leaves the job alone (DESIGN §9)', async () => {
  const job = countdown('alone', 1)
  const jobs = startJobs(app, [job], silent)
  await app.inTransaction(async (tx) => {
    await tx.$queryRawUnsafe(`SELECT pg_advisory_xact_lock(hashtextextended('job alone', 0))`)
    await jobs.run()
    expect(job.left()).toBe(1)
  })
  await jobs.run()
  expect(job.left()).toBe(0)
  await jobs.close()
})

test('a job that fails says so to who asked for it, is done again, and stops no other', async () => {
  let tries = 0
  const failing: Job = {
    name: 'failing',
    every: NEVER,
    step: async () => {
      if (++tries === 1) throw new Error('not today')
      return false
    },
  }
  const jobs = startJobs(app, [failing], silent)
  await expect(jobs.run()).rejects.toThrow('not today')
  await jobs.run()
  expect(tries).toBe(2)
  await jobs.close()
})
