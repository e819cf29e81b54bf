import { runDemo } from '@satuanak/service-kit'
import { cloneDatabase, type TestDatabase } from '@satuanak/testkit'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { loadDemo } from './demo.ts'
import { ACTIVITIES } from './outreach/domain.ts'
import { prismaFolder } from './service.ts'

let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await cloneDatabase(inject('postgresUrl'), prismaFolder)
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

const load = () =>
  runDemo({
    databaseUrl: database.url,
    prismaFolder,
    load: loadDemo,
    children: 2000,
    today: Temporal.PlainDate.from('2026-11-23'),
  })
const rows = async (sql: string) => (await client.query(sql)).rows

test('the city’s street contacts and assessments are loaded, and loading twice changes nothing', async () => {
  await load()
  const first = await rows('SELECT id FROM street_contact ORDER BY id')
  await load()
  expect(first.length).toBeGreaterThan(0)
  expect(await rows('SELECT id FROM street_contact ORDER BY id')).toEqual(first)
  expect((await rows('SELECT 1 FROM assessment')).length).toBeGreaterThan(0)
})

test('the demo says what children do in the service’s own codes (SW-02)', async () => {
  const said = await rows('SELECT DISTINCT activity FROM street_contact')
  expect(ACTIVITIES).toEqual(expect.arrayContaining(said.map((row) => row.activity)))
})

test('no child of the demo is met twice on one day (EC-30)', async () => {
  expect(await rows('SELECT 1 FROM street_contact GROUP BY child_id, met_on HAVING count(*) > 1')).toEqual([])
})
