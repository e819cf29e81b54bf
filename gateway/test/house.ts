import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { SERVICES, type ServiceName } from '@satuanak/contracts'
import { maskError } from '@satuanak/graphql-kit'
import { bearerOf, type Caller, createKeyPair, createSubgraphVerifier, openDevIssuer } from '@satuanak/identity'
import { createLog, type Serving, serveGraphql } from '@satuanak/service-kit'
import { type GraphQLFormattedError, parse } from 'graphql'
import { compose } from '../src/composition.ts'
import { GATEWAY_LIMITS, type GatewayLimits } from '../src/config.ts'
import { manifestOf } from '../src/documents/manifest.ts'
import { FRONT_DOOR, frontDoorSdl } from '../src/front-door.ts'
import { createGateway } from '../src/gateway.ts'
import { LIVE } from '../src/live/options.ts'
import { OUT, type OutOptions } from '../src/out/options.ts'
import { RATES, type RateOptions } from '../src/rates/options.ts'
import { type Agency, RESOLVERS, SDL, type Seen } from './agencies.ts'
import { type Controlled, startControlled } from './controlled.ts'

export { type Agency, BOY, GIRL } from './agencies.ts'

export const KEPALA: Caller = {
  subject: 'akun-bapperida-1',
  name: 'Ratna Dewi',
  agency: 'BAPPERIDA',
  roles: ['BAPPERIDA'],
  kelurahan: [],
  schools: [],
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly data?: Record<string, unknown> | null
  readonly errors?: readonly GraphQLFormattedError[]
}

