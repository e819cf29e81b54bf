import { createService as createRegistry, prismaFolder as registryFolder } from '@satuanak/civil-registry'
import { parseConfig as registryConfig } from '@satuanak/civil-registry/config'
import { loadDemo as loadRegistry } from '@satuanak/civil-registry/demo'
import { SERVICES, type ServiceName } from '@satuanak/contracts'
import { prismaFolder as coordinationFolder, createService as createCoordination } from '@satuanak/coordination'
import { parseConfig as coordinationConfig } from '@satuanak/coordination/config'
import { loadDemo as loadCoordination } from '@satuanak/coordination/demo'
import { createService as createEducation, prismaFolder as educationFolder } from '@satuanak/education'
import { parseConfig as educationConfig } from '@satuanak/education/config'
import { loadDemo as loadEducation } from '@satuanak/education/demo'
import { createGateway, parseConfig as gatewayConfig } from '@satuanak/gateway'
import { createLog, type DemoSpec, runDemo } from '@satuanak/service-kit'
import { createService as createSocial, prismaFolder as socialFolder } from '@satuanak/social'
import { parseConfig as socialConfig } from '@satuanak/social/config'
import { loadDemo as loadSocial } from '@satuanak/social/demo'
import { startNetwork } from '@satuanak/testkit'
import type { Round } from './client.ts'

type Env = Readonly<Record<string, string>>

export const servicesOf = {
  'civil-registry': {
    prismaFolder: registryFolder,
    start: (env: Env, more: Parameters<typeof createRegistry>[1]) => createRegistry(registryConfig(env), more),
  },
  education: {
    prismaFolder: educationFolder,
    start: (env: Env, more: Parameters<typeof createEducation>[1]) => createEducation(educationConfig(env), more),
  },
  social: {
    prismaFolder: socialFolder,
    start: (env: Env, more: Parameters<typeof createSocial>[1]) => createSocial(socialConfig(env), more),
  },
  coordination: {
    prismaFolder: coordinationFolder,
    start: (env: Env, more: Parameters<typeof createCoordination>[1]) =>
      createCoordination(coordinationConfig(env), more),
  },
}

/** The whole house in this process, with the demo city in it, the key by which a gateway signs, and what each part was given. */
export async function openDemoHouse(postgresUrl: string, children: number) {
  const key: { jwk?: Round['key'] } = {}
  const given = new Map<ServiceName | 'gateway', Env>()
  const house = await startNetwork({
    services: noting(given),
    postgresUrl,
    gateway: {
      start: (env) => {
        given.set('gateway', env)
        key.jwk = JSON.parse(env.GATEWAY_SIGNING_JWK ?? '')
        return createGateway(gatewayConfig(env), { log: createLog('gateway', 'silent') })
      },
    },
  })
  const loads: readonly (readonly [ServiceName, DemoSpec['load']])[] = [
    ['civil-registry', loadRegistry(house.service('civil-registry').app.custody)],
    ['education', loadEducation],
    ['social', loadSocial],
    ['coordination', loadCoordination],
  ]
  const today = house.clock.now().toZonedDateTimeISO('Asia/Jakarta').toPlainDate()
  for (const [name, load] of loads) {
    const { prismaFolder } = servicesOf[name]
    await runDemo({ databaseUrl: house.databaseUrl(name), prismaFolder, load, children, today })
  }
  if (!key.jwk) throw new Error('the gateway was given no key')
  return { house, gatewayKey: key.jwk, given }
}

/** The same services; what each was started with is noted, so that others can be started in their place. */
function noting(given: Map<ServiceName | 'gateway', Env>): typeof servicesOf {
  const parts = { ...servicesOf }
  for (const name of SERVICES) {
    const { prismaFolder, start } = servicesOf[name]
    const noted = (env: Env, more: Parameters<typeof start>[1]) => {
      given.set(name, env)
      return start(env, more)
    }
    Object.assign(parts, { [name]: { prismaFolder, start: noted } })
  }
  return parts
}
