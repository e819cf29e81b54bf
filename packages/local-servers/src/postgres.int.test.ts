import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { cannotBe, gone, runStarter } from './fixtures/run-starter.ts'
import { scratch } from './fixtures/scratch.ts'
import { freePort } from './free-port.ts'
import { type PostgresOptions, startPostgres } from './postgres.ts'

const NOBODY = 65534

async function started(options: PostgresOptions) {
  const postgres = await startPostgres({ durable: false, ...options })
  onTestFinished(() => postgres.close())
  return postgres
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

test('PostgreSQL 18 answers on 127.0.0.1, with the extensions the services use', async () => {
  const { adminUrl } = await started({ dir: await scratch() })
  expect(await query(adminUrl, 'SHOW server_version_num')).toEqual([expect.stringMatching(/^18/)])
  expect(await query(adminUrl, 'SHOW listen_addresses')).toEqual(['127.0.0.1'])
  const wanted = ['pg_trgm', 'fuzzystrmatch', 'pgcrypto']
  const there = await query(adminUrl, 'SELECT name FROM pg_available_extensions')
  expect(there).toEqual(expect.arrayContaining(wanted))
})

test('nobody gets in without the password, which only its owner can read', async () => {
  const dir = await scratch()
  const { port } = await started({ dir })
  await expect(query(`postgresql://satuanak@127.0.0.1:${port}/postgres`, 'SELECT 1')).rejects.toThrow(/password/)
  await expect(query(`postgresql://satuanak:guess@127.0.0.1:${port}/postgres`, 'SELECT 1')).rejects.toThrow(/password/)
  expect((await stat(join(dir, 'password'))).mode & 0o777).toBe(0o600)
})

test('a second start finds what the first one stored, under the same password', async () => {
  const dir = await scratch()
  const first = await started({ dir })
  await query(first.adminUrl, 'CREATE DATABASE kept')
  await first.close()
  const second = await started({ dir })
  expect(await query(second.url('kept'), 'SELECT current_database()::text')).toEqual(['kept'])
})

test('the launcher keeps what is committed through a power cut, tests need not', async () => {
  const [kept, quick] = await Promise.all([
    started({ dir: await scratch(), durable: true }),
    started({ dir: await scratch(), durable: false }),
  ])
  const settings = `SELECT setting FROM pg_settings
    WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name`
  expect(await query(kept.adminUrl, settings)).toEqual(['on', 'on', 'on'])
  expect(await query(quick.adminUrl, settings)).toEqual(['off', 'off', 'on'])
})

test('after kill -9 of the server the next start recovers what was committed', async () => {
  const dir = await scratch()
  const first = await started({ dir })
  await query(first.adminUrl, 'CREATE TABLE survived AS SELECT 1 AS one')
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  const second = await started({ dir })
  expect(await query(second.adminUrl, 'SELECT one FROM survived')).toEqual([1])
})

test('a pid file whose id belongs to somebody else by now does not stop the start', async () => {
  const dir = await scratch()
  const first = await started({ dir })
  const pidFile = await readFile(join(dir, 'data/postmaster.pid'), 'utf8')
  await first.close()
  // Our own process stands in for the stranger: alive, and no PostgreSQL.
  await writeFile(join(dir, 'data/postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)))
  const second = await started({ dir })
  expect(await query(second.adminUrl, 'SELECT 1')).toEqual([1])
})

test('a first start that was cut off leaves nothing the next one stumbles over', async () => {
  const dir = await scratch()
  await mkdir(join(dir, 'data.new/base'), { recursive: true })
  const { adminUrl } = await started({ dir })
  expect(await query(adminUrl, 'SELECT 1')).toEqual([1])
})

test('a folder in use is one sentence, and the server in it runs on', async () => {
  const dir = await scratch()
  const first = await started({ dir })
  await expect(startPostgres({ dir })).rejects.toThrow(/in use by another process/)
  expect(await query(first.adminUrl, 'SELECT 1')).toEqual([1])
})

test('a port that is taken is one sentence, and the folder is free again', async () => {
  const dir = await scratch()
  const port = await freePort()
  const squatter = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void squatter.close())
  await expect(startPostgres({ dir, port, durable: false })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`)
  const { adminUrl } = await started({ dir })
  expect(await query(adminUrl, 'SELECT 1')).toEqual([1])
})

test('close resolves when the process is gone, clients or not, and may be called twice', async () => {
  const { adminUrl, pid, close } = await started({ dir: await scratch() })
  const client = new Client({ connectionString: adminUrl })
  client.on('error', () => undefined)
  await client.connect()
  await Promise.all([close(), close()])
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
})

test('kill -9 of the starter ends its servers, and the next start works', async () => {
  const dir = await scratch()
  const { starter, postgres, nats } = await runStarter(dir)
  starter.kill('SIGKILL')
  await Promise.all([gone(postgres), gone(nats)])
  const again = await started({ dir: join(dir, 'postgres') })
  expect(await query(again.adminUrl, 'SELECT 1')).toEqual([1])
})

test('the log quotes no row: a refused duplicate names the constraint, not the value', async () => {
  const dir = await scratch()
  const { adminUrl } = await started({ dir })
  await query(adminUrl, 'CREATE TABLE people (name text PRIMARY KEY)')
  const twice = { text: 'INSERT INTO people VALUES ($1), ($1)', values: ['Bunga Melati'] }
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  await expect(client.query(twice)).rejects.toThrow(/duplicate key/)
  await client.end()
  const log = await readFile(join(dir, 'postgres.log'), 'utf8')
  expect(log).toContain('people_pkey')
  expect(log).not.toContain('Bunga')
})

test('as root without user namespaces it runs as a user who can reach the folder', async ({ skip }) => {
  skip(cannotBe(NOBODY) !== false, String(cannotBe(NOBODY)))
  const dir = await scratch()
  await chmod(dir, 0o711)
  const { adminUrl } = await started({
    dir: join(dir, 'postgres'),
    runAs: [{ kind: 'user', uid: NOBODY, gid: NOBODY }],
  })
  expect(await query(adminUrl, 'SELECT 1')).toEqual([1])
  expect((await stat(join(dir, 'postgres/data'))).uid).toBe(NOBODY)
})

test('as root where nobody else reaches the folder, one sentence says how to go on', async ({ skip }) => {
  skip(process.getuid?.() !== 0, 'only root is refused by PostgreSQL')
  const dir = await scratch() // mode 0700
  const start = startPostgres({ dir: join(dir, 'postgres'), runAs: [{ kind: 'user', uid: NOBODY, gid: NOBODY }] })
  await expect(start).rejects.toThrow(/does not run as root.*run this as an ordinary user, or move the clone/)
})

test('an ordinary user starts both servers as well', async ({ skip }) => {
  skip(cannotBe(NOBODY) !== false, String(cannotBe(NOBODY)))
  const dir = await scratch()
  await chmod(dir, 0o777)
  const { starter, adminUrl, postgres, nats } = await runStarter(dir, NOBODY)
  expect(await query(adminUrl, 'SELECT 1')).toEqual([1])
  expect((await stat(join(dir, 'postgres/data'))).uid).toBe(NOBODY)
  starter.kill('SIGKILL')
  await Promise.all([gone(postgres), gone(nats)])
})
