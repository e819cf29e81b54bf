import { randomUUID } from 'node:crypto'
import { type Network, type ServiceParts, startNetwork } from '@satuanak/testkit'
import { inject } from 'vitest'
import { parseConfig } from './config.ts'
import { createService, prismaFolder, type RegistryApp } from './service.ts'

/** The registry by itself, on the run's PostgreSQL, and the mutations that its tests send. */

export type RegistryNetwork = Network<{ 'civil-registry': ServiceParts<RegistryApp> }>

export const startRegistry = (): Promise<RegistryNetwork> => {
  const registry: ServiceParts<RegistryApp> = {
    prismaFolder,
    start: (env, overrides) => createService(parseConfig(env), overrides),
  }
  return startNetwork({ services: { 'civil-registry': registry }, postgresUrl: inject('postgresUrl') })
}

const REGISTER = `mutation ($input: RegisterChildInput!) { registerChild(input: $input) {
  __typename
  ... on RegisterChildSuccess { data { child { id identity { name nik match } papers { missing } } warnings { rule } } }
  ... on Refusal { code field rule message }
  ... on InvalidInput { problems { field rule message } }
} }`
export const ISSUE = `mutation ($input: IssueNikInput!) { issueNik(input: $input) {
  __typename
  ... on IssueNikSuccess { data { child { id identity { nik } papers { held missing } } warnings { rule } } }
  ... on Refusal { code field rule }
} }`

export interface RegisterAnswer {
  registerChild: {
    __typename: string
    code?: string
    field?: string
    problems?: { field: string; rule: string; message: string }[]
    data?: {
      child: {
        id: string
        identity: { name: string; nik: string | null; match: string }
        papers: { missing: string[] }
      }
    }
  }
}

let serial = 0
/** A synthetic NIK of region 99 for a boy born on 2 March 2013. */
export const nextNik = () => `990101020313${String(++serial).padStart(4, '0')}`

export const boy = (more: object = {}) => ({
  name: 'Bagas Pratama',
  sex: 'L',
  birthDate: '2013-03-02',
  motherName: 'Siti Aminah',
  address: { kelurahan: '33.75.03.1004', rt: '1', rw: '02' },
  ...more,
})

type Persona = 'dukcapil' | 'kelurahan-krapyak' | 'kelurahan-panjang-wetan' | 'petugas-sosial'

/** Registers a child as a persona and returns whatever member of the union came back. */
export const registerAs =
  (network: RegistryNetwork) =>
  (child: object, more: object = {}, persona: Persona = 'dukcapil') =>
    network
      .subgraph('civil-registry', persona)<RegisterAnswer>(REGISTER, {
        input: { requestId: randomUUID(), child, ...more },
      })
      .then(({ data }) => data?.registerChild ?? { __typename: 'nothing' })

/** Keeps a child at this level, as the social service's event would. */
export const keepAt = (network: RegistryNetwork, child: string | undefined, level: number) =>
  network
    .service('civil-registry')
    .app.db.$executeRawUnsafe('INSERT INTO platform.child_level (child_id, level) VALUES ($1::uuid, $2)', child, level)
