import { Caller } from '@satuanak/identity'
import { json, parseEnv } from '@satuanak/service-kit'
import { parseConfig } from './config.ts'
import { importCommand } from './intake/import-command.ts'
import { openRegistryApp } from './registry-app.ts'

// `npm run import -- <file>`: beside the running service, on its database and with its keys. Whoever may start this
// holds those keys; IMPORT_CALLER says in whose name, for permission and audit.
const { IMPORT_CALLER: caller } = parseEnv({ IMPORT_CALLER: json(Caller) }, process.env)
const registry = openRegistryApp(parseConfig(process.env))
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

/** Between two lines where nobody rewrites them, in milliseconds. */
const SELDOM = 5_000
let said = 0
const progress = (line: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
  else if (line !== '' && performance.now() - said > SELDOM) {
    said = performance.now()
    process.stderr.write(`${line}\n`)
  }
}

try {
  process.exitCode = await importCommand(process.argv.slice(2), {
    app: registry.app,
    caller,
    signal: stop.signal,
    print: (line) => void process.stdout.write(`${line}\n`),
    progress,
  })
} finally {
  await registry.close()
}
