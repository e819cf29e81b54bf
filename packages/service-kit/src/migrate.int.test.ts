import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, schemaDrift } from './migrate.ts'
import { openTestServer } from './test-database.ts'

let server: Awaited<ReturnType<typeof openTestServer>>
beforeAll(async () => {
  server = await openTestServer()
})
afterAll(() => server?.close())

const CHILD = 'CREATE TABLE child (id integer NOT NULL, CONSTRAINT child_pkey PRIMARY KEY (id));'
const MODEL = 'model Child {\n  id Int @id\n  @@map("child")\n}\n'

async function query<Row extends pg.QueryResultRow>(databaseUrl: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

test('migrations are applied in order, once', async () => {
  const databaseUrl = await server.database()
  const folder = await server.folder({ '1_child': CHILD, '2_name': 'ALTER TABLE child ADD name text;' })
  expect(await migrate({ databaseUrl, folder })).toEqual(['1_child', '2_name'])
  expect(await migrate({ databaseUrl, folder })).toEqual([])
})

test('several processes may migrate at once: one works, the others wait', async () => {
  const databaseUrl = await server.database()
  const folder = await server.folder({ '1_child': CHILD })
  const applied = await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl, folder })))
  expect(applied.flat()).toEqual(['1_child'])
})

test('a function body with its own semicolons survives', async () => {
  const databaseUrl = await server.database()
  const body = `CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN n := n + n; RETURN n; END $$;`
  await migrate({ databaseUrl, folder: await server.folder({ '1_twice': body }) })
  expect(await query(databaseUrl, 'SELECT twice(4) AS n')).toEqual([{ n: 8 }])
})

test('of a migration that fails half way nothing stays', async () => {
  const databaseUrl = await server.database()
  const folder = await server.folder({ '1_broken': `${CHILD}\nALTER TABLE nowhere ADD name text;` })
  await expect(migrate({ databaseUrl, folder })).rejects.toThrow()
  expect(await query(databaseUrl, `SELECT to_regclass('child') AS child`)).toEqual([{ child: null }])
})

test('a migration that was changed after it was applied stops the start', async () => {
  const databaseUrl = await server.database()
  const folder = await server.folder({ '1_child': CHILD })
  await migrate({ databaseUrl, folder })
  await writeFile(join(folder, 'migrations/1_child/migration.sql'), `${CHILD} -- changed`)
  await expect(migrate({ databaseUrl, folder })).rejects.toThrow(/1_child.*changed/)
})

test('no drift is reported where the model and the migrations agree, and the missing SQL where they do not', async () => {
  const databaseUrl = await server.database()
  const agreeing = await server.folder({ '1_child': CHILD }, MODEL)
  await migrate({ databaseUrl, folder: agreeing })
  expect(await schemaDrift({ databaseUrl, folder: agreeing })).toBeNull()
  const ahead = await server.folder({}, MODEL.replace('@id', '@id\n  name String?'))
  expect(await schemaDrift({ databaseUrl, folder: ahead })).toMatch(/ADD COLUMN\s+"name" TEXT/)
})

test('tables of the kits, in a schema of their own, are no drift', async () => {
  const databaseUrl = await server.database()
  const folder = await server.folder(
    { '1': `CREATE SCHEMA platform; CREATE TABLE platform.outbox (id int); ${CHILD}` },
    MODEL,
  )
  await migrate({ databaseUrl, folder })
  expect(await schemaDrift({ databaseUrl, folder })).toBeNull()
})
