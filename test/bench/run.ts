import type { Bench } from './bench.ts'
import { executor } from './executor/measure.ts'
import { fairness } from './fairness/measure.ts'
import { gateway } from './gateway/measure.ts'
import { intake } from './intake/intake.ts'
import { live } from './live/measure.ts'
import { resume } from './live/resume.ts'
import { matching } from './matching.ts'
import { planning } from './planning.ts'
import { registry } from './registry/measure.ts'
import { subgraph } from './subgraph/measure.ts'

/** `npm run bench -- <name>`: what was measured, printed; nothing is asserted but the floors a bench sets itself. */
const BENCHES: Readonly<Record<string, Bench>> = {
  matching,
  intake,
  registry,
  gateway,
  executor,
  planning,
  fairness,
  subgraph,
  live,
  resume,
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const given = process.argv.slice(2)
const options = { quick: given.includes('--quick') }
const asked = given.filter((name) => name !== '--quick')
const unknown = asked.filter((name) => !(name in BENCHES))
if (asked.length === 0 || unknown.length > 0) {
  print('npm run bench -- <name> …')
  for (const [name, { about }] of Object.entries(BENCHES)) print(`  ${name.padEnd(12)} ${about}`)
  process.exitCode = asked.length === 0 ? 0 : 1
} else {
  for (const name of asked) await BENCHES[name]?.run(print, options)
}
