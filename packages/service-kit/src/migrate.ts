import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'
import pg from 'pg'
import { CannotStart } from './cannot-start.ts'
import { engineAdapter } from './engine-adapter.ts'

/** A service's `prisma/` folder: `schema.prisma` and `migrations/<time>_<name>/migration.sql`, Prisma's own layout. */
export interface PrismaFolder {
  readonly databaseUrl: string
  readonly folder: string
}

interface Migration {
  readonly name: string
  readonly sql: string
}

const NO_FILTER = { externalTables: [], externalEnums: [] }

/**
 * Applies the migrations that this database has not seen, with Prisma's own engine, so that `prisma migrate deploy`
 * agrees with us about the history. Several processes may call it at once: one works, the others wait.
 * @returns the names applied now, in order; empty where the database was up to date.
 * @throws CannotStart where a migration that was applied has since been changed or removed; the engine's own error where
 *   one fails (nothing of it stays).
 */
export async function migrate({ databaseUrl, folder }: PrismaFolder): Promise<readonly string[]> {
  const migrations = await readMigrations(folder)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('satuanak.migrate'))`)
    if (await isUpToDate(client, migrations)) return []
    return await withEngine({ databaseUrl, folder }, async (engine) => {
      const { appliedMigrationNames } = await engine.applyMigrations({
        migrationsList: migrationList(folder, migrations),
        filters: NO_FILTER,
      })
      return appliedMigrationNames
    })
  } finally {
    await client.end()
  }
}

/**
 * What `schema.prisma` says and the migrated database lacks, as SQL; null where both agree. A check for tests: the
 * migrations are written by hand, and this is what keeps them true to the model.
 */
export async function schemaDrift({ databaseUrl, folder }: PrismaFolder): Promise<string | null> {
  const file = { path: 'schema.prisma', content: await readFile(join(folder, 'schema.prisma'), 'utf8') }
  return withEngine({ databaseUrl, folder }, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files: [file], configDir: folder },
      to: { tag: 'schemaDatamodel', files: [file] },
      script: true,
      exitCode: true,
      filters: NO_FILTER,
    })
    return exitCode === 0 ? null : (stdout ?? 'the schemas differ')
  })
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const entries = await readdir(join(folder, 'migrations'), { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(join(folder, 'migrations', name, 'migration.sql'), 'utf8'),
    })),
  )
}

/** The engine takes a second to load; a warm start must not pay for it when there is nothing to do. */
async function isUpToDate(client: pg.Client, migrations: readonly Migration[]): Promise<boolean> {
  const { rows: tables } = await client.query(`SELECT to_regclass('public._prisma_migrations') AS history`)
  if (tables[0]?.history === null) return false
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    `SELECT migration_name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  )
  refuseRewrittenHistory(rows, migrations)
  return rows.length === migrations.length
}

/** A migration that ran is history: changing the file would leave old and new databases different for ever. */
function refuseRewrittenHistory(
  applied: readonly { migration_name: string; checksum: string }[],
  migrations: readonly Migration[],
): void {
  const inFolder = new Map(migrations.map(({ name, sql }) => [name, createHash('sha256').update(sql).digest('hex')]))
  for (const { migration_name: name, checksum } of applied) {
    if (inFolder.get(name) === checksum) continue
    const what = inFolder.has(name) ? 'was changed' : 'was removed'
    throw new CannotStart(
      `Migration ${name} ${what} after it had been applied. Restore the file and add a new migration.`,
    )
  }
}

function migrationList(folder: string, migrations: readonly Migration[]) {
  return {
    baseDir: join(folder, 'migrations'),
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  }
}

async function withEngine<T>(place: PrismaFolder, run: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const schema = await readFile(join(place.folder, 'schema.prisma'), 'utf8')
  const { SchemaEngine: Engine } = await loadEngine()
  const adapter = engineAdapter(place.databaseUrl)
  const bound = bindMigrationAwareSqlAdapterFactory(adapter.factory)
  const engine = await Engine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, bound)
  try {
    return await run(engine)
  } finally {
    engine.free()
    await adapter.close()
  }
}

type EngineModule = typeof import('@prisma/schema-engine-wasm')
/** What of the WebAssembly API is used here; Node has it, its type package leaves it to the DOM's. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>
}
let loaded: Promise<EngineModule> | undefined

/** Prisma's engine as WebAssembly, loaded by hand: the binary would be fetched from the internet (DESIGN §3.5). */
function loadEngine(): Promise<EngineModule> {
  loaded ??= (async () => {
    const glue = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as unknown as EngineModule & {
      __wbg_set_wasm(exports: unknown): void
    }
    const file = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const wasm = await readFile(file.replace(/\.js$/, '.wasm'))
    const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue })
    glue.__wbg_set_wasm(instance.exports)
    ;(instance.exports.__wbindgen_start as () => void)()
    return glue
  })()
  return loaded
}
