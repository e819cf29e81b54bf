import { progressLine } from '@satuanak/service-kit'
import { parseConfig } from './config.ts'
import { keysCommand } from './keys/keys-command.ts'
import { openRegistryApp } from './registry-app.ts'

// `npm run keys -- status | rotate | retire <key>`: beside the running service, on its database and its key file.

/** Longer than a process that lost its connection needs to see the new ring, in milliseconds. */
const GRACE = 2_000

const config = parseConfig(process.env)
const registry = await openRegistryApp(config)
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

try {
  process.exitCode = await keysCommand(process.argv.slice(2), {
    app: registry.app,
    databaseUrl: config.DATABASE_URL,
    file: config.NIK_KEYS_FILE,
    signal: stop.signal,
    print: (line) => void process.stdout.write(`${line}\n`),
    progress: progressLine(),
    grace: GRACE,
  })
} finally {
  await registry.close()
}
