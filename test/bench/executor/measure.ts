import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { ApolloGateway, type GatewayConfig } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { CompiledGateway } from '@satuanak/compiled-executor'
import { parse } from 'graphql'
import type { Bench } from '../bench.ts'
import { memorySubgraph } from '../memory/answers.ts'
import { type Asked, OPERATIONS } from '../memory/operations.ts'

const CLIENTS = 16
const ROUNDS = 7
const ROUND_MS = 500

type Print = (line: string) => void
type Ask = () => Promise<unknown>
type Executor = ApolloGateway['executor']

/** One gateway: its executor by itself, and behind Apollo Server. */
interface Side {
  readonly executor: (asked: Asked) => Ask
  readonly server: (asked: Asked) => Ask
  close(): Promise<void>
}

/** The stock executor and the compiled one, side by side in one process, over the same answers from memory. */
export const executor: Bench = {
  about: 'the compiled executor against the stock one in one process: three operations, 16 clients at once',
  async run(print) {
    process.env.APOLLO_TELEMETRY_DISABLED = 'true'
    const config = configOver(new Map())
    const sides = [await sideOf(new ApolloGateway(config)), await sideOf(new CompiledGateway(config))] as const
    print(`${CLIENTS} clients, subgraphs from memory, operations per second: medians of ${ROUNDS} interleaved rounds`)
    try {
      for (const asked of OPERATIONS) {
        for (const layer of ['executor', 'server'] as const) {
          await printRatio(print, `${asked.name}, ${layer}`, sides[0][layer](asked), sides[1][layer](asked))
        }
      }
    } finally {
      for (const side of sides) await side.close()
    }
  },
}

function configOver(sources: Map<string, ReturnType<typeof memorySubgraph>>): GatewayConfig {
  const quiet = () => undefined
  return {
    supergraphSdl: readFileSync(new URL('../../../gateway/supergraph.graphql', import.meta.url), 'utf8'),
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    buildService: ({ name }) => {
      const source = sources.get(name) ?? memorySubgraph(name)
      sources.set(name, source)
      return source
    },
  }
}

async function sideOf(gatewayOf: ApolloGateway): Promise<Side> {
  const server = new ApolloServer({ gateway: gatewayOf, stopOnTerminationSignals: false })
  await server.start()
  return {
    executor: (asked) => {
      const request = requestOf(gatewayOf, asked)
      return () => gatewayOf.executor(request())
    },
    server: (asked) => async () => {
      const { body } = await server.executeOperation({ query: asked.query, variables: { ...asked.variables } })
      return body.kind === 'single' ? body.singleResult : body
    },
    close: () => server.stop(),
  }
}

/** A request as Apollo Server hands it on; its document is parsed once, as Apollo Server does. */
function requestOf({ schema }: ApolloGateway, { query, variables }: Asked): () => Parameters<Executor>[0] {
  const document = parse(query)
  const queryHash = createHash('sha256').update(query).digest('hex')
  const request = { query, variables }
  return () => ({ request, document, queryHash, source: query, schema, context: {}, metrics: {} }) as never
}

async function printRatio(print: Print, name: string, stock: Ask, compiled: Ask): Promise<void> {
  // The first is planned, the second is the first that is compiled.
  for (let index = 0; index < 3; index += 1) {
    const [expected, made] = [JSON.stringify(await stock()), JSON.stringify(await compiled())]
    if (!isDeepStrictEqual(expected, made)) throw new Error(`${name}: the answers differ:\n${expected}\n${made}`)
    if (!expected.startsWith('{"data":{')) throw new Error(`${name}: no data: ${expected.slice(0, 500)}`)
  }
  const rates: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    rates[0].push(await rateOf(stock))
    rates[1].push(await rateOf(compiled))
  }
  const [before, after] = rates.map(median) as [number, number]
  const figures = [before, after].map((rate) => Math.round(rate).toLocaleString('en').padStart(7))
  print(`  ${name.padEnd(40)} stock ${figures[0]}   compiled ${figures[1]}   ${(after / before).toFixed(2)} times`)
}

async function rateOf(ask: Ask): Promise<number> {
  const until = performance.now() + ROUND_MS
  let count = 0
  const client = async () => {
    while (performance.now() < until) {
      await ask()
      count += 1
      // As a socket would: lets the other clients, and the clock, have their turn.
      await new Promise(setImmediate)
    }
  }
  const started = performance.now()
  await Promise.all(Array.from({ length: CLIENTS }, client))
  return (count * 1_000) / (performance.now() - started)
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
