import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Role, SERVICES, type ServiceName } from '@satuanak/contracts'
import type { VerifierOptions } from '@satuanak/identity'
import { ConfigError, HTTP_LIMITS, json, parseEnv } from '@satuanak/service-kit'
import { z } from 'zod'
import { type Manifest, readManifest } from './documents/manifest.ts'
import { OPERATION_LIMITS, type OperationLimits } from './limits.ts'
import { type LiveOptions, liveEnv, liveOptions } from './live/options.ts'
import { type OutOptions, outEnv, outOptions } from './out/options.ts'
import { type RateOptions, rateEnv, rateOptions, rateProblems } from './rates/options.ts'

export interface GatewayConfig {
  readonly host: string
  readonly port: number
  /** How many processes serve the port. */
  readonly workers: number
  /** Which of several this process is. */
  readonly worker: number | undefined
  /** Where each agency's subgraph answers GraphQL; the supergraph's own addresses are placeholders. */
  readonly subgraphs: Readonly<Record<ServiceName, URL>>
  /** Private key with which the gateway signs a caller on to a subgraph. */
  readonly signingJwk: SigningJwk
  readonly oidc: Pick<VerifierOptions, 'issuer' | 'audience' | 'jwks'>
  /** Documents that are known by their id. */
  readonly documents: Manifest
  /** Roles whose bearers may send these only. */
  readonly documentsOnlyFor: readonly Role[]
  /** Roles that may read the schema where the explorer is off. */
  readonly introspectionFor: readonly Role[]
  /** Introspection, field suggestions and the GraphiQL page. Off unless switched on. */
  readonly explorer: boolean
  readonly logLevel: string
  readonly otlpEndpoint: string | undefined
  readonly limits: GatewayLimits
  readonly out: OutOptions
  readonly rates: RateOptions
  readonly live: LiveOptions
}

export interface GatewayLimits extends OperationLimits {
  /** Bytes of a request's body. */
  readonly bodyBytes: number
  /** Milliseconds one fetch from one agency may take, where `out.agencyMs` does not say otherwise. */
  readonly agencyMs: number
  /** Milliseconds that planning one operation may take, on its own thread. */
  readonly planningMs: number
  /** Milliseconds a whole operation may take; what has not come by then is answered as away. */
  readonly operationMs: number
}

export const GATEWAY_LIMITS: GatewayLimits = {
  ...OPERATION_LIMITS,
  bodyBytes: HTTP_LIMITS.bodyBytes,
  planningMs: 2_000,
  agencyMs: 5_000,
  operationMs: 15_000,
}

const Jwk = z.looseObject({ kty: z.string() })
const PublicJwks = z.object({ keys: z.array(Jwk).min(1) })
type SigningJwk = z.infer<typeof Jwk>

const positive = (normal: number) => z.coerce.number().int().min(1).default(normal)

/** Far more than cores: a mistake, and each takes some 180 MB. */
const MOST_WORKERS = 64

const gatewayEnv = {
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  WORKERS: z.coerce.number().int().min(1).max(MOST_WORKERS).default(1),
  /** Told by the primary to each of its workers. */
  WORKER: z.coerce.number().int().min(1).optional(),
  SUBGRAPH_URLS: json(z.record(z.string(), z.unknown())).transform(subgraphUrls),
  GATEWAY_SIGNING_JWK: json(Jwk.refine((jwk) => 'd' in jwk, 'must be a private key')),
  OIDC_ISSUER: z.string().min(1),
  OIDC_AUDIENCE: z.string().min(1),
  OIDC_JWKS: json(PublicJwks).optional(),
  OIDC_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  EXPLORER: z.enum(['on', 'off']).default('off'),
  TRUSTED_DOCUMENTS_FILE: z
    .string()
    .default(fileURLToPath(new URL('../trusted-documents.json', import.meta.url)))
    .transform(manifestIn),
  /** Where nothing is said: the portals' users, and nobody while the explorer is on. */
  TRUSTED_DOCUMENTS_ONLY_FOR: json(z.array(Role)).optional(),
  INTROSPECTION_FOR: json(z.array(Role)).default([]),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  MAX_BODY_BYTES: positive(GATEWAY_LIMITS.bodyBytes),
  MAX_TOKENS: positive(GATEWAY_LIMITS.tokens),
  MAX_DEPTH: positive(GATEWAY_LIMITS.depth),
  MAX_FIELDS: positive(GATEWAY_LIMITS.fields),
  MAX_ROOT_FIELDS: positive(GATEWAY_LIMITS.rootFields),
  MAX_ALIASES: positive(GATEWAY_LIMITS.aliases),
  MAX_DIRECTIVES: positive(GATEWAY_LIMITS.directives),
  MAX_VARIABLE_DEPTH: positive(GATEWAY_LIMITS.variableDepth),
  MAX_COST: positive(GATEWAY_LIMITS.cost),
  AGENCY_TIMEOUT_MS: positive(GATEWAY_LIMITS.agencyMs),
  PLANNING_TIMEOUT_MS: positive(GATEWAY_LIMITS.planningMs),
  OPERATION_TIMEOUT_MS: positive(GATEWAY_LIMITS.operationMs),
  ...outEnv,
  ...rateEnv,
  ...liveEnv,
}

