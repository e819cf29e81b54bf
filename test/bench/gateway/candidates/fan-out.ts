import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'
import type { Part, World } from '../part.ts'

type Json = Readonly<Record<string, unknown>>
type Variables = Readonly<Record<string, unknown>>
type Node = Json & { readonly id: string }
/** Sends one query to one agency and returns its `data`. */
type Fetch = (service: string, query: string, variables: Variables) => Promise<Json>

/** What a developer would write who knows the three operations and has nothing else to answer: no GraphQL in between. */
export async function start({ subgraphs }: World): Promise<Part> {
  const fetch = fetchOver(subgraphs)
  const server = createServer((request, response) => {
    answer(request, response, fetch).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { urls: { gateway: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` } }
}

function fetchOver(subgraphs: World['subgraphs']): Fetch {
  const pools = new Map(Object.entries(subgraphs).map(([name, url]) => [name, new Pool(new URL(url).origin, POOL)]))
  return async (service, query, variables) => {
    const body = JSON.stringify({ query, variables })
    const pool = pools.get(service)
    if (!pool) throw new Error(`no ${service}`)
    const answered = await pool.request({ method: 'POST', path: '/graphql', headers: HEADERS, body })
    return ((await answered.body.json()) as { readonly data: Json }).data
  }
}

const POOL = { connections: 64, pipelining: 1 }
const HEADERS = { 'content-type': 'application/json', accept: 'application/json' }

async function answer(request: IncomingMessage, response: ServerResponse, fetch: Fetch): Promise<void> {
  let text = ''
  request.setEncoding('utf8')
  for await (const part of request) text += part
  const { query, variables } = JSON.parse(text) as { readonly query: string; readonly variables: Variables }
  const name = /^\s*query (\w+)/.exec(query)?.[1] ?? ''
  const data = await HANDLERS[name]?.(fetch, variables)
  const body = JSON.stringify({ data })
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}

const entitiesOf = (fields: string): string =>
  `query($representations:[_Any!]!){_entities(representations:$representations){...on Child{${fields}}}}`

const LIST = `query($missing:Paper!,$after:String){childrenWithoutPapers(missing:$missing,first:20,after:$after){nodes{id identity{name sex birthDate nik} papers{held missing}} pageInfo{hasNextPage endCursor}}}`
const LIST_SCHOOL = entitiesOf('school{name provider} ats{category state reportedAt}')
const LIST_OUTREACH = entitiesOf('outreach{contacts{metOn place activity}}')
const ONE_CIVIL = entitiesOf('identity{name sex birthDate nik} papers{held missing}')
const ONE_SCHOOL = entitiesOf('school{name provider}')
const ONE_OUTREACH = entitiesOf('outreach{contacts{metOn place activity note}}')
const CHAIN = 'query($after:String){streetContacts(first:10,after:$after){nodes{metOn place child{id}}}}'
const CHAIN_REFERRALS = entitiesOf('referrals{title state child{id}}')
const CHAIN_IDENTITY = entitiesOf('identity{name birthDate}')

const referencesTo = (ids: Iterable<string>): Variables => ({
  representations: Array.from(ids, (id) => ({ __typename: 'Child', id })),
})

/** What an agency says of each of the children, in their order. */
async function childrenAt(fetch: Fetch, service: string, query: string, ids: Iterable<string>): Promise<Json[]> {
  return (await fetch(service, query, referencesTo(ids)))._entities as Json[]
}

const HANDLERS: Readonly<Record<string, (fetch: Fetch, variables: Variables) => Promise<Json>>> = {
  List: async (fetch, { missing, contacts, after }) => {
    const { childrenWithoutPapers } = await fetch('civil-registry', LIST, { missing, after })
    const { nodes, pageInfo } = childrenWithoutPapers as { readonly nodes: Node[]; readonly pageInfo: Json }
    const ids = nodes.map(({ id }) => id)
    const [schools, outreach] = await Promise.all([
      childrenAt(fetch, 'education', LIST_SCHOOL, ids),
      contacts ? childrenAt(fetch, 'social', LIST_OUTREACH, ids) : [],
    ])
    return {
      childrenWithoutPapers: {
        nodes: nodes.map((node, index) => ({ ...node, ...schools[index], ...outreach[index] })),
        pageInfo,
      },
    }
  },
  One: async (fetch, { id }) => {
    const ids = [String(id)]
    const [[civil], [school], [outreach]] = await Promise.all([
      childrenAt(fetch, 'civil-registry', ONE_CIVIL, ids),
      childrenAt(fetch, 'education', ONE_SCHOOL, ids),
      childrenAt(fetch, 'social', ONE_OUTREACH, ids),
    ])
    return { child: { id, ...civil, ...school, ...outreach } }
  },
  Chain: async (fetch, { after }) => {
    const { streetContacts } = await fetch('social', CHAIN, { after })
    const { nodes } = streetContacts as { readonly nodes: (Json & { readonly child: Node })[] }
    const met = [...new Set(nodes.map(({ child }) => child.id))]
    const referred = (await childrenAt(fetch, 'coordination', CHAIN_REFERRALS, met)) as { referrals: Referral[] }[]
    const ids = [...new Set(referred.flatMap(({ referrals }) => referrals.map(({ child }) => child.id)))]
    const identities = await childrenAt(fetch, 'civil-registry', CHAIN_IDENTITY, ids)
    const identityOf = new Map(ids.map((id, index) => [id, identities[index]]))
    const referralsOf = new Map(
      met.map((id, index) => [
        id,
        referred[index]?.referrals.map(({ child, ...referral }) => ({
          ...referral,
          child: { id: child.id, ...identityOf.get(child.id) },
        })),
      ]),
    )
    return {
      streetContacts: {
        nodes: nodes.map(({ child, ...node }) => ({ ...node, child: { referrals: referralsOf.get(child.id) } })),
      },
    }
  },
}

type Referral = Json & { readonly child: Node }
