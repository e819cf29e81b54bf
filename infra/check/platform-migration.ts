import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type GeneratedFile, writeOrCompare } from './generated-files.ts'
import { ROOT, SERVICES } from './repository.ts'

/** The kits' own tables, in the order in which they are made. Each kit keeps its SQL in one file. */
const KIT_SQL = [
  'packages/messaging/sql/messaging.sql',
  'packages/identity/sql/audit.sql',
  'packages/child-kit/sql/child.sql',
  'packages/service-kit/sql/request.sql',
] as const

const HEADER =
  "-- Generated from the kits' SQL by infra/check/platform-migration.ts. Change it there, then: npm run generate"

/** The first migration of every service: schema `platform`, the same everywhere. */
export async function platformMigrations(): Promise<GeneratedFile[]> {
  const parts = await Promise.all(
    KIT_SQL.map(async (path) => `-- ${path}\n${(await readFile(resolve(ROOT, path), 'utf8')).trim()}\n`),
  )
  const content = [HEADER, ...parts].join('\n')
  return SERVICES.map((service) => ({
    path: `services/${service}/prisma/migrations/00000000000000_platform/migration.sql`,
    content,
  }))
}

if (import.meta.main) {
  const check = process.argv.includes('--check')
  const differing = await writeOrCompare(await platformMigrations(), check)
  if (check && differing > 0) process.exitCode = 1
}