/**
 * Reads the gateway's environment. Secrets and addresses have no default.
 * @throws ConfigError with every problem at once, each naming its variable and never a value.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): GatewayConfig {
  const both = Boolean(env.OIDC_JWKS) && Boolean(env.OIDC_JWKS_URL)
  const neither = !env.OIDC_JWKS && !env.OIDC_JWKS_URL
  const keys = both
    ? ['OIDC_JWKS and OIDC_JWKS_URL are both given: keep one']
    : neither
      ? ['OIDC_JWKS or OIDC_JWKS_URL is missing']
      : []
  try {
    const parsed = parseEnv(gatewayEnv, env)
    const unfit = rateProblems(parsed)
    if (keys.length > 0 || unfit.length > 0) throw new ConfigError(unfit)
    return configOf(parsed)
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError([...error.problems, ...keys]) : error
  }
}

function configOf(env: z.infer<z.ZodObject<typeof gatewayEnv>>): GatewayConfig {
  const jwks = env.OIDC_JWKS_URL === undefined ? { keys: env.OIDC_JWKS?.keys ?? [] } : new URL(env.OIDC_JWKS_URL)
  return {
    host: env.HOST,
    port: env.PORT,
    workers: env.WORKERS,
    worker: env.WORKER,
    subgraphs: env.SUBGRAPH_URLS,
    signingJwk: env.GATEWAY_SIGNING_JWK,
    oidc: { issuer: env.OIDC_ISSUER, audience: env.OIDC_AUDIENCE, jwks },
    documents: env.TRUSTED_DOCUMENTS_FILE,
    documentsOnlyFor: env.TRUSTED_DOCUMENTS_ONLY_FOR ?? (env.EXPLORER === 'on' ? [] : PORTAL_ROLES),
    introspectionFor: env.INTROSPECTION_FOR,
    explorer: env.EXPLORER === 'on',
    logLevel: env.LOG_LEVEL,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
    out: outOptions(env),
    rates: rateOptions(env),
    live: liveOptions(env),
    limits: {
      bodyBytes: env.MAX_BODY_BYTES,
      tokens: env.MAX_TOKENS,
      depth: env.MAX_DEPTH,
      fields: env.MAX_FIELDS,
      rootFields: env.MAX_ROOT_FIELDS,
      aliases: env.MAX_ALIASES,
      directives: env.MAX_DIRECTIVES,
      variableDepth: env.MAX_VARIABLE_DEPTH,
      cost: env.MAX_COST,
      agencyMs: env.AGENCY_TIMEOUT_MS,
      planningMs: env.PLANNING_TIMEOUT_MS,
      operationMs: env.OPERATION_TIMEOUT_MS,
    },
  }
}

/** Who comes by a portal and not by an agency's front end. */
const PORTAL_ROLES: readonly Role[] = ['ORANG_TUA']

function manifestIn(path: string, problems: z.RefinementCtx): Manifest {
  try {
    return readManifest(readFileSync(path, 'utf8'))
  } catch (error) {
    problems.addIssue({
      code: 'custom',
      message: `cannot be used: ${error instanceof Error ? error.message : 'unreadable'}`,
    })
    return {}
  }
}

/** Every agency by name. An address without a path means `/graphql`. */
function subgraphUrls(given: Readonly<Record<string, unknown>>, problems: z.RefinementCtx): Record<ServiceName, URL> {
  const urls: Partial<Record<ServiceName, URL>> = {}
  const complain = (message: string) => problems.addIssue({ code: 'custom', message })
  for (const service of SERVICES) {
    const text = given[service]
    const url = typeof text === 'string' && URL.canParse(text) ? new URL(text) : undefined
    if (url === undefined || !/^https?:$/.test(url.protocol)) complain(`needs an http(s) address for ${service}`)
    else urls[service] = url.pathname === '/' ? new URL('/graphql', url) : url
  }
  for (const name of Object.keys(given))
    if (!(SERVICES as readonly string[]).includes(name)) complain(`knows no ${name}`)
  return urls as Record<ServiceName, URL>
}
