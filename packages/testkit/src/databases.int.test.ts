import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { cloneDatabase, type TestDatabase } from './databases.ts'
import { statementsOf } from './queries.ts'

let dir: string
const clones: TestDatabase[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'satuanak-testkit-'))
})
afterAll(async () => {
  await Promise.all(clones.map((clone) => clone.drop()))
  await rm(dir, { recursive: true, force: true })
})

async function prismaFolder(name: string, sql: string): Promise<string> {
  const folder = join(dir, name)
  await mkdir(join(folder, 'migrations/1_first'), { recursive: true })
  await writeFile(join(folder, 'schema.prisma'), 'datasource db {\n  provider = "postgresql"\n}\n')
  await writeFile(join(folder, 'migrations/1_first/migration.sql'), sql)
  return folder
}

async function clone(folder: string): Promise<TestDatabase> {
  const database = await cloneDatabase(inject('postgresUrl'), folder)
  clones.push(database)
  return database
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('each clone is migrated, empty and a test’s own', async () => {
  const folder = await prismaFolder('own', 'CREATE TABLE child (name text);')
  const [one, two] = [await clone(folder), await clone(folder)]
  await query(one.url, `INSERT INTO child VALUES ('Bagas')`)
  expect(await query(two.url, 'SELECT * FROM child')).toEqual([])
})

test('files that ask at the same moment share one template and get a clone each', async () => {
  const folder = await prismaFolder('together', 'CREATE TABLE child (name text);')
  const urls = (await Promise.all([1, 2, 3, 4].map(() => clone(folder)))).map((database) => database.url)
  expect(new Set(urls).size).toBe(4)
  for (const url of urls) expect(await query(url, 'SELECT * FROM child')).toEqual([])
})

test('changed migrations make another template', async () => {
  const folder = await prismaFolder('changing', 'CREATE TABLE child (name text);')
  await clone(folder)
  await prismaFolder('changing', 'CREATE TABLE child (name text, born date);')
  expect(await query((await clone(folder)).url, 'SELECT born FROM child')).toEqual([])
})

test('a dropped clone is gone, also where somebody is still connected', async () => {
  const database = await cloneDatabase(
    inject('postgresUrl'),
    await prismaFolder('gone', 'CREATE TABLE child (name text);'),
  )
  const client = new pg.Client({ connectionString: database.url })
  client.on('error', () => undefined) // cut off on purpose
  await client.connect()
  await database.drop()
  await expect(query(database.url, 'SELECT 1')).rejects.toThrow(/does not exist/)
})

test('statements are recorded as they are sent, and only while asked for', async () => {
  const { url } = await clone(await prismaFolder('counted', 'CREATE TABLE child (name text);'))
  const sent = await statementsOf(() => query(url, 'SELECT name FROM child'))
  expect(sent).toEqual(['SELECT name FROM child'])
  await query(url, 'SELECT count(*) FROM child')
  expect(sent).toHaveLength(1)
})
