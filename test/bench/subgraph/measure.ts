import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ServiceName } from '@satuanak/contracts'
import { startPostgres } from '@satuanak/local-servers'
import type { Bench } from '../bench.ts'
import type { Round, Times } from './client.ts'
import { type Fetch, fetchesOf } from './fetches.ts'
import { openDemoHouse } from './house.ts'
import { profileOf } from './profile.ts'
import { type Side, sidesOf } from './sides.ts'

const CHILDREN = 2_000
const CLIENTS = 8
const ROUNDS = 7
const ROUND_MS = 1_000

type Print = (line: string) => void

/** A real subgraph over HTTP, asked by clients of another thread what the gateway asks it for two of the examples. */
export const subgraph: Bench = {
  about:
    'a real subgraph answering the gateway’s fetches for two of its examples: where the time goes, and ways to save it',
  async run(print) {
    const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
    const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false })
    try {
      const { house, gatewayKey } = await openDemoHouse(postgres.adminUrl, CHILDREN)
      const worker = new Worker(new URL('./client.ts', import.meta.url))
      try {
        const asked = await fetchesFor(house)
        for (const name of ['social', 'education'] as const) {
          const fetches = asked.get(name) ?? []
          print(`\n${name}: ${fetches.length} fetches, ${new Set(fetches.map(({ query }) => query)).size} texts`)
          for (const text of new Set(fetches.map(({ query }) => query))) print(`  ${text}`)
          const sides = await sidesOf(house.service(name), name)
          const playing = (side: Side, ms: number) =>
            side.during(() =>
              play(worker, { url: side.url, service: name, key: gatewayKey, fetches, clients: CLIENTS, ms }),
            )
          await compare(print, sides, playing)
          await printParts(print, () => playing(sides[0] as Side, 4_000))
          for (const side of sides) await side.close()
        }
      } finally {
        await worker.terminate()
        await house.close()
      }
    } finally {
      await postgres.close()
      await rm(dir, { recursive: true, force: true })
    }
  },
}

type House = Awaited<ReturnType<typeof openDemoHouse>>['house']

/** What each subgraph is sent for the two examples, for several children. */
async function fetchesFor(house: House): Promise<ReadonlyMap<ServiceName, readonly Fetch[]>> {
  const example = (name: string) => readFileSync(new URL(`../../../gateway/examples/${name}`, import.meta.url), 'utf8')
  const ask = house.as('bapperida')
  const street = await ask.ok<{ streetContacts: { nodes: { child: { id: string } }[] } }>(
    example('08-street-children.graphql'),
  )
  const children = [...new Set(street.streetContacts.nodes.map(({ child }) => child.id))]
  const fetches = await fetchesOf(async () => {
    await ask.ok(example('08-street-children.graphql'))
    // Bapperida is refused NIKs and notes, as it is every day.
    for (const id of children) await ask(example('07-one-child.graphql'), { id })
  })
  return Map.groupBy(fetches, ({ query }) => serviceOf(query)) as ReadonlyMap<ServiceName, readonly Fetch[]>
}

/** The gateway names each fetch after the operation, the subgraph and its place in the plan. */
const serviceOf = (query: string): string => /__(civil_registry|education|social|coordination)__/.exec(query)?.[1] ?? ''

interface Figures {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  /** Microseconds of the server's thread for one request. */
  readonly cpu: number
}

async function compare(print: Print, sides: readonly Side[], play: (side: Side, ms: number) => Promise<Times>) {
  const figures = new Map<Side, Figures[]>(sides.map((side) => [side, []]))
  for (const side of sides) await play(side, ROUND_MS * 2)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [side, found] of figures) {
      const before = process.threadCpuUsage()
      const times = [...(await play(side, ROUND_MS))].sort((one, other) => one - other)
      const { user, system } = process.threadCpuUsage(before)
      const share = (part: number) => times[Math.floor(times.length * part)] ?? Number.NaN
      found.push({
        rate: (times.length * 1_000) / ROUND_MS,
        p50: share(0.5),
        p99: share(0.99),
        cpu: (user + system) / times.length,
      })
    }
  }
  print(`  ${'medians of interleaved rounds'.padEnd(44)} req/s    p50 ms   p99 ms   µs of the thread`)
  for (const [side, found] of figures) {
    const of = (key: keyof Figures) => median(found.map((one) => one[key]))
    const shown = [of('rate').toFixed(0), of('p50').toFixed(2), of('p99').toFixed(2), of('cpu').toFixed(0)]
    print(`  ${side.name.padEnd(44)} ${shown.map((text) => text.padStart(6)).join('   ')}`)
  }
}

async function printParts(print: Print, play: () => Promise<Times>): Promise<void> {
  let count = 1
  const spent = await profileOf(async () => {
    count = (await play()).length
  })
  const busy = [...spent].filter(([name]) => name !== '(idle)')
  const all = busy.reduce((sum, [, us]) => sum + us, 0)
  print(`  where ${(all / count).toFixed(0)} µs of the thread go, of one request`)
  for (const [name, us] of busy.sort(([, one], [, other]) => other - one)) {
    print(
      `    ${name.padEnd(40)} ${(us / count).toFixed(0).padStart(6)} µs ${((100 * us) / all).toFixed(1).padStart(6)} %`,
    )
  }
}

function play(worker: Worker, round: Round): Promise<Times> {
  return new Promise((resolve, reject) => {
    worker.once('message', ({ times, error }: { times?: Times; error?: string }) =>
      times ? resolve(times) : reject(new Error(error)),
    )
    worker.postMessage(round)
  })
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
