import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Postgres, startPostgres } from '@satuanak/local-servers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabases, databaseUrl, demoDayOf, markDemoLoaded } from './databases.ts'

let dir: string
let postgres: Postgres

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'satuanak-databases-'))
  postgres = await startPostgres({ dir, durable: false })
})
afterAll(async () => {
  await postgres?.close()
  await rm(dir, { recursive: true, force: true })
})

test('each service has a database of its own, made once', async () => {
  await createDatabases(postgres.adminUrl, ['social', 'civil-registry'])
  await createDatabases(postgres.adminUrl, ['social', 'civil-registry'])
  expect(new URL(databaseUrl(postgres.adminUrl, 'civil-registry')).pathname).toBe('/satuanak_civil_registry')
})

test('a database remembers the day of its demo city, so that a part loaded later fits the others', async () => {
  await createDatabases(postgres.adminUrl, ['social'])
  expect(await demoDayOf(postgres.adminUrl, 'social')).toBeNull()
  await markDemoLoaded(postgres.adminUrl, 'social', '2026-11-20')
  expect(await demoDayOf(postgres.adminUrl, 'social')).toBe('2026-11-20')
})
