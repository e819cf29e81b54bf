import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const RunFile = z.object({
  /** GraphQL, as the outside reaches it. */
  gatewayUrl: z.string(),
  natsUrl: z.string(),
  /** By service. */
  databaseUrls: z.record(z.string(), z.string()),
  /** Process ids by name: launcher, postgres, nats, the services, gateway. */
  pids: z.record(z.string(), z.number()),
})

/** What runs now, for the command line tools of the same clone. Holds passwords: readable by its owner only. */
export type RunFile = z.infer<typeof RunFile>

export const DATA_DIR = join(import.meta.dirname, '../../.data')

const pathIn = (dataDir: string) => join(dataDir, 'run.json')

export function writeRunFile(dataDir: string, run: RunFile): void {
  const path = pathIn(dataDir)
  writeFileSync(`${path}.new`, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
}

/** What the launcher of this clone last said of itself; undefined when it is not running, or was killed. */
export function readRunFile(dataDir: string): RunFile | undefined {
  try {
    return RunFile.parse(JSON.parse(readFileSync(pathIn(dataDir), 'utf8')))
  } catch {
    return undefined
  }
}

export function removeRunFile(dataDir: string): void {
  rmSync(pathIn(dataDir), { force: true })
}
