import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createService, prismaFolder } from '@satuanak/civil-registry'
import { parseConfig } from '@satuanak/civil-registry/config'
import { startPostgres } from '@satuanak/local-servers'
import { startNetwork } from '@satuanak/testkit'
import type { Bench } from '../bench.ts'
import { type Kind, kindsOf } from './kinds.ts'
import { load } from './load.ts'
import { plansOf } from './plans.ts'
import { createPopulation, type Population } from './population.ts'

const TODAY = Temporal.PlainDate.from('2026-11-23')
const [SMALL, LARGE] = [100_000, 1_000_000]
const ASKINGS = 100
const WARM_UP = 10

type Figures = ReadonlyMap<string, { readonly median: number; readonly p95: number; readonly p99: number }>
type Print = (line: string) => void

const registryParts = {
  prismaFolder,
  start: (env: Readonly<Record<string, string>>, more: Parameters<typeof createService>[1]) =>
    createService(parseConfig(env), more),
}
type House = Awaited<ReturnType<typeof openHouse>>
const openHouse = (postgresUrl: string) => startNetwork({ services: { 'civil-registry': registryParts }, postgresUrl })

/** The registry over HTTP, with its permissions and audit, at 100,000 persons and then at a million. */
export const registry: Bench = {
  about: 'each way of asking the registry, at 100,000 and at 1,000,000 persons, and the indexes it goes by',
  async run(print) {
    const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
    const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false })
    try {
      const house = await openHouse(postgres.adminUrl)
      try {
        await bench(house, print)
      } finally {
        await house.close()
      }
    } finally {
      await postgres.close()
      await rm(dir, { recursive: true, force: true })
    }
  },
}

async function bench(house: House, print: Print): Promise<void> {
  const population = await createPopulation(TODAY)
  const at = async (from: number, size: number) => {
    const started = performance.now()
    await load(house.databaseUrl('civil-registry'), house.service('civil-registry').app.custody, population, from, size)
    print(`\n${size.toLocaleString('en')} persons, loaded in ${((performance.now() - started) / 1000).toFixed(0)} s`)
    return measure(house, population, size, print)
  }
  const [small, large] = [await at(0, SMALL), await at(SMALL, LARGE)]
  print(`\n${LARGE / SMALL} times the persons cost`)
  for (const [kind, one] of large) {
    const before = small.get(kind) ?? one
    const ratio = (of: 'median' | 'p95') => `${(one[of] / before[of]).toFixed(1)} × at ${of}`
    print(`  ${kind.padEnd(40)} ${ratio('median')}   ${ratio('p95')}`)
  }
  await showPlans(house, population, print)
}

const asking = (house: House, { as, query, variables }: Kind, population: Population, size: number) => {
  const ask = house.subgraph('civil-registry', as)
  return (n: number) => ask.ok(query, variables(population.person(personAt(n, size)), n))
}

/** Strewn over the whole population, the same persons at each run. */
const personAt = (n: number, size: number): number => Math.floor(((n * 0.618_033_988_75) % 1) * size)

async function measure(house: House, population: Population, size: number, print: Print): Promise<Figures> {
  const figures = new Map<string, { median: number; p95: number; p99: number }>()
  for (const [name, kind] of Object.entries(kindsOf(population))) {
    const ask = asking(house, kind, population, size)
    const times: number[] = []
    for (let n = 0; n < WARM_UP + ASKINGS; n += 1) {
      const from = performance.now()
      await ask(n)
      if (n >= WARM_UP) times.push(performance.now() - from)
    }
    times.sort((a, b) => a - b)
    const share = (part: number) => times[Math.floor(times.length * part)] ?? Number.NaN
    const one = { median: share(0.5), p95: share(0.95), p99: share(0.99) }
    figures.set(name, one)
    const shown = Object.entries(one).map(([of, ms]) => `${of} ${ms.toFixed(1).padStart(6)} ms`)
    print(`  ${name.padEnd(40)} ${shown.join('   ')}`)
  }
  return figures
}

/** @throws where a table of persons is read from end to end. */
async function showPlans(house: House, population: Population, print: Print): Promise<void> {
  print('\nindexes')
  const read = new Set<string>()
  for (const [name, kind] of Object.entries(kindsOf(population))) {
    const ask = asking(house, kind, population, LARGE)
    const { indexes, whole } = await plansOf(house.databaseUrl('civil-registry'), () => ask(1))
    print(`  ${name.padEnd(40)} ${indexes.join(' ')}`)
    for (const table of whole) read.add(`${name}: ${table}`)
  }
  if (read.size > 0) throw new Error(`read from end to end: ${[...read].join(', ')}`)
}
