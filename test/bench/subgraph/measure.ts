import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { startPostgres } from '@satuanak/local-servers'
import type { Bench } from '../bench.ts'
import type { Round, Times } from './client.ts'
import { type Fetch, fetchesOf } from './fetches.ts'
import { compare, printParts } from './figures.ts'
import { openDemoHouse } from './house.ts'
import { openPostgresCpu } from './postgres-cpu.ts'
import { type Side, sidesOf } from './sides.ts'

const CHILDREN = 2_000
const CLIENTS = 8

type Print = (line: string) => void
type Opened = Awaited<ReturnType<typeof openDemoHouse>>

/** A real subgraph over HTTP, asked by clients of another thread what the gateway asks it for two of the examples. */
export const subgraph: Bench = {
  about: 'a real subgraph answering the gateway’s fetches for two of the examples: how fast, and where the time goes',
  async run(print) {
    const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
    const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false })
    try {
      const opened = await openDemoHouse(postgres.adminUrl, CHILDREN)
      const worker = new Worker(new URL('./client.ts', import.meta.url))
      try {
        const fetches = await fetchesFor(opened)
        for (const name of ['social', 'education'] as const) {
          await bench(print, name, fetches.get(name) ?? [], opened, worker)
        }
      } finally {
        await worker.terminate()
        await opened.house.close()
      }
    } finally {
      await postgres.close()
      await rm(dir, { recursive: true, force: true })
    }
  },
}

async function bench(
  print: Print,
  service: 'social' | 'education',
  fetches: readonly Fetch[],
  { house, gatewayKey }: Opened,
  worker: Worker,
): Promise<void> {
  print(`\n${service}: ${CLIENTS} clients, ${fetches.length} fetches of these texts`)
  for (const text of new Set(fetches.map(({ query }) => query))) print(`  ${text}`)
  const sides = sidesOf(house.service(service))
  const playing = (side: Side, ms: number) =>
    side.during(() => play(worker, { url: side.url, service, key: gatewayKey, fetches, clients: CLIENTS, ms }))
  const postgres = await openPostgresCpu(house.databaseUrl(service))
  try {
    await compare(print, sides, playing, postgres.spent)
  } finally {
    await postgres.close()
  }
  await printParts(print, sides[0], playing)
}

/** What each subgraph is sent for the two examples, for each of the children met last. */
async function fetchesFor({ house }: Opened): Promise<ReadonlyMap<string, readonly Fetch[]>> {
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
  return Map.groupBy(fetches, ({ query }) => serviceOf(query))
}

/** The gateway names each fetch after the operation, the subgraph and its place in the plan. */
const serviceOf = (query: string): string => /__(education|social)__/.exec(query)?.[1] ?? ''

function play(worker: Worker, round: Round): Promise<Times> {
  return new Promise((resolve, reject) => {
    worker.once('message', ({ times, error }: { times?: Times; error?: string }) =>
      times ? resolve(times) : reject(new Error(error)),
    )
    worker.postMessage(round)
  })
}
