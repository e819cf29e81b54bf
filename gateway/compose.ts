import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { compose, driftOf, type SubgraphSdl } from './src/composition.ts'
import { FRONT_DOOR, frontDoorSdl } from './src/front-door.ts'

/**
 * `node gateway/compose.ts` writes supergraph.graphql; with `--check` it writes nothing and ends with 1 when the
 * committed file is not what the committed schemas compose to.
 */
const services = new URL('../services/', import.meta.url)
const file = new URL('supergraph.graphql', import.meta.url)

const agencies: SubgraphSdl[] = readdirSync(services)
  .toSorted()
  .map((name) => ({ name, file: new URL(`${name}/schema.graphql`, services) }))
  .filter((service) => existsSync(service.file))
  .map((service) => ({ name: service.name, sdl: readFileSync(service.file, 'utf8') }))

const composed = compose([...agencies, { name: FRONT_DOOR, sdl: frontDoorSdl() }])
if ('problems' in composed) fail('The schemas do not compose:', composed.problems)
else if (process.argv.includes('--check')) check(composed.supergraph)
else {
  writeFileSync(file, composed.supergraph)
  for (const note of composed.notes) process.stdout.write(`${note}\n`)
  process.stdout.write(`gateway/supergraph.graphql: ${agencies.length} agencies and the front door\n`)
}

function check(supergraph: string): void {
  const drift = driftOf(existsSync(file) ? readFileSync(file, 'utf8') : '', supergraph)
  if (drift)
    fail('gateway/supergraph.graphql is not what the schemas compose to. Run `node gateway/compose.ts`.', [drift])
  else process.stdout.write('gateway/supergraph.graphql is up to date\n')
}

function fail(sentence: string, details: readonly string[]): void {
  process.stderr.write(`${sentence}\n${details.map((detail) => `  ${detail}\n`).join('')}`)
  process.exitCode = 1
}
