import { randomUUID } from 'node:crypto'
import type { Caller } from '@satuanak/identity'
import { pgSql, pgTransactions } from '@satuanak/messaging'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, createApp, type Database } from './app.ts'
import { RequestIdReused } from './errors.ts'
import { migrate } from './migrate.ts'
import { openTestServer, REQUEST_SQL } from './test-database.ts'

let server: Awaited<ReturnType<typeof openTestServer>>
let pool: pg.Pool
let app: App

beforeAll(async () => {
  server = await openTestServer()
  const databaseUrl = await server.database()
  const folder = await server.folder({ '0': REQUEST_SQL, '1': 'CREATE TABLE note (id uuid PRIMARY KEY, text text);' })
  await migrate({ databaseUrl, folder })
  pool = new pg.Pool({ connectionString: databaseUrl })
  // The server may stop before the last connection is seen off.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db: Database = {
    ...pgSql(pool),
    $transaction: (run) => pgTransactions(pool)(run),
    $disconnect: () => pool.end(),
  }
  app = createApp({
    db,
    zone: 'Asia/Jakarta',
    now: () => Temporal.Instant.from('2026-11-23T18:30:00Z'),
    fingerprintKey: new Uint8Array(32).fill(3),
  })
})
afterAll(async () => {
  await pool?.end()
  await server?.close()
})

const someone = (subject: string): Caller => ({
  subject,
  name: 'Akun Uji',
  agency: 'DINSOS',
  roles: ['PEKSOS'],
  kelurahan: [],
  schools: [],
})
const peksos = someone('akun-1')

const note = (requestId: string, text: string, { caller = peksos, name = 'writeNote' } = {}) =>
  app.once(caller, { name, requestId, input: { text, at: { b: 1, a: 2 } } }, async (tx) => {
    const id = app.newId<string>()
    await tx.$executeRawUnsafe('INSERT INTO note VALUES ($1::uuid, $2)', id, text)
    return id
  })
const notes = async (text: string) => (await pool.query('SELECT 1 FROM note WHERE text = $1', [text])).rowCount

test('the same request twice writes once and gives the same result (EC-46)', async () => {
  const requestId = randomUUID()
  const first = await note(requestId, 'sekali')
  expect(await note(requestId, 'sekali')).toBe(first)
  expect(await notes('sekali')).toBe(1)
})

test('twins sent at the same moment write once too', async () => {
  const requestId = randomUUID()
  const ids = await Promise.all([1, 2, 3, 4].map(() => note(requestId, 'serentak')))
  expect(new Set(ids).size).toBe(1)
  expect(await notes('serentak')).toBe(1)
})

test('a request id with another input, mutation or caller is refused', async () => {
  const requestId = randomUUID()
  await note(requestId, 'asli')
  await expect(note(requestId, 'lain')).rejects.toThrow(RequestIdReused)
  await expect(note(requestId, 'asli', { name: 'other' })).rejects.toThrow(RequestIdReused)
  await expect(note(requestId, 'asli', { caller: someone('akun-2') })).rejects.toThrow(RequestIdReused)
})

test('a request that failed leaves nothing, so that it can be sent again', async () => {
  const requestId = randomUUID()
  const failing = app.once(peksos, { name: 'writeNote', requestId, input: {} }, async (tx) => {
    await tx.$executeRawUnsafe('INSERT INTO note VALUES ($1::uuid, $2)', randomUUID(), 'gagal')
    throw new Error('half way')
  })
  await expect(failing).rejects.toThrow('half way')
  expect(await notes('gagal')).toBe(0)
  const { rowCount } = await pool.query('SELECT 1 FROM platform.request WHERE request_id = $1', [requestId])
  expect(rowCount).toBe(0)
})

test('today is the day on the office’s own calendar, not in London (EC-65)', () => {
  expect(app.today().toString()).toBe('2026-11-24')
})
