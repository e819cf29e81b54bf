import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SERVICES, type ServiceName } from '@satuanak/contracts'
import { databaseUrl } from './databases.ts'
import type { Options } from './options.ts'
import type { Secrets } from './secrets.ts'
import type { Servers } from './servers.ts'

/** One agency's service: where its programs are. */
export interface Room {
  readonly name: ServiceName
  readonly main: string
  /** Migrates the database and loads this service's part of the demo city; may be run again. */
  readonly demo: string | undefined
}

/** Everything that the launcher runs. */
export interface House {
  readonly root: string
  readonly dataDir: string
  /** Makes what is generated and stale; silent when there is nothing to do. */
  readonly generate: string | undefined
  readonly services: readonly Room[]
  readonly gateway: string
}

export function satuAnak(root: string, dataDir: string): House {
  return {
    root,
    dataDir,
    generate: join(root, 'infra/check/prisma-clients.ts'),
    services: SERVICES.map((name) => {
      const folder = join(root, 'services', name)
      const demo = join(folder, 'src/demo.ts')
      return {
        name,
        main: join(folder, 'src/main.ts'),
        demo: existsSync(demo) ? demo : undefined,
      }
    }),
    gateway: join(root, 'gateway/src/main.ts'),
  }
}

/** What a service is told. Only the registry can open what is sealed for it, and only it knows the NIKs' keys. */
export function serviceEnv(
  { name }: Room,
  port: number,
  secrets: Secrets,
  servers: Servers,
  { handedOn }: Options,
): Record<string, string> {
  const own: Record<string, string> =
    name === 'civil-registry'
      ? {
          REGISTRY_SEALING_PRIVATE_JWK: JSON.stringify(secrets.sealing.privateJwk),
          KTP_BUNDLE_SIGNING_JWK: JSON.stringify(secrets.bundle.privateJwk),
          NIK_KEYS_FILE: secrets.nikKeysFile,
        }
      : { REGISTRY_SEALING_PUBLIC_JWK: JSON.stringify(secrets.sealing.publicJwk) }
  // On this machine portals are tried out on this machine.
  const webhooks =
    name === 'coordination'
      ? { WEBHOOK_KEYS: JSON.stringify(secrets.webhookKeys), WEBHOOK_REACH: 'loopback' }
      : undefined
  return {
    ...handedOn,
    ...own,
    ...webhooks,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl(servers.adminUrl, name),
    NATS_URL: servers.natsUrl,
    GATEWAY_JWKS: JSON.stringify(secrets.gateway.jwks),
    FINGERPRINT_KEY: secrets.fingerprints[name],
    ZONE: 'Asia/Jakarta',
    CITY: '33.75',
  }
}

/** What the gateway is told: it holds no data, so no database; of the bus it hears what it passes on. */
export function gatewayEnv(
  ports: ReadonlyMap<string, number>,
  secrets: Secrets,
  { natsUrl }: Pick<Servers, 'natsUrl'>,
  { port, workers, handedOn }: Options,
): Record<string, string> {
  const urls = [...ports].map(([name, at]) => [name, `http://127.0.0.1:${at}/graphql`])
  return {
    ...handedOn,
    PORT: String(port),
    HOST: '127.0.0.1',
    ...(workers !== undefined && { WORKERS: workers }),
    SUBGRAPH_URLS: JSON.stringify(Object.fromEntries(urls)),
    GATEWAY_SIGNING_JWK: JSON.stringify(secrets.gateway.privateJwk),
    NATS_URL: natsUrl,
    EXPLORER: 'on',
    OIDC_ISSUER: secrets.issuer.issuer,
    OIDC_AUDIENCE: secrets.issuer.audience,
    OIDC_JWKS: JSON.stringify(secrets.issuer.jwks),
  }
}
