import { readFileSync } from 'node:fs'
import type { GraphQLDataSource } from '@apollo/gateway'
import { CompiledGateway } from '@satuanak/compiled-executor'
import { QuickServer } from '@satuanak/compiled-executor/front'
import { ServiceName } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import { graphError, maskError } from '@satuanak/graphql-kit'
import { type Caller, createSubgraphSigner, createVerifier } from '@satuanak/identity'
import { type Check, type Logger, serveGraphql } from '@satuanak/service-kit'
import { AgencySource } from './agency-source.ts'
import type { GatewayConfig } from './config.ts'
import { createContext, type GatewayContext } from './context.ts'
import { createTrustedDocuments } from './documents/trusted.ts'
import { explorerPages } from './explorer.ts'
import { FRONT_DOOR, frontDoorSchema } from './front-door.ts'
import { createOperationCheck } from './limits.ts'
import { createLive } from './live/live.ts'
import { LocalSource } from './local-source.ts'
import { gatewayLog } from './log.ts'
import { operationGate } from './operation-gate.ts'
import { steadyNow } from './out/agency-line.ts'
import { Rates } from './rates/rates.ts'

export interface GatewayOverrides {
  readonly log?: Logger
  /** Text of a supergraph other than the committed one. */
  readonly supergraph?: string
  /** The clock of the circuit breakers and the rates: milliseconds since 1970 that never run backwards. */
  readonly now?: () => number
}

export interface Gateway {
  /** `http://127.0.0.1:4000`; GraphQL is at `/graphql`. */
  readonly url: string
  /** For a port that another gateway process serves too: see `Serving.handOver`. */
  handOver(ms: number): Promise<void>
  /** Ends what is in flight, then lets go of the agencies' connections. */
  close(): Promise<void>
}

/**
 * One graph in front of the agencies: knows who asks, refuses what is too large, plans, asks each agency in its own
 * name, joins. It is ready as soon as it has its supergraph: an agency that is away makes its fields null, never the
 * gateway unready.
 *
 * @throws Error when the supergraph cannot be read, a key cannot be used, or the port is taken.
 */
export async function createGateway(config: GatewayConfig, overrides: GatewayOverrides = {}): Promise<Gateway> {
  const log = overrides.log ?? gatewayLog(config)
  const sources = new Map<ServiceName, AgencySource>()
  const rates = new Rates(config.rates, overrides.now ?? steadyNow)
  const apollo = createApolloGateway(config, log, overrides, sources)
  const server = createServer(config, log, apollo, rates)
  const verify = createVerifier(config.oidc)
  const live = createLive(config.live, { verify, rates, log })
  const check = createOperationCheck(config.limits, () => apollo.schema)
  const documents = createTrustedDocuments(config.documents, config.documentsOnlyFor)
  const { bodyBytes, operationMs } = config.limits
  const serving = await serveGraphql<GatewayContext>({
    server,
    host: config.host,
    port: config.port,
    body: documents.expand,
    context: (request) => createContext(request, { verify, rates, check, documents }),
    ready: async () => [{ name: 'supergraph', ok: true }, ...agencyChecks(sources), ...live.checks()],
    pages: new Map([...(config.explorer ? explorerPages() : []), ...live.pages]),
    limits: { bodyBytes, operationMs },
    log,
  }).catch(async (error) => {
    await live.close()
    throw error
  })
  log.info({ url: serving.url, explorer: config.explorer }, 'ready')
  return {
    url: serving.url,
    handOver: (ms) => {
      // Once no connection is taken here any more, so that who comes back finds another process.
      const handed = serving.handOver(ms)
      live.end()
      return handed
    },
    close: async () => {
      await live.close()
      await serving.close()
      await Promise.all([...sources.values()].map((source) => source.close()))
    },
  }
}

const committedSupergraph = (): string => readFileSync(new URL('../supergraph.graphql', import.meta.url), 'utf8')

type Sources = Map<ServiceName, AgencySource>

function createServer(config: GatewayConfig, log: Logger, gateway: CompiledGateway, rates: Rates) {
  const mask = maskError(log)
  const mayIntrospect = ({ roles }: Pick<Caller, 'roles'>) =>
    config.explorer || roles.some((role) => config.introspectionFor.includes(role))
  return new QuickServer<GatewayContext>({
    gateway,
    introspection: config.explorer || config.introspectionFor.length > 0,
    hideSchemaDetailsFromClientErrors: !config.explorer,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    maxRecursiveSelections: true,
    parseOptions: { maxTokens: config.limits.tokens },
    stopOnTerminationSignals: false,
    logger: quiet(log),
    formatError: (formatted, error) => {
      const { serviceName: _serviceName, ...extensions } = formatted.extensions ?? {}
      return mask({ ...formatted, extensions }, error)
    },
    plugins: [
      // Before the port is taken: whoever asks what a front end was built to ask never waits for a plan.
      { serverWillStart: () => gateway.warm(Object.values(config.documents)) },
      operationGate({ max: config.limits.cost, tell: config.explorer, mayIntrospect, rates }),
    ],
  })
}

function createApolloGateway(
  config: GatewayConfig,
  log: Logger,
  { supergraph, now }: GatewayOverrides,
  sources: Sources,
): CompiledGateway {
  // biome-ignore lint/style/noProcessEnv: written, not read: @apollo/gateway sends metrics to its maker unless this stands.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true'
  const sign = createSubgraphSigner({ privateJwk: config.signingJwk })
  const agencies: ConstructorParameters<typeof CompiledGateway>[0] = {
    supergraphSdl: supergraph ?? committedSupergraph(),
    logger: quiet(log),
    buildService: ({ name }): GraphQLDataSource => {
      if (name === FRONT_DOOR) return new LocalSource(frontDoorSchema())
      const service = ServiceName.parse(name)
      const { agencyMs, connections, breaker } = config.out
      const source = new AgencySource({
        service,
        url: config.subgraphs[service],
        agencyMs: agencyMs[service] ?? config.limits.agencyMs,
        connections,
        breaker,
        ...(now && { now }),
        sign,
        log,
      })
      sources.set(service, source)
      return source
    },
  }
  return new CompiledGateway(agencies, { plans: { budgetMs: config.limits.planningMs, tooLong: tooIntricate } })
}

const TOO_INTRICATE: Sentence = {
  id: 'Kueri ini terlalu rumit untuk disusun. Bagi menjadi beberapa permintaan, atau kurangi isian bertingkat.',
  en: 'This operation is too intricate to be planned. Split it into several requests, or ask for fewer nested fields.',
}

const tooIntricate = (): Error => graphError('OPERATION_TOO_INTRICATE', TOO_INTRICATE, 'id', { http: { status: 400 } })

/** Which agencies are asked. One that is away makes its fields null, never the gateway unready. */
const agencyChecks = (sources: Sources): Check[] =>
  [...sources].map(([name, { circuit }]) => {
    const { state, retryAt } = circuit
    const detail = retryAt ? `circuit ${state}, asked again at ${retryAt}` : `circuit ${state}`
    return { name, ok: state === 'closed', detail, optional: true }
  })

/** Apollo's own lines are for its developers; ours say what an operator needs. */
const quiet = (log: Logger) => ({
  debug: () => {},
  info: () => {},
  warn: (message?: unknown) => log.warn({ from: 'apollo' }, String(message)),
  error: (message?: unknown) => log.error({ from: 'apollo' }, String(message)),
})
