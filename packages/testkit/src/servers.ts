import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@satuanak/local-servers'
import type { TestProject } from 'vitest/node'
import type {} from './provided.ts'

/** Vitest's `globalSetup`: one real PostgreSQL for the run, gone with it. Each network brings its own NATS. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'satuanak-test-'))
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false })
  project.provide('postgresUrl', postgres.adminUrl)
  return async () => {
    await postgres.close()
    await rm(dir, { recursive: true, force: true })
  }
}
