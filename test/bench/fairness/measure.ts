import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PERSONAS } from '@satuanak/demo-city'
import { type Caller, createKeyPair, openDevIssuer } from '@satuanak/identity'
import type { Bench } from '../bench.ts'
import { startAgencies } from './agencies.ts'
import { type Answered, askAll, type Client } from './clients.ts'
import { startGateway } from './gateway-process.ts'

type Print = (line: string) => void

const AGENCIES = [PERSONAS.dukcapil, PERSONAS['dinas-pendidikan'], PERSONAS['petugas-sosial'], PERSONAS.bapperida]
const OFFICERS_EACH = 5
const OFFICER_RATE = 1
const RUNAWAY_RATE = 100 * OFFICER_RATE
const DATABASE_MS = Number(process.env.BENCH_DATABASE_MS ?? 10)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7)
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 8_000)
const WARM_MS = 2_000

/** Other numbers than the gateway's own, to try them: `RATE_BURST_SECONDS=60 npm run bench -- fairness`. */
const given = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value = '']) => (/^(?:RATE|MAX)_/.test(name) ? [[name, value]] : [])),
)

const FAR = '1000000000'
const NO_TURNS = { MAX_CONCURRENT: FAR, MAX_CONCURRENT_PERSON: FAR }
const NO_RATES = { RATE_PERSON_REQUESTS: FAR, RATE_PERSON_COST: FAR, RATE_CLIENT_REQUESTS: FAR }

interface Way {
  readonly name: string
  readonly env: Readonly<Record<string, string>>
  readonly isBeside: boolean
}

const WAYS: readonly Way[] = [
  { name: 'no runaway', env: given, isBeside: false },
  { name: 'beside the runaway', env: given, isBeside: true },
  { name: 'beside it, without turns', env: { ...given, ...NO_TURNS }, isBeside: true },
  { name: 'beside it, without turns and rates', env: { ...NO_TURNS, ...NO_RATES }, isBeside: true },
]

/** Officers of four agencies at a modest rate: alone, and beside one client that asks 100 times as often. */
export const fairness: Bench = {
  about: 'p95 of officers of four agencies, alone and beside one client at 100 times their rate',
  async run(print) {
    const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
    const agencies = await startAgencies(DATABASE_MS)
    const issuer = await openDevIssuer(dir)
    const keys = await createKeyPair()
    const env = {
      SUBGRAPH_URLS: JSON.stringify(agencies.urls),
      GATEWAY_SIGNING_JWK: JSON.stringify(keys.privateJwk),
      OIDC_ISSUER: issuer.issuer,
      OIDC_AUDIENCE: issuer.audience,
      OIDC_JWKS: JSON.stringify(issuer.jwks),
    }
    const calm = await startGateway({ ...env, ...given })
    const gateways = await Promise.all(WAYS.map((way) => startGateway({ ...env, ...way.env })))
    const urls = gateways.map(({ url }) => url)
    try {
      const clients = clientsOf((caller) => issuer.token(caller))
      report(print, await measure(calm.url, urls, await clients.officers(), clients.runaway))
    } finally {
      await Promise.all([calm, ...gateways, agencies].map((one) => one.close()))
      await rm(dir, { recursive: true, force: true })
    }
  },
}

function clientsOf(tokenOf: (caller: Caller) => Promise<string>) {
  const clientOf = async (caller: Caller, subject: string, rate: number): Promise<Client> => ({
    token: await tokenOf({ ...caller, subject }),
    rate,
  })
  const callers = AGENCIES.flatMap(({ caller }) => Array.from({ length: OFFICERS_EACH }, () => caller))
  return {
    officers: () => Promise.all(callers.map((caller, n) => clientOf(caller, `officer-${n}`, OFFICER_RATE))),
    /** A new account in each round, with all it may ask still before it. */
    runaway: (round: number) => clientOf(PERSONAS['dinas-pendidikan'].caller, `runaway-${round}`, RUNAWAY_RATE),
  }
}

/** The p95 of officers who are alone, and of as many in one of the ways, in milliseconds. */
interface Pair {
  readonly alone: number
  readonly found: number
}

/**
 * Both at the same time, each at a gateway of its own: what else the machine does comes and goes, and weighs on both. So
 * does what the runaway takes of the machine itself; what is compared is what it takes of its gateway.
 * @returns for each way, its rounds.
 */
async function measure(
  calm: string,
  urls: readonly string[],
  officers: readonly Client[],
  runaway: (round: number) => Promise<Client>,
): Promise<Pair[][]> {
  for (const url of [calm, ...urls]) await askAll(url, officers, WARM_MS, 1)
  const found: Pair[][] = WAYS.map(() => [])
  for (let round = 0; round < ROUNDS; round += 1) {
    const beside = [...officers, await runaway(round)]
    for (const [index, { isBeside }] of WAYS.entries()) {
      const pair = await Promise.all([
        askAll(calm, officers, ROUND_MS, 2 * round),
        askAll(urls[index] ?? '', isBeside ? beside : officers, ROUND_MS, 2 * round + 1),
      ])
      const [alone, other] = pair.map((answers) => p95(answers.slice(0, officers.length).flat()))
      found[index]?.push({ alone: alone ?? Number.NaN, found: other ?? Number.NaN })
    }
  }
  return found
}

function report(print: Print, ways: readonly (readonly Pair[])[]): void {
  print(
    `${AGENCIES.length * OFFICERS_EACH} officers, ${OFFICER_RATE} operation/s each; a runaway, ${RUNAWAY_RATE}/s; ` +
      `agencies answer in ${DATABASE_MS} ms; medians of ${ROUNDS} rounds of ${ROUND_MS / 1_000} s`,
  )
  for (const [index, { name }] of WAYS.entries()) {
    const pairs = ways[index] ?? []
    const alone = median(pairs.map((pair) => pair.alone)).toFixed(0)
    const found = median(pairs.map((pair) => pair.found)).toFixed(0)
    const ratio = median(pairs.map((pair) => pair.found / pair.alone)).toFixed(2)
    const each = pairs.map((pair) => `${pair.alone.toFixed(0)}:${pair.found.toFixed(0)}`).join(' ')
    print(
      `  ${name.padEnd(36)} p95 alone ${alone.padStart(5)} ms, so ${found.padStart(5)} ms: ${ratio.padStart(5)} times   (${each})`,
    )
  }
}

function p95(answers: readonly Answered[]): number {
  if (answers.some(({ status }) => status !== 200)) throw new Error('an officer was refused')
  return ascending(answers.map(({ ms }) => ms))[Math.floor(answers.length * 0.95)] ?? Number.NaN
}

const median = (values: readonly number[]): number => ascending(values)[Math.floor(values.length / 2)] ?? Number.NaN

const ascending = (values: readonly number[]): number[] => values.toSorted((one, other) => one - other)
