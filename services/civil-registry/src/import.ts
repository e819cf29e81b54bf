import { Caller } from '@satuanak/identity'
import { json, parseEnv, progressLine } from '@satuanak/service-kit'
import { parseConfig } from './config.ts'
import { importCommand } from './intake/import-command.ts'
import { openRegistryApp } from './registry-app.ts'

// `npm run import -- <file>`: beside the running service, on its database and with its keys. Whoever may start this
// holds those keys; IMPORT_CALLER says in whose name, for permission and audit.
const { IMPORT_CALLER: caller } = parseEnv({ IMPORT_CALLER: json(Caller) }, process.env)
const registry = await openRegistryApp(parseConfig(process.env))
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

try {
  process.exitCode = await importCommand(process.argv.slice(2), {
    app: registry.app,
    caller,
    signal: stop.signal,
    print: (line) => void process.stdout.write(`${line}\n`),
    progress: progressLine(),
  })
} finally {
  await registry.close()
}
