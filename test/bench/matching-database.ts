import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createService, prismaFolder, type RegistryApp } from '@satuanak/civil-registry'
import { parseConfig } from '@satuanak/civil-registry/config'
import { candidatesOf, writeLabelled } from '@satuanak/civil-registry/test-matching'
import type { LabelledRecord } from '@satuanak/demo-city'
import { startPostgres } from '@satuanak/local-servers'
import type { Overrides } from '@satuanak/service-kit'
import { startNetwork } from '@satuanak/testkit'

const LOOKUPS = 500

/** How long the registry looks for candidates with all these records in its own PostgreSQL, one after the other. */
export async function printLookups(print: (line: string) => void, set: readonly LabelledRecord[]): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false })
  try {
    const registry = {
      prismaFolder,
      start: (env: Readonly<Record<string, string>>, overrides: Overrides) =>
        createService(parseConfig(env), overrides),
    }
    const network = await startNetwork({ services: { 'civil-registry': registry }, postgresUrl: postgres.adminUrl })
    try {
      await measureLookups(print, network.service('civil-registry').app, set)
    } finally {
      await network.close()
    }
  } finally {
    await postgres.close()
    await rm(dir, { recursive: true, force: true })
  }
}

async function measureLookups(
  print: (line: string) => void,
  app: RegistryApp,
  set: readonly LabelledRecord[],
): Promise<void> {
  await writeLabelled(app, set)
  const seconds = set.filter(({ id, truth }) => id !== truth).slice(0, LOOKUPS)
  const times: number[] = []
  let found = 0
  for (const second of seconds) {
    const from = performance.now()
    const candidates = await candidatesOf(app, second)
    times.push(performance.now() - from)
    if (candidates.some(({ id }) => id === second.truth)) found += 1
  }
  times.sort((one, other) => one - other)
  const at = (part: number) => (times[Math.floor(times.length * part)] ?? Number.NaN).toFixed(1)
  print(`\nin PostgreSQL, over ${set.length.toLocaleString('en')} records, lock and scores included`)
  print(
    `  a child that comes in         median ${at(0.5)} ms   p95 ${at(0.95)} ms   (${found} of ${seconds.length} found)`,
  )
}
