import { composeServices } from '@apollo/composition'
import type { GatewayConfig, GraphQLDataSource } from '@apollo/gateway'
import { parse } from 'graphql'
import { requestOf } from './differential/test-compare.ts'
import type { CompiledGateway } from './gateway.ts'

type Process = Parameters<GraphQLDataSource['process']>[0]
type Answer = Awaited<ReturnType<GraphQLDataSource['process']>>
type Named = Record<string, unknown>

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`

/** A school's pupils, and what another agency knows of each. */
const SDL = {
  pupils: `${LINK}
    type Query { pupils(first: Int): [Child!] }
    type Child @key(fields: "id") { id: ID! name: String }`,
  outreach: `${LINK}
    type Child @key(fields: "id") { id: ID! place: String! }
    type Query { seen: Boolean }`,
}

/** Another supergraph over the same subgraphs. */
export const supergraphOf = (more = ''): string => {
  const services = Object.entries(SDL).map(([name, sdl]) => ({
    name,
    url: 'http://nowhere',
    typeDefs: parse(sdl + more),
  }))
  const { supergraphSdl, errors } = composeServices(services)
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'))
  return supergraphSdl
}

/** With the aliases that a client may choose: parsed, as a body is, so that the first is a field. */
const pupil = (id: string): Named =>
  JSON.parse(`{"__proto__":"${id}","constructor":"anak ${id}","__typename":"Child","id":"${id}","name":"anak ${id}"}`)

export interface Subgraphs {
  /** Variables of each request, oldest first. */
  readonly asked: Record<keyof typeof SDL, Named[]>
  /** What `outreach` answers instead. */
  outreach?: (representations: readonly { readonly id: string }[]) => Answer
  readonly supergraphSdl: string
  readonly config: GatewayConfig
}

/** Two subgraphs from memory, and a gateway's configuration over them. */
export function subgraphs(): Subgraphs {
  const asked: Subgraphs['asked'] = { pupils: [], outreach: [] }
  const quiet = () => undefined
  const answers = {
    pupils: () => ({ data: { pupils: ['1', '2', '1'].map(pupil) } }),
    outreach: ({ representations = [] }: Named): Answer => {
      const all = representations as { readonly id: string }[]
      return house.outreach?.(all) ?? { data: { _entities: all.map(({ id }) => ({ place: `Alun-alun ${id}` })) } }
    },
  }
  const supergraphSdl = supergraphOf()
  const house: Subgraphs = {
    asked,
    supergraphSdl,
    config: {
      supergraphSdl,
      logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
      buildService: ({ name }) => ({
        process: async ({ request: { variables = {} } }: Process) => {
          const known = name as keyof typeof SDL
          asked[known].push(variables)
          return answers[known](variables)
        },
      }),
    },
  }
  return house
}

/** One operation, as Apollo Server would ask for it. */
export function ask(
  gateway: Pick<CompiledGateway, 'executor' | 'schema'>,
  query: string,
  { variables = {}, ...more }: { readonly variables?: Named; readonly [more: string]: unknown } = {},
) {
  const request = requestOf(gateway, query, parse(query, { noLocation: true }), variables)
  return gateway.executor({ ...request, ...more })
}
