import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { type ChildId, KelurahanCode, type ServiceName } from '@satuanak/contracts'
import { type CoordinationApp, createService, prismaFolder } from '@satuanak/coordination'
import { parseConfig } from '@satuanak/coordination/config'
import type { PERSONAS } from '@satuanak/demo-city'
import { createGateway, type Gateway, parseConfig as gatewayConfig } from '@satuanak/gateway'
import type { NewEvent } from '@satuanak/messaging'
import { type Network, type Producer, type ServiceParts, startNetwork, startProducer } from '@satuanak/testkit'
import { inject } from 'vitest'
import { type Listener, type Listening, listenTo } from './listener.ts'

type Persona = keyof typeof PERSONAS
type Coordination = { readonly coordination: ServiceParts<CoordinationApp> }

export const PANJANG_WETAN = '33.75.03.1004'
export const KRAPYAK = '33.75.03.1002'
export const SCHOOL = '99000001'
export const OTHER_SCHOOL = '99000002'

/** Coordination and the gateway with everything between them; the other agencies speak through outboxes of their own. */
export interface LiveHouse {
  readonly network: Network<Coordination>
  /** What a gateway of this house is told. */
  readonly gatewayEnv: Readonly<Record<string, string>>
  /** As a persona, unless the token is given. */
  listen(persona: Persona, how?: Partial<Listening>): Promise<Listener>
  /** Has other agencies tell; returns when the notices are with NATS. */
  tell(...events: NewEvent[]): Promise<void>
  /** A child that the registry told of. */
  child(kelurahan?: string): Promise<ChildId>
  sendReferral(persona: Persona, input: object): Promise<string>
  /** Another gateway on the same broker, with settings of its own. */
  anotherGateway(settings: Readonly<Record<string, string>>): Promise<Gateway>
  /** A gateway whose broker is nowhere. */
  unreached(): Promise<Gateway>
  /** Leaves every stream that `listen` opened: one person may have ten at once. */
  hangUp(): Promise<void>
  close(): Promise<void>
}

export async function openLiveHouse(settings: Readonly<Record<string, string>> = {}): Promise<LiveHouse> {
  let env: Readonly<Record<string, string>> = {}
  const gateways: Gateway[] = []
  const start = async (own: Readonly<Record<string, string>>): Promise<Gateway> => {
    const gateway = await createGateway(gatewayConfig({ ...env, ...own }))
    let closed: Promise<void> | undefined
    const close = () => {
      closed ??= gateway.close()
      return closed
    }
    return { ...gateway, close }
  }
  const postgresUrl = inject('postgresUrl')
  const network = await startNetwork<Coordination>({
    services: {
      coordination: { prismaFolder, start: (its, overrides) => createService(parseConfig(its), overrides) },
    },
    postgresUrl,
    gateway: {
      start: (given) => {
        env = { ...given, SUBGRAPH_URLS: everyone(given.SUBGRAPH_URLS), ...settings }
        return start({})
      },
    },
  })
  const producers = new Map<ServiceName, Producer>()
  const listeners: Listener[] = []
  const tell = async (...events: NewEvent[]) => {
    for (const event of events) {
      const service = event.type.slice(0, event.type.indexOf('.')) as ServiceName
      const producer =
        producers.get(service) ??
        (await startProducer({ service, natsUrl: network.natsUrl, postgresUrl, prismaFolder }))
      producers.set(service, producer)
      await producer.tell(event)
      await network.settle()
    }
  }
  const hangUp = async () => {
    for (const listener of listeners.splice(0)) await listener.close()
  }
  await heardBy(network.gatewayUrl)
  return {
    network,
    gatewayEnv: env,
    tell,
    async listen(persona, how = {}) {
      const listener = await listenTo(network.gatewayUrl, { token: await network.token(persona), ...how })
      listeners.push(listener)
      return listener
    },
    async child(kelurahan) {
      const id = randomUUIDv7() as ChildId
      await tell(registered(id, kelurahan))
      return id
    },
    async sendReferral(persona, input) {
      const { sent } = await network
        .subgraph('coordination', persona)
        .ok<{ sent: { data: { id: string } } }>(SEND, { input: { requestId: randomUUID(), reason: 'Uji.', ...input } })
      await network.settle()
      return sent.data.id
    },
    async anotherGateway(own) {
      const gateway = await start(own)
      gateways.push(gateway)
      await heardBy(gateway.url)
      return gateway
    },
    async unreached() {
      const gateway = await start({ NATS_URL: 'nats://127.0.0.1:9' })
      gateways.push(gateway)
      return gateway
    },
    hangUp,
    async close() {
      await hangUp()
      for (const gateway of gateways) await gateway.close()
      for (const producer of producers.values()) await producer.close()
      await network.close()
    },
  }
}

const SEND = `mutation ($input: SendReferralInput!) { sent: sendReferral(input: $input) {
  ... on SendReferralSuccess { data { id } } } }`

/** The gateway wants to know of every agency; those that are not in this house are away. */
const everyone = (urls: string | undefined): string =>
  JSON.stringify({
    'civil-registry': 'http://127.0.0.1:9',
    education: 'http://127.0.0.1:9',
    social: 'http://127.0.0.1:9',
    ...JSON.parse(urls ?? '{}'),
  })

/** Returns when this gateway hears the notices. */
async function heardBy(url: string): Promise<void> {
  for (;;) {
    const { checks } = (await (await fetch(`${url}/health/ready`)).json()) as {
      checks: { name: string; ok: boolean }[]
    }
    if (checks.some(({ name, ok }) => name === 'live' && ok)) return
  }
}

const told = (subject: string) => ({
  subject,
  actor: 'akun-uji',
  time: Temporal.Instant.from('2026-11-23T01:00:00Z'),
})

/** The registry keeps this child from now on. */
export const registered = (id: ChildId, kelurahan = PANJANG_WETAN): NewEvent => ({
  ...told(id),
  type: 'civil-registry.person.registered.v1',
  data: { missing: ['AKTA', 'NIK'], kelurahan: KelurahanCode.parse(kelurahan) },
  org: 'DUKCAPIL',
  sensitivity: 2,
})

/** The child is a pupil of this school from now on. An enrolment has the child’s id here: each has one. */
export const enrolled = (id: ChildId, npsn = SCHOOL): NewEvent => ({
  ...told(id),
  type: 'education.enrolment.started.v1',
  data: { enrolmentId: id as never, npsn: npsn as never, level: 'SMA', startedOn: '2026-01-05' },
  org: 'DISDIK',
  sensitivity: 2,
})

/** And no longer. */
export const unenrolled = (id: ChildId, npsn = SCHOOL): NewEvent => ({
  ...told(id),
  type: 'education.enrolment.ended.v1',
  data: { enrolmentId: id as never, npsn: npsn as never, endedOn: '2026-01-12' },
  org: 'DISDIK',
  sensitivity: 2,
})

/** The child is kept at this level from now on (PV-14). */
export const protectedAt = (id: ChildId, level: 3 | 4): NewEvent => ({
  ...told(id),
  type: 'social.child.protected.v1',
  data: { level },
  org: 'DINSOS',
  sensitivity: level,
})

/** Officers come to a school. */
export const scheduled = (sessionId: string, npsn = SCHOOL): NewEvent => ({
  ...told(sessionId),
  type: 'civil-registry.ktp.session.scheduled.v1',
  data: { npsn: npsn as never, date: '2026-11-30', quota: null, pupils: 3 },
  org: 'DUKCAPIL',
  sensitivity: 2,
})
