import { PERSONAS } from '@satuanak/demo-city'
import { runServiceCommand } from './service-command.ts'

// `npm run import -- <file> [--as …] [--dry-run] [--report out.csv]`: what the rows are says whose they are. Persons and
// KTP-el statuses go to the registry in the name of the persona `dukcapil`, lists of schools and of children out of school to
// education in the name of `dinas-pendidikan`.

/** What education takes in; all else, and what is not understood, is the registry's to answer. */
const OF_EDUCATION = ['sekolah', 'ats']

const at = process.argv.findIndex((argument) => argument === '--as' || argument.startsWith('--as='))
const kind = process.argv[at]?.split('=')[1] ?? process.argv[at + 1]
const isEducation = at > 0 && OF_EDUCATION.includes(kind ?? '')
const caller = isEducation ? PERSONAS['dinas-pendidikan'].caller : PERSONAS.dukcapil.caller
await runServiceCommand(isEducation ? 'education' : 'civil-registry', 'import.ts', {
  IMPORT_CALLER: JSON.stringify(caller),
})
