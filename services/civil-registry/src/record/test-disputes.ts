import { randomUUID } from 'node:crypto'
import { boy, type RegistryNetwork, registerAs } from '../test-registry.ts'

/** The list of disagreements and the officer's word as their tests use them. */

type Persona = Parameters<RegistryNetwork['subgraph']>[1]

interface Answer {
  readonly __typename: string
  readonly code?: string
  readonly field?: string
  readonly rule?: string
  readonly message?: string
  readonly problems?: readonly { readonly field: string; readonly rule: string }[]
}

interface Listed {
  readonly field: string
  readonly openedAt: string
  readonly child: { readonly id: string }
  readonly values: readonly { readonly value: string; readonly agency: string; readonly statementId: string }[]
}
export interface DisputePage {
  readonly nodes: readonly Listed[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}
const LIST = `query ($first: Int, $after: String, $field: RecordField, $kelurahan: String) {
  recordDisputes(first: $first, after: $after, field: $field, kelurahan: $kelurahan) {
    nodes { field openedAt child { id } values { value agency paper statedOn standing statementId } }
    pageInfo { hasNextPage endCursor } } }`

const IDENTITY = (selection: string) =>
  `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { identity { ${selection} } } } }`

export type DisputeDesk = ReturnType<typeof disputeDesk>

export function disputeDesk(network: RegistryNetwork) {
  const ask = (persona: Persona = 'dukcapil') => network.subgraph('civil-registry', persona)
  const send = async (name: 'stateParticulars' | 'settleParticular', persona: Persona, input: object) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    const { result } = await ask(persona).ok<{ result: Answer }>(
      `mutation ($input: ${type}Input!) { result: ${name}(input: $input) {
         __typename ... on Refusal { code field rule message } ... on InvalidInput { problems { field rule } } } }`,
      { input: { requestId: randomUUID(), ...input } },
    )
    return result
  }
  const state = (childId: string, values: object, persona: Persona = 'petugas-sosial', more: object = {}) =>
    send('stateParticulars', persona, { childId, values, statedOn: '2026-11-20', ...more })

  let serial = 0
  /** A child whose name is like no other's here. */
  const newChild = async (child: object = {}, persona: 'dukcapil' | 'petugas-sosial' = 'dukcapil') => {
    const name = `Anak Beda ${'abcdefghijklmnopqrstuvwxyz'.charAt(serial++)}`
    return (await registerAs(network)(boy({ name, ...child }), {}, persona)).data?.child.id ?? ''
  }
  const page = async (variables: object = {}, persona: Persona = 'dukcapil') => {
    const { data } = await ask(persona)<{ recordDisputes: DisputePage | null }>(LIST, { first: 100, ...variables })
    return data?.recordDisputes
  }
  const disputesOf = async (id: string, persona?: Persona) =>
    ((await page({}, persona))?.nodes ?? []).filter(({ child }) => child.id === id)

  return {
    state,
    newChild,
    page,
    disputesOf,
    settle: (childId: string, field: string, more: object, persona: Persona = 'dukcapil') =>
      send('settleParticular', persona, { childId, field, reason: 'Sudah dicek ke ibunya.', ...more }),
    /** A child of whose mother the registry says Siti Aminah and social work Sri Wahyuni. */
    withTwoMothers: async () => {
      const id = await newChild({ motherName: 'Siti Aminah' })
      await state(id, { motherName: 'Sri Wahyuni' })
      return id
    },
    fieldsOf: async (id: string) => (await disputesOf(id)).map(({ field }) => field),
    identity: async (id: string, selection: string) => {
      const variables = { r: [{ __typename: 'Child', id }] }
      type Found = { _entities: [{ identity: Record<string, unknown> }] }
      return (await ask().ok<Found>(IDENTITY(selection), variables))._entities[0].identity
    },
    /** What was in question under this id and is no more, and how it ended. */
    closedOf: async (id: string) => {
      const where = { personId: id, closedAt: { not: null } }
      const rows = await network
        .service('civil-registry')
        .app.db.personDispute.findMany({ where, orderBy: { id: 'asc' } })
      return rows.map(({ field, closedAs }) => [field, closedAs])
    },
  }
}
