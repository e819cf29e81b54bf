import { Caller } from '@satuanak/identity'
import { json, parseEnv, progressLine } from '@satuanak/service-kit'
import { parseConfig } from './config.ts'
import { openEducationApp } from './education-app.ts'
import { importCommand } from './intake/import-command.ts'

// `npm run import -- <file> --as sekolah`: beside the running service, on its database. IMPORT_CALLER says in whose
// name, for permission and audit.
const { IMPORT_CALLER: caller } = parseEnv({ IMPORT_CALLER: json(Caller) }, process.env)
const education = openEducationApp(parseConfig(process.env))
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())
process.once('SIGTERM', () => stop.abort())

try {
  process.exitCode = await importCommand(process.argv.slice(2), {
    app: education.app,
    caller,
    signal: stop.signal,
    print: (line) => void process.stdout.write(`${line}\n`),
    progress: progressLine(),
  })
} finally {
  await education.close()
}
