import { ATS_STATES as CITY_STATES, generateCity } from '@satuanak/demo-city'
import { runDemo } from '@satuanak/service-kit'
import { cloneDatabase, type TestDatabase } from '@satuanak/testkit'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { ATS_STATES, OUTCOMES } from './ats/domain-states.ts'
import { loadDemo } from './demo.ts'
import { PROVIDERS, SCHOOL_KIND_NAMES } from './school/domain.ts'
import { prismaFolder } from './service.ts'

const CITY = { children: 2000, today: Temporal.PlainDate.from('2026-11-23') }
let database: TestDatabase
let client: pg.Client

beforeAll(async () => {
  database = await cloneDatabase(inject('postgresUrl'), prismaFolder)
  client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const load = () => runDemo({ databaseUrl: database.url, prismaFolder, load: loadDemo, ...CITY })
  await load()
  await load()
})
afterAll(async () => {
  await client?.end()
  await database?.drop()
})

const count = async (sql: string) =>
  Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${sql}`)).rows[0]?.n)
const codes = async (sql: string) => (await client.query<{ code: string }>(sql)).rows.map(({ code }) => code)

test('the schools, pupils and out-of-school children of the city are loaded, and loading twice changes nothing', async () => {
  const city = await generateCity(CITY)
  expect(await count('school')).toBe(city.schools.length)
  expect(await count('enrolment')).toBe([...city.children].filter(({ enrolment }) => enrolment !== null).length)
  expect(await count('ats_record')).toBe([...city.children].filter(({ ats }) => ats !== null).length)
})

test('every child of the city is known here, so that it can be enrolled or reported', async () => {
  expect(await count('platform.child_known')).toBe([...(await generateCity(CITY)).children].length)
})

test('the demo speaks in the service’s own codes (TUN-R1, ID-14, DOMAIN §4.2)', async () => {
  expect(ATS_STATES).toEqual(CITY_STATES)
  expect(PROVIDERS).toEqual(expect.arrayContaining(await codes('SELECT DISTINCT provider AS code FROM school')))
  expect(SCHOOL_KIND_NAMES).toEqual(expect.arrayContaining(await codes('SELECT DISTINCT kind AS code FROM school')))
  const outcomes = await codes('SELECT DISTINCT outcome AS code FROM ats_record WHERE outcome IS NOT NULL')
  expect(OUTCOMES).toEqual(expect.arrayContaining(outcomes))
})

test('no record of the demo is verified without a field check (TUN-R2), nor not found after one visit (AT-04)', async () => {
  const checks = '(SELECT count(DISTINCT checked_on) FROM ats_field_check WHERE record_id = ats_record.id)'
  expect(await count('ats_field_check')).toBeGreaterThan(0)
  expect(await count(`ats_record WHERE verified_at IS NOT NULL AND ${checks} = 0`)).toBe(0)
  expect(await count(`ats_record WHERE state = 'TIDAK_DITEMUKAN' AND ${checks} < 2`)).toBe(0)
})

test('a child of the demo who is back in school has no open record, and the enrolment that closed it is its own', async () => {
  expect(await count(`ats_record WHERE state = 'SELESAI'`)).toBeGreaterThan(0)
  const theirs = `SELECT 1 FROM enrolment e WHERE e.id = closed_by AND e.child_id = ats_record.child_id`
  expect(await count(`ats_record WHERE state = 'SELESAI' AND NOT EXISTS (${theirs})`)).toBe(0)
  expect(await count(`ats_record WHERE state = 'SELESAI' AND closed_at IS NULL`)).toBe(0)
})

test('whatever stands as mapped in the demo has its instrument and one primary cause; what is proposed has OPDs (TUN-06 to TUN-08)', async () => {
  const mapped = `ats_record WHERE state IN ('DIPETAKAN', 'DIUSULKAN', 'DITETAPKAN', 'DIINTERVENSI')`
  const having = (table: string, more = '') => `(SELECT count(*) FROM ${table} WHERE record_id = ats_record.id ${more})`
  expect(await count(mapped)).toBeGreaterThan(0)
  expect(await count(`${mapped} AND ${having('ats_instrument')} <> 1`)).toBe(0)
  expect(await count(`${mapped} AND ${having('ats_cause', 'AND "primary"')} <> 1`)).toBe(0)
  expect(await count(`ats_cause WHERE proposal IS NOT NULL AND opd IS NULL`)).toBe(0)
  expect(await count(`ats_cause WHERE referral_id IS NOT NULL`)).toBeGreaterThan(0)
})
