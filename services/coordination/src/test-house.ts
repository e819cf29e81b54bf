import { randomUUID, randomUUIDv7 } from 'node:crypto'
import type { ChildId, ServiceName } from '@satuanak/contracts'
import type { NewEvent } from '@satuanak/messaging'
import { type Network, type Producer, type ServiceParts, startNetwork, startProducer } from '@satuanak/testkit'
import { parseConfig } from './config.ts'
import { type CoordinationApp, type CoordinationOverrides, createService, prismaFolder } from './service.ts'
import { registered } from './test-events.ts'

/** What a test sets besides: settings, the log, how names are resolved. */
export interface HouseOptions extends CoordinationOverrides {
  readonly env?: Readonly<Record<string, string>>
}

const coordinationWith = ({ env: extra, ...own }: HouseOptions): ServiceParts<CoordinationApp> => ({
  prismaFolder,
  start: (env, overrides) => createService(parseConfig({ ...env, ...extra }), { ...overrides, ...own }),
})

type CoordinationNetwork = Network<{ coordination: ServiceParts<CoordinationApp> }>
export type Persona = Parameters<CoordinationNetwork['subgraph']>[1]

/** What a mutation of this subgraph answers, success or refusal. */
interface Result {
  readonly __typename: string
  readonly code?: string
  readonly field?: string
  readonly rule?: string
  readonly message?: string
  readonly referralId?: string
  readonly problems?: readonly { readonly field: string; readonly rule: string; readonly message: string }[]
  readonly data?: { readonly id: string; readonly state: string; readonly [field: string]: unknown }
}

/** Coordination alone in its house, with the other agencies' outboxes where a test needs to hear them. */
export interface House {
  readonly network: CoordinationNetwork
  /** Has other agencies tell, and returns when coordination has heard. */
  hear(...events: NewEvent[]): Promise<void>
  /** A child that the registry has spoken of. */
  child(kelurahan?: string): Promise<ChildId>
  mutate(persona: Persona, name: string, input: object, language?: 'id' | 'en'): Promise<Result>
  send(persona: Persona, input: object): Promise<Result>
  /** Sends what must arrive, and gives its id. */
  sent(persona: Persona, input: object): Promise<string>
  close(): Promise<void>
}

const INPUT_OF: Readonly<Record<string, string>> = {
  sendReferral: 'SendReferralInput',
  acceptReferral: 'AcceptReferralInput',
  declineReferral: 'DeclineReferralInput',
  completeReferral: 'CompleteReferralInput',
}

const mutation = (name: string) => `mutation ($input: ${INPUT_OF[name]}!) { result: ${name}(input: $input) {
  __typename
  ... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Success { data {
    id type title state reason parts overdue dueAt ackDueAt answeredAt declineReason proposedAgency outcome completedAt
    from { code } to { code name } child { id }
  } }
  ... on Refusal { code field rule message }
  ... on InvalidInput { problems { field rule message } }
  ${name === 'sendReferral' ? '... on DuplicateReferral { referralId }' : ''}
} }`

export async function openHouse(postgresUrl: string, options: HouseOptions = {}): Promise<House> {
  const network = await startNetwork({ services: { coordination: coordinationWith(options) }, postgresUrl })
  const producers = new Map<ServiceName, Producer>()
  const hear = async (...events: NewEvent[]) => {
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
  const mutate: House['mutate'] = async (persona, name, input, language = 'id') => {
    const ask = network.subgraph('coordination', persona, language)
    const { result } = await ask.ok<{ result: Result }>(mutation(name), {
      input: { requestId: randomUUID(), ...input },
    })
    return result
  }
  const send: House['send'] = (persona, input) =>
    mutate(persona, 'sendReferral', { reason: 'Anak putus sekolah, ingin kembali.', ...input })
  return {
    network,
    hear,
    mutate,
    send,
    async sent(persona, input) {
      const result = await send(persona, input)
      if (result.data) return result.data.id
      throw new Error(`not sent: ${JSON.stringify(result)}`)
    },
    async child(kelurahan) {
      const id = randomUUIDv7() as ChildId
      await hear(registered(id, kelurahan))
      return id
    },
    async close() {
      for (const producer of producers.values()) await producer.close()
      await network.close()
    },
  }
}
