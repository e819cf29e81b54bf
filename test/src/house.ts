import {
  createService as createRegistry,
  type RegistryApp,
  prismaFolder as registryFolder,
} from '@satuanak/civil-registry'
import { parseConfig as registryConfig } from '@satuanak/civil-registry/config'
import type { ServiceName } from '@satuanak/contracts'
import {
  type CoordinationApp,
  prismaFolder as coordinationFolder,
  createService as createCoordination,
} from '@satuanak/coordination'
import { parseConfig as coordinationConfig } from '@satuanak/coordination/config'
import {
  createService as createEducation,
  type EducationApp,
  prismaFolder as educationFolder,
} from '@satuanak/education'
import { parseConfig as educationConfig } from '@satuanak/education/config'
import { createGateway, parseConfig as gatewayConfig } from '@satuanak/gateway'
import { type Caller, createSubgraphSigner } from '@satuanak/identity'
import { createLog } from '@satuanak/service-kit'
import { createService as createSocial, type SocialApp, prismaFolder as socialFolder } from '@satuanak/social'
import { parseConfig as socialConfig } from '@satuanak/social/config'
import { type Network, type ServiceParts, startNetwork } from '@satuanak/testkit'
import { inject } from 'vitest'

interface FourServices {
  readonly 'civil-registry': ServiceParts<RegistryApp>
  readonly education: ServiceParts<EducationApp>
  readonly social: ServiceParts<SocialApp>
  readonly coordination: ServiceParts<CoordinationApp>
}

/** The whole house as `npm start` runs it, in one process: four services, the gateway, PostgreSQL and NATS. */
export interface House extends Network<FourServices> {
  /** Every line that the services and the gateway logged, at level `debug`. */
  readonly lines: readonly string[]
  /** Where each subgraph answers. */
  readonly subgraphUrls: Readonly<Record<ServiceName, string>>
  /** The gateway's signature for one subgraph, as of `now`. */
  sign(caller: Caller, audience: ServiceName, now?: Temporal.Instant): Promise<string>
}

/** `zone`: whose days and office hours count, where not Pekalongan's. */
export async function startHouse({ zone }: { readonly zone?: 'Asia/Makassar' } = {}): Promise<House> {
  const lines: string[] = []
  let gatewayEnv: Readonly<Record<string, string>> = {}
  const network = await startNetwork({
    services: servicesLoggingTo(lines, zone === undefined ? {} : { ZONE: zone }),
    postgresUrl: inject('postgresUrl'),
    gateway: {
      start: (env) => {
        gatewayEnv = env
        return createGateway(gatewayConfig(env), { log: logTo(lines, 'gateway') })
      },
    },
  })
  const away = new Set<ServiceName>()
  const privateJwk = JSON.parse(gatewayEnv.GATEWAY_SIGNING_JWK ?? '')
  return {
    ...network,
    stop: async (name) => {
      away.add(name)
      await network.stop(name)
    },
    start: async (name) => {
      await network.start(name)
      away.delete(name)
    },
    // A message to a portal is on its way too.
    settle: async () => {
      await network.settle()
      if (!away.has('coordination')) await network.service('coordination').runJobs()
    },
    lines,
    subgraphUrls: JSON.parse(gatewayEnv.SUBGRAPH_URLS ?? ''),
    sign: (caller, audience, now) =>
      createSubgraphSigner({ privateJwk, ...(now && { now: () => now }) })(caller, audience),
  }
}

function servicesLoggingTo(lines: string[], place: Readonly<Record<string, string>>): FourServices {
  return {
    'civil-registry': {
      prismaFolder: registryFolder,
      start: (env, overrides) =>
        createRegistry(registryConfig({ ...env, ...place }), { ...overrides, log: logTo(lines, 'civil-registry') }),
    },
    education: {
      prismaFolder: educationFolder,
      start: (env, overrides) =>
        createEducation(educationConfig({ ...env, ...place }), { ...overrides, log: logTo(lines, 'education') }),
    },
    social: {
      prismaFolder: socialFolder,
      start: (env, overrides) =>
        createSocial(socialConfig({ ...env, ...place }), { ...overrides, log: logTo(lines, 'social') }),
    },
    coordination: {
      prismaFolder: coordinationFolder,
      start: (env, overrides) =>
        createCoordination(coordinationConfig({ ...env, ...place }), {
          ...overrides,
          log: logTo(lines, 'coordination'),
        }),
    },
  }
}

const logTo = (lines: string[], name: string) => createLog(name, 'debug', { write: (line) => void lines.push(line) })
