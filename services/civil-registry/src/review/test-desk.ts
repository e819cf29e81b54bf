import { randomUUID } from 'node:crypto'
import { boy, type RegistryNetwork, registerAs } from '../test-registry.ts'

/** The review desk as its tests use it. */

interface Pair {
  readonly id: string
  readonly left: { readonly id: string; readonly identity: { readonly name: string } | null }
  readonly right: { readonly id: string; readonly identity: { readonly name: string } | null }
  readonly state: string
  readonly verdict: string | null
  readonly hint: string | null
  readonly note: string | null
  readonly reasons: readonly { readonly field: string; readonly outcome: string }[]
}

const PAIRS = `query ($state: ReviewState, $first: Int, $after: String) {
  reviewPairs(state: $state, first: $first, after: $after) {
    nodes { id state verdict hint note reasons { field outcome } left { id identity { name } } right { id identity { name } } }
    pageInfo { hasNextPage endCursor }
  } }`

export interface PairPage {
  readonly nodes: readonly Pair[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** One page of the desk's list. */
export const pairsIn = (network: RegistryNetwork, variables: Record<string, unknown> = {}) =>
  network
    .subgraph('civil-registry', 'dukcapil')
    .ok<{ reviewPairs: PairPage }>(PAIRS, { first: 100, ...variables })
    .then(({ reviewPairs }) => reviewPairs)

/** The pairs in this state of which one child is among these, each as its two ids. */
export async function pairsOf(network: RegistryNetwork, children: readonly string[], state = 'MENUNGGU') {
  const { nodes } = await pairsIn(network, { state })
  const about = nodes.filter(({ left, right }) => children.includes(left.id) || children.includes(right.id))
  return about.map(({ left, right }) => [left.id, right.id])
}

export interface Decided {
  readonly __typename: string
  readonly code?: string
  readonly field?: string | null
  readonly problems?: readonly { readonly field: string; readonly rule: string }[]
  readonly data?: { readonly pair?: Pair; readonly child?: { readonly id: string } }
}

/** Sends a decision of the desk and returns whatever member of the union came back. */
export function decideAs(network: RegistryNetwork, persona: 'dukcapil' | 'petugas-sosial' = 'dukcapil') {
  return async (name: string, input: object): Promise<Decided> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
    const query = `mutation ($input: ${type}Input!) { result: ${name}(input: $input) {
      __typename
      ... on ${type}Success { data { pair { id state note } } }
      ... on Refusal { code field }
      ... on InvalidInput { problems { field rule } }
    } }`
    const sent = { requestId: randomUUID(), reason: 'Sudah dicek ke ibunya.', ...input }
    const { data } = await network.subgraph('civil-registry', persona)<{ result: Decided }>(query, { input: sent })
    return data?.result ?? { __typename: 'nothing' }
  }
}

const MOTHERS =
  `Kasiyah Tumini Rumiyati Sutinah Waryuni Karsinah Daryati Kustiah Mutmainah Rohmah Sukinah Turinah Warsiti
  Casmirah Umiyati Suwarti Nurjanah Khotijah Murtiah Solekhah Tarwiyah Sarinah Ponirah Juminten`.split(/\s+/)
let serial = 0
/** Registers this many records that all look like each other, and like no other test's. @returns their ids */
export async function alike(network: RegistryNetwork, count: number, ...more: readonly object[]): Promise<string[]> {
  const family = serial++
  const particulars = {
    name: 'Muhammad Rizki',
    motherName: MOTHERS[family],
    birthDate: `${2004 + (family % 8)}-0${1 + Math.floor(family / 8)}-${11 + family}`,
    address: { kelurahan: '33.75.03.1004', rt: String(family + 1), rw: '02' },
  }
  const ids: string[] = []
  for (let n = 0; n < count; n++) {
    const { data } = await registerAs(network)(boy({ ...particulars, ...more[n] }))
    ids.push(data?.child.id ?? 'none')
  }
  return ids.toSorted()
}
