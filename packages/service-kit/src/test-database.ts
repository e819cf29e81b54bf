import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Postgres, startPostgres } from '@satuanak/local-servers'
import pg from 'pg'

/** For this package's own tests: a PostgreSQL, and service folders with the migrations a test gives. */
export async function openTestServer() {
  const dir = await mkdtemp(join(tmpdir(), 'satuanak-service-kit-'))
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false })
  return {
    database: () => emptyDatabase(postgres),
    folder: (migrations: Readonly<Record<string, string>>, model = '') =>
      prismaFolder(join(dir, randomUUID()), migrations, model),
    close: async () => {
      await postgres.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

export const REQUEST_SQL = await readFile(join(import.meta.dirname, '../sql/request.sql'), 'utf8')

async function emptyDatabase(postgres: Postgres): Promise<string> {
  const name = `t${randomUUID().replaceAll('-', '')}`
  const admin = new pg.Client({ connectionString: postgres.adminUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  await admin.end()
  return postgres.url(name)
}

async function prismaFolder(folder: string, migrations: Readonly<Record<string, string>>, model: string) {
  await mkdir(join(folder, 'migrations'), { recursive: true })
  await writeFile(join(folder, 'schema.prisma'), `datasource db {\n  provider = "postgresql"\n}\n${model}`)
  for (const [name, sql] of Object.entries(migrations)) {
    await mkdir(join(folder, 'migrations', name))
    await writeFile(join(folder, 'migrations', name, 'migration.sql'), sql)
  }
  return folder
}
