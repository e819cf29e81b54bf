import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SERVICES, type ServiceName } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { createSubgraphSigner, openDevIssuer } from '@satuanak/identity'
import { startNats } from '@satuanak/local-servers'
import { settleTogether } from '@satuanak/messaging'
import { closeAll, closeTogether, createLog, type Overrides, type Service } from '@satuanak/service-kit'
import { type Ask, askAs } from './ask.ts'
import { type Clock, createClock } from './clock.ts'
import { cloneDatabase, type TestDatabase } from './databases.ts'
import { type HouseKeys, makeHouseKeys } from './keys.ts'

type Env = Readonly<Record<string, string>>

/** A service as its package exports it. The kit may not import a service, so the test hands it in. */
export interface ServiceParts<App = unknown> {
  readonly prismaFolder: string
  start(env: Env, overrides: Overrides): Promise<Service<App>>
}

export interface GatewayParts {
  start(env: Env): Promise<{ readonly url: string; close(): Promise<void> }>
}

export interface NetworkParts<Parts extends Partial<Record<ServiceName, ServiceParts>>> {
  readonly services: Parts
  readonly gateway?: GatewayParts
  readonly postgresUrl: string
  readonly clock?: Clock
}

type Persona = keyof typeof PERSONAS

/** The house in one process: real PostgreSQL, real NATS, the given services, and the gateway where there is one. */
export interface Network<Parts extends Partial<Record<ServiceName, ServiceParts>>> {
  readonly clock: Clock
  readonly natsUrl: string
  databaseUrl(service: keyof Parts): string
  service<Name extends keyof Parts>(name: Name): Parts[Name] extends ServiceParts<infer App> ? Service<App> : never
  /** Asks the gateway as a persona, with a token of the local issuer. */
  as(persona: Persona, language?: 'id' | 'en'): Ask
  /** Asks one subgraph directly, with the gateway's own signature. */
  subgraph(name: keyof Parts & ServiceName, persona: Persona, language?: 'id' | 'en'): Ask
  /** @param lifetimeSeconds default one hour. */
  token(persona: Persona, lifetimeSeconds?: number): Promise<string>
  /** Returns when no event is on its way anywhere. */
  settle(): Promise<void>
  /** The service goes away, as when its machine is switched off; `start` brings it back at the same address. */
  stop(name: keyof Parts & ServiceName): Promise<void>
  start(name: keyof Parts & ServiceName): Promise<void>
  /** NATS is killed, and started again at the same address with what it had kept, once `meanwhile` is over. */
  restartNats(meanwhile?: () => Promise<void>): Promise<void>
  readonly gatewayUrl: string
  /** The registry's key ring: where a rotation finds it. */
  readonly nikKeysFile: string
  /** The public keys under which session bundles are believed. */
  readonly bundleKeys: HouseKeys['bundleJwks']
  close(): Promise<void>
}

/** Starts the given part of the house on free ports and databases of its own. */
export async function startNetwork<Parts extends Partial<Record<ServiceName, ServiceParts>>>(
  parts: NetworkParts<Parts>,
): Promise<Network<Parts>> {
  const dir = await mkdtemp(join(tmpdir(), 'satuanak-network-'))
  const closing: (() => Promise<unknown>)[] = [() => rm(dir, { recursive: true, force: true })]
  try {
    return await open(parts, dir, closing)
  } catch (error) {
    // What stopped the start says more than what its closing meets.
    await closeAll(closing).catch(() => undefined)
    throw error
  }
}

