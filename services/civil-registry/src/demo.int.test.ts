import { generateCity } from '@satuanak/demo-city'
import { runDemo } from '@satuanak/service-kit'
import { cloneDatabase, type TestDatabase } from '@satuanak/testkit'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { loadDemo } from './demo.ts'
import { createNikCustody } from './identity/nik-custody.ts'
import { newRing } from './keys/ring.ts'
import { prismaFolder } from './service.ts'

const CITY = { children: 2000, today: Temporal.PlainDate.from('2026-11-23') }
const custody = createNikCustody(newRing())
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

const load = () => runDemo({ databaseUrl: database.url, prismaFolder, load: loadDemo(custody), ...CITY })
const count = async (sql: string) =>
  Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`)).rows[0]?.n)

test('every child of the city is registered, and loading twice changes nothing', async () => {
  await load()
  await load()
  expect(await count('person')).toBe(CITY.children)
  expect(await count(`paper WHERE kind = 'NIK'`)).toBe(await count('person WHERE nik_index IS NOT NULL'))
})

test('a NIK of the city is sealed like any other: found by its index, readable by nobody without the key (ID-09)', async () => {
  const city = await generateCity(CITY)
  const child = [...city.children].find((one) => one.particulars.nik !== null)
  const nik = child?.particulars.nik ?? ''
  const { rows } = await client.query('SELECT id, person::text AS whole FROM person WHERE nik_index = $1', [
    custody.indexesOf(nik)[0],
  ])
  expect(rows.map((row) => row.id)).toContain(child?.id)
  expect(rows[0]?.whole).not.toContain(nik)
})

test('children kept at another level than 2 are known as such (PV-14)', async () => {
  expect(await count('platform.child_level WHERE level = 4')).toBeGreaterThan(0)
})

test('who was written down twice waits for an officer beside the first record, and twins do, once (ID-21, EC-06)', async () => {
  const city = await generateCity(CITY)
  const twice = [...city.children].filter(({ id, truth }) => id !== truth)
  const { rows } = await client.query<{ ids: string; state: string }>(
    `SELECT low_id || ' ' || high_id AS ids, state FROM match_pair WHERE jsonb_array_length(reasons) > 0`,
  )
  const waiting = new Set(rows.map(({ ids }) => ids))
  const found = twice.filter(({ id, truth }) => waiting.has([id, truth].toSorted().join(' ')))
  expect(found.length).toBeGreaterThan(twice.length * 0.7)
  expect(waiting.size).toBe(rows.length)
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['MENUNGGU']))
})
