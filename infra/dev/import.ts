import { PERSONAS } from '@satuanak/demo-city'
import { runRegistryCommand } from './registry-command.ts'

// `npm run import -- <file> [--as ktp-status] [--dry-run] [--report out.csv]`, in the name of the persona `dukcapil`.
await runRegistryCommand('import.ts', { IMPORT_CALLER: JSON.stringify(PERSONAS.dukcapil.caller) })