export interface House {
  readonly url: string
  /** What the agencies were sent, newest last. */
  readonly seen: Record<Agency, Seen[]>
  /** Lines of the gateway's log. */
  readonly log: string[]
  /** @param client the application that it is given to. */
  token(caller?: Caller, client?: string): Promise<string>
  ask(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<Answer>
  stop(agency: Agency): Promise<void>
  start(agency: Agency): Promise<void>
  /** Puts a server of one's own where the agency was. */
  replace(agency: Agency, answer: Handler): Promise<void>
  /** Puts a server that answers when told where the agency was. */
  hold(agency: Agency): Promise<Controlled>
  close(): Promise<void>
}

type PublicKeys = Parameters<typeof createSubgraphVerifier>[0]['jwks']
type Handler = (body: string) => { status: number; body: string }

interface HouseOptions {
  /** Texts of trusted documents, and who may send no others. */
  readonly documents?: readonly string[]
  readonly documentsOnlyFor?: Caller['roles']
  readonly introspectionFor?: Caller['roles']
  readonly now?: () => number
  readonly rates?: Partial<RateOptions>
  /** Asks everything twice and tells the second answer: the first is the stock executor's, which plans it. */
  readonly twice?: boolean
}

/** The gateway in front of two real subgraphs over HTTP, with real keys on every side. */
export async function startHouse(
  limits: Partial<GatewayLimits> = {},
  explorer = false,
  {
    now,
    rates,
    twice,
    documents = [],
    documentsOnlyFor = [],
    introspectionFor = [],
    ...out
  }: Partial<OutOptions> & HouseOptions = {},
): Promise<House> {
  const keys = await createKeyPair()
  const folder = mkdtempSync(join(tmpdir(), 'satuanak-gateway-'))
  const { token, ...oidc } = await openDevIssuer(folder)
  const agencies = await startAgencies(keys.jwks)
  const supergraph = composedHouse()
  const log: string[] = []
  const gateway = await createGateway(
    {
      host: '127.0.0.1',
      port: 0,
      workers: 1,
      worker: undefined,
      subgraphs: agencies.urls,
      signingJwk: { ...keys.privateJwk, kty: String(keys.privateJwk.kty) },
      oidc,
      documents: manifestOf(documents),
      documentsOnlyFor,
      introspectionFor,
      explorer,
      logLevel: 'info',
      otlpEndpoint: undefined,
      limits: { ...GATEWAY_LIMITS, ...limits },
      out: { ...OUT, ...out },
      rates: { ...RATES, ...rates },
      live: LIVE,
    },
    { supergraph, ...(now && { now }), log: createLog('gateway', 'debug', { write: (line) => void log.push(line) }) },
  )
  const tokenOf = (caller = KEPALA, client?: string) => token(caller, undefined, client)
  return {
    ...agencies,
    url: gateway.url,
    log,
    token: tokenOf,
    ask: async (query, variables = {}, headers = {}) => {
      const once = async () =>
        post(gateway.url, { query, variables }, { authorization: `Bearer ${await tokenOf()}`, ...headers })
      if (twice) await once()
      return once()
    },
    close: async () => {
      await gateway.close()
      await agencies.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function composedHouse(): string {
  const composed = compose([
    ...Object.entries(SDL).map(([name, sdl]) => ({ name, sdl })),
    { name: FRONT_DOOR, sdl: frontDoorSdl() },
  ])
  if ('problems' in composed) throw new Error(composed.problems.join('\n'))
  return composed.supergraph
}

/** Both agencies, each of which keeps its port when it goes and comes back. */
async function startAgencies(jwks: PublicKeys) {
  const seen: House['seen'] = { education: [], social: [] }
  const running = new Map<Agency, Pick<Serving, 'close' | 'url'>>()
  const ports = new Map<Agency, number>()
  const start = async (agency: Agency) => {
    const serving = await serveAgency(agency, jwks, seen[agency], ports.get(agency) ?? 0)
    ports.set(agency, Number(new URL(serving.url).port))
    running.set(agency, serving)
  }
  const stop = async (agency: Agency) => {
    await running.get(agency)?.close()
    running.delete(agency)
  }
  await start('education')
  await start('social')
  const urlOf = (service: ServiceName) => running.get(service as Agency)?.url ?? 'http://127.0.0.1:9'
  const urls = SERVICES.map((service) => [service, new URL('/graphql', urlOf(service))])
  return {
    seen,
    urls: Object.fromEntries(urls) as Record<ServiceName, URL>,
    start,
    stop,
    replace: async (agency: Agency, answer: Handler) => {
      await stop(agency)
      running.set(agency, await serveAnything(ports.get(agency) ?? 0, answer))
    },
    hold: async (agency: Agency) => {
      await stop(agency)
      const held = await startControlled(ports.get(agency))
      running.set(agency, held)
      return held
    },
    close: async () => {
      await Promise.all([...running.keys()].map(stop))
    },
  }
}

/** Posts to a gateway whatever it is given; strings go as they are. */
export async function post(url: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const answer = (await response.json()) as Pick<Answer, 'data' | 'errors'>
  return { status: response.status, headers: response.headers, ...answer }
}

async function serveAgency(agency: Agency, jwks: PublicKeys, seen: Seen[], port: number) {
  const verify = createSubgraphVerifier({ jwks, audience: agency })
  const log = createLog(agency, 'silent')
  return serveGraphql<Seen>({
    server: new ApolloServer<Seen>({
      schema: buildSubgraphSchema([{ typeDefs: parse(SDL[agency]), resolvers: RESOLVERS[agency] }]),
      formatError: maskError(log),
      plugins: [ApolloServerPluginInlineTraceDisabled()],
      stopOnTerminationSignals: false,
    }),
    context: async ({ headers }) => {
      const caller = await verify(bearerOf(headers.get('authorization')))
      const asked = { caller, headers: new Map(headers) }
      seen.push(asked)
      return asked
    },
    host: '127.0.0.1',
    port,
    ready: async () => [],
    limits: { closeMs: 100 },
    log,
  })
}

async function serveAnything(port: number, answer: Handler) {
  const server: Server = createServer(async (request, response) => {
    const { status, body } = answer(Buffer.concat(await request.toArray()).toString('utf8'))
    response.writeHead(status, { 'content-type': 'application/json' }).end(body)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
