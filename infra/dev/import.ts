import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { PERSONAS } from '@satuanak/demo-city'
import { satuAnak, serviceEnv } from './house.ts'
import { parseOptions } from './options.ts'
import { DATA_DIR, readRunFile } from './run-file.ts'
import { openSecrets } from './secrets.ts'

// `npm run import -- <file> [--as ktp-status] [--dry-run] [--report out.csv]`: into the registry of the house that runs
// in this clone, in the name of the persona `dukcapil`. Elsewhere `services/civil-registry/src/import.ts` is given its
// environment.
const run = readRunFile(DATA_DIR)
const house = satuAnak(join(import.meta.dirname, '../..'), DATA_DIR)
const registry = house.services.find(({ name }) => name === 'civil-registry')
const databaseUrl = run?.databaseUrls['civil-registry']
if (run === undefined || registry === undefined || databaseUrl === undefined) {
  process.stderr.write('SatuAnak does not run in this clone: npm start first.\n')
  process.exitCode = 1
} else {
  const secrets = await openSecrets(join(DATA_DIR, 'keys'))
  const servers = { adminUrl: databaseUrl, natsUrl: run.natsUrl }
  const env = {
    ...process.env,
    ...serviceEnv(registry, 0, secrets, servers, parseOptions([], {})),
    IMPORT_CALLER: JSON.stringify(PERSONAS.dukcapil.caller),
  }
  const program = join(house.root, 'services/civil-registry/src/import.ts')
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { env, stdio: 'inherit' })
  // The terminal sends Ctrl-C to both; the import ends by itself after the rows under way.
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
