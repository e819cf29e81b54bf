import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SERVICES } from '@satuanak/contracts'
import { createRandom, PERSONAS, type Random } from '@satuanak/demo-city'
import { createKeyPair, openDevIssuer } from '@satuanak/identity'
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { supergraph } from '../src/supergraph.ts'
import type { Bench } from './bench.ts'

const CLIENTS = 16
const SECONDS = 15
const SEED = 20_261_128
const FAR = '1000000000'
/** The planner is measured, not how often one person may ask. */
const UNLIMITED = {
  RATE_PERSON_REQUESTS: FAR,
  RATE_PERSON_COST: FAR,
  RATE_CLIENT_REQUESTS: FAR,
  MAX_CONCURRENT_PERSON: '64',
}
/** Below the gateway's limits of 500 fields, 30 aliases, 12 levels. */
const [FIELDS, ROOTS, DEPTH] = [420, 20, 9]

/** Of the lists that are no pages, or the cost would refuse the document before it is planned. */
const LISTS = 0.06

type Print = (line: string) => void

/** How long the gateway's own health answer takes while nobody, and while everybody, sends what nobody ever sent before. */
export const planning: Bench = {
  about: `/health/live while ${CLIENTS} clients send the largest documents that the limits let through, each a new one`,
  async run(print) {
    const dir = await mkdtemp(join(tmpdir(), 'satuanak-bench-'))
    const agencies = createServer((_request, response) => response.end('{"data":null}')).listen(0, '127.0.0.1')
    await once(agencies, 'listening')
    const gateway = await startGateway(dir, `http://127.0.0.1:${(agencies.address() as AddressInfo).port}/graphql`)
    try {
      await measure(print, 'alone', gateway.url, async () => pause(SECONDS * 1000))
      const sent = { planned: 0, refused: 0 }
      await measure(print, 'under load', gateway.url, () => flood(gateway.url, gateway.token, sent))
      print(`  ${sent.planned} documents planned, ${sent.refused} refused, ${Math.round(sent.planned / SECONDS)}/s`)
    } finally {
      gateway.close()
      agencies.close()
      await rm(dir, { recursive: true, force: true })
    }
  },
}

async function startGateway(dir: string, agency: string) {
  const [keys, issuer, port] = [await createKeyPair(), await openDevIssuer(dir), await freePort()]
  const child = spawn(process.execPath, [new URL('../../gateway/src/main.ts', import.meta.url).pathname], {
    env: {
      ...process.env,
      PORT: String(port),
      SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(SERVICES.map((name) => [name, agency]))),
      GATEWAY_SIGNING_JWK: JSON.stringify(keys.privateJwk),
      OIDC_ISSUER: issuer.issuer,
      OIDC_AUDIENCE: issuer.audience,
      OIDC_JWKS: JSON.stringify(issuer.jwks),
      LOG_LEVEL: 'silent',
      ...UNLIMITED,
    },
    stdio: 'inherit',
  })
  const url = `http://127.0.0.1:${port}`
  for (;;) {
    const ready = await fetch(`${url}/health/ready`)
      .then(({ ok }) => ok)
      .catch(() => false)
    if (ready) break
    await pause(50)
  }
  return { url, token: await issuer.token(PERSONAS.bapperida.caller), close: () => child.kill('SIGTERM') }
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const socket = createSocketServer().listen(0, '127.0.0.1', () => {
      const { port } = socket.address() as AddressInfo
      socket.close(() => resolve(port))
    })
  })

/** Asks every 10 ms how the gateway is, for as long as `load` runs. */
async function measure(print: Print, name: string, url: string, load: () => Promise<void>): Promise<void> {
  const times: number[] = []
  let running = true
  const asking = (async () => {
    while (running) {
      const began = performance.now()
      await fetch(`${url}/health/live`).then((response) => response.text())
      times.push(performance.now() - began)
      await pause(10)
    }
  })()
  await load()
  running = false
  await asking
  times.sort((one, other) => one - other)
  const at = (share: number) => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(1)} ms`
  print(`  ${name.padEnd(10)} p50 ${at(0.5)}, p99 ${at(0.99)}, at most ${at(0.9999)} (${times.length} askings)`)
}

async function flood(url: string, token: string, sent: { planned: number; refused: number }): Promise<void> {
  const [random, until] = [createRandom(SEED), performance.now() + SECONDS * 1000]
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const client = async () => {
    while (performance.now() < until) {
      const body = JSON.stringify({ query: documentOf(random) })
      const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
      const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] }
      const isRefused =
        response.status !== 200 || errors.some(({ extensions }) => /^GRAPHQL|TOO_/.test(extensions.code))
      sent[isRefused ? 'refused' : 'planned'] += 1
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, client))
}

/** As many fields of as many agencies as one document may have, by chance: no two are the same. */
function documentOf(random: Random): string {
  const query = supergraph.getQueryType() as GraphQLObjectType
  const roots = Object.values(query.getFields()).filter(({ type }) => isObjectType(getNamedType(type)))
  const left = { fields: FIELDS }
  const parts = Array.from({ length: ROOTS }, (_, at) => {
    const field = random.pick(roots)
    const needed = field.args
      .filter(isRequiredArgument)
      .map(({ name, type }) => `${name}: ${literalOf(getNamedType(type))}`)
    const inner = selectionOf(getNamedType(field.type) as GraphQLObjectType, DEPTH, left, random)
    return `r${at}: ${field.name}${needed.length > 0 ? `(${needed.join(', ')})` : ''} { ${inner} }`
  })
  return `{ ${parts.join(' ')} }`
}

function selectionOf(type: GraphQLObjectType, depth: number, left: { fields: number }, random: Random): string {
  const parts = ['__typename']
  left.fields -= 1
  for (const field of Object.values(type.getFields())) {
    const named = getNamedType(field.type)
    if (left.fields <= 0 || field.args.some(isRequiredArgument)) continue
    if (isLeafType(named) && random.chance(0.3)) {
      parts.push(field.name)
      left.fields -= 1
    } else if (
      isObjectType(named) &&
      depth > 0 &&
      random.chance(isListType(getNullableType(field.type)) ? LISTS : 0.7)
    ) {
      left.fields -= 1
      // Pages of one, or the cost would refuse it.
      const page = field.args.some(({ name }) => name === 'first') ? '(first: 1)' : ''
      parts.push(`${field.name}${page} { ${selectionOf(named, depth - 1, left, random)} }`)
    }
  }
  return parts.join(' ')
}

function literalOf(type: GraphQLNamedType): string {
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null'
  const known: Readonly<Record<string, string>> = {
    Int: '1',
    Boolean: 'true',
    UUID: '"0190a000-0000-7000-8000-00000000dead"',
    Date: '"2026-11-28"',
    DateTime: '"2026-11-28T00:00:00Z"',
  }
  return known[type.name] ?? '"33.75.03.1004"'
}
