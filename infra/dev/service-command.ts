import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { ServiceName } from '@satuanak/contracts'
import { satuAnak, serviceEnv } from './house.ts'
import { parseOptions } from './options.ts'
import { DATA_DIR, readRunFile } from './run-file.ts'
import { openSecrets } from './secrets.ts'

/**
 * Runs a program of a service beside the house that runs in this clone, on its database and with its keys, with the
 * arguments of this process; ends as it does. Elsewhere the program is given its environment by whoever starts it.
 * @param main path under the service's `src`
 */
export async function runServiceCommand(
  service: ServiceName,
  main: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const run = readRunFile(DATA_DIR)
  const house = satuAnak(join(import.meta.dirname, '../..'), DATA_DIR)
  const found = house.services.find(({ name }) => name === service)
  const databaseUrl = run?.databaseUrls[service]
  if (run === undefined || found === undefined || databaseUrl === undefined) {
    process.stderr.write('SatuAnak does not run in this clone: npm start first.\n')
    process.exitCode = 1
    return
  }
  const secrets = await openSecrets(join(DATA_DIR, 'keys'))
  const servers = { adminUrl: databaseUrl, natsUrl: run.natsUrl }
  const env = { ...process.env, ...serviceEnv(found, 0, secrets, servers, parseOptions([], {})), ...more }
  const program = join(house.root, 'services', service, 'src', main)
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { env, stdio: 'inherit' })
  // The terminal sends Ctrl-C to both; the program ends by itself after the rows under way.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