async function open<Parts extends Partial<Record<ServiceName, ServiceParts>>>(
  parts: NetworkParts<Parts>,
  dir: string,
  closing: (() => Promise<unknown>)[],
): Promise<Network<Parts>> {
  const clock = parts.clock ?? createClock()
  const keys = await makeHouseKeys()
  const issuer = await openDevIssuer(join(dir, 'issuer'))
  const nikKeysFile = join(dir, 'nik.json')
  await writeFile(nikKeysFile, JSON.stringify(keys.nikRing))
  let nats = await startNats({ dir: join(dir, 'nats') })
  closing.push(() => nats.close())
  const names = SERVICES.filter((name) => parts.services[name] !== undefined)
  const databases = new Map<string, TestDatabase>()
  const services = new Map<string, Service>()
  closing.push(() => closeTogether([...databases.values()].map((database) => () => database.drop())))
  closing.push(() => closeTogether([...services.values()].map((service) => () => service.close())))

  const log = createLog('test', 'silent')
  const startOne = async (name: ServiceName, port = 0) => {
    const service = parts.services[name]
    const database = databases.get(name)
    if (!service || !database) throw new Error(`${name} is not part of this network`)
    const env = {
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      GATEWAY_JWKS: JSON.stringify(keys.gatewayJwks),
      FINGERPRINT_KEY: keys.fingerprintKey,
      REGISTRY_SEALING_PUBLIC_JWK: JSON.stringify(keys.sealingPublic),
      REGISTRY_SEALING_PRIVATE_JWK: JSON.stringify(keys.sealingPrivate),
      KTP_BUNDLE_SIGNING_JWK: JSON.stringify(keys.bundlePrivate),
      NIK_KEYS_FILE: nikKeysFile,
      WEBHOOK_KEYS: JSON.stringify(keys.webhookRing),
      // A test's portal is on this machine.
      WEBHOOK_REACH: 'loopback',
      LOG_LEVEL: 'silent',
    }
    services.set(name, await service.start(env, { now: clock.now, log }))
  }
  for (const name of names) {
    const service = parts.services[name]
    if (service) databases.set(name, await cloneDatabase(parts.postgresUrl, service.prismaFolder))
  }
  await Promise.all(names.map((name) => startOne(name)))
  const urls = Object.fromEntries([...services].map(([name, service]) => [name, `${service.url}/graphql`]))
  const gateway = await parts.gateway?.start({
    HOST: '127.0.0.1',
    PORT: '0',
    SUBGRAPH_URLS: JSON.stringify(urls),
    GATEWAY_SIGNING_JWK: JSON.stringify(keys.gatewayPrivate),
    OIDC_ISSUER: issuer.issuer,
    OIDC_AUDIENCE: issuer.audience,
    OIDC_JWKS: JSON.stringify(issuer.jwks),
    NATS_URL: nats.url,
    LOG_LEVEL: 'silent',
    // A test asks faster than any officer does.
    RATE_PERSON_REQUESTS: '1000000000',
    RATE_PERSON_COST: '1000000000',
    RATE_CLIENT_REQUESTS: '1000000000',
  })
  if (gateway) closing.push(() => gateway.close())

  const sign = createSubgraphSigner({ privateJwk: keys.gatewayPrivate })
  const get = (name: PropertyKey): Service => {
    const service = services.get(String(name))
    if (!service) throw new Error(`${String(name)} is not running`)
    return service
  }
  const token = (persona: Persona, lifetimeSeconds?: number) => issuer.token(PERSONAS[persona].caller, lifetimeSeconds)
  return {
    clock,
    natsUrl: nats.url,
    gatewayUrl: gateway?.url ?? '',
    bundleKeys: keys.bundleJwks,
    nikKeysFile,
    token,
    databaseUrl: (name) => databases.get(String(name))?.url ?? '',
    service: get as Network<Parts>['service'],
    as: (persona, language) => askAs(`${gateway?.url}/graphql`, () => token(persona), language),
    subgraph: (name, persona, language) =>
      askAs(`${get(name).url}/graphql`, () => sign(PERSONAS[persona].caller, name), language),
    settle: () => settleTogether([...services.values()].map((service) => service.messaging)),
    stop: async (name) => {
      await get(name).close()
      services.delete(name)
    },
    restartNats: async (meanwhile) => {
      const { port, pid, exited } = nats
      process.kill(pid, 'SIGKILL')
      await exited
      await meanwhile?.()
      nats = await startNats({ dir: join(dir, 'nats'), port })
    },
    start: (name) => startOne(name, Number(new URL(urls[name] ?? '').port)),
    close: () => closeAll(closing),
  }
}
