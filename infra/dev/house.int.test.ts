import { join } from 'node:path'
import { SERVICES } from '@satuanak/contracts'
import { expect, test } from 'vitest'
import { dataFolder } from './fixtures/start-launcher.ts'
import { gatewayEnv, satuAnak, serviceEnv } from './house.ts'
import { parseOptions } from './options.ts'
import { openSecrets } from './secrets.ts'

const servers = { adminUrl: 'postgresql://me:word@127.0.0.1:5432/postgres?x=1', natsUrl: 'nats://127.0.0.1:4222' }
const house = satuAnak(join(import.meta.dirname, '../..'), '/nowhere')
const options = parseOptions([], {})

async function environments() {
  const secrets = await openSecrets(await dataFolder())
  const services = house.services.map((room) => [room.name, serviceEnv(room, 4001, secrets, servers, options)] as const)
  return { secrets, services: Object.fromEntries(services), gateway: gatewayEnv(new Map(), secrets, servers, options) }
}

test('only the civil registry is given what opens a seal, signs a bundle or reads a NIK', async () => {
  const { services, gateway } = await environments()
  const secret = ['REGISTRY_SEALING_PRIVATE_JWK', 'KTP_BUNDLE_SIGNING_JWK', 'NIK_KEYS_FILE']
  for (const name of SERVICES) {
    const given = secret.filter((variable) => services[name]?.[variable] !== undefined)
    expect(given).toEqual(name === 'civil-registry' ? secret : [])
  }
  expect(secret.filter((variable) => gateway[variable] !== undefined)).toEqual([])
})

test('only the gateway can sign for subgraphs, and it knows no database', async () => {
  const { services, gateway, secrets } = await environments()
  const privatePart = secrets.gateway.privateJwk.d ?? 'none'
  expect(gateway.GATEWAY_SIGNING_JWK).toContain(privatePart)
  expect(Object.keys(gateway)).not.toContain('DATABASE_URL')
  for (const name of SERVICES) expect(JSON.stringify(services[name])).not.toContain(privatePart)
})

test('how many processes the gateway runs as is told to the gateway alone, where it is said', async () => {
  const secrets = await openSecrets(await dataFolder())
  const four = parseOptions([], { WORKERS: '4' })
  expect(gatewayEnv(new Map(), secrets, servers, four).WORKERS).toBe('4')
  for (const room of house.services)
    expect(serviceEnv(room, 4001, secrets, servers, four)).not.toHaveProperty('WORKERS')
  expect(gatewayEnv(new Map(), secrets, servers, options)).not.toHaveProperty('WORKERS')
})

test('every service has a database and a fingerprint key of its own', async () => {
  const { services } = await environments()
  const urls = SERVICES.map((name) => services[name]?.DATABASE_URL)
  expect(urls).toEqual(
    ['civil_registry', 'education', 'social', 'coordination'].map(
      (name) => `postgresql://me:word@127.0.0.1:5432/satuanak_${name}?x=1`,
    ),
  )
  expect(new Set(SERVICES.map((name) => services[name]?.FINGERPRINT_KEY)).size).toBe(SERVICES.length)
})

test('keys are made once: the second start opens what the first one sealed', async () => {
  const dir = await dataFolder()
  const { issuer: _, ...first } = await openSecrets(dir)
  const { issuer: __, ...second } = await openSecrets(dir)
  expect(second).toEqual(first)
})
