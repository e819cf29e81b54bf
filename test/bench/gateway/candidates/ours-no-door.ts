import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway'
import { CompiledGateway } from '@satuanak/compiled-executor'
import { QuickServer } from '@satuanak/compiled-executor/front'
import { ServiceName } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { createSubgraphSigner, type SignForSubgraph } from '@satuanak/identity'
import { createLog, type GraphqlRequest, serveGraphql } from '@satuanak/service-kit'
import { FRONT_DOOR, frontDoorSchema } from '../../../../gateway/src/front-door.ts'
import { LocalSource } from '../../../../gateway/src/local-source.ts'
import { AgencyLine } from '../../../../gateway/src/out/agency-line.ts'
import { OUT } from '../../../../gateway/src/out/options.ts'
import type { Part, World } from '../part.ts'

type Context = Pick<GraphqlRequest, 'time'>
type Processed = Awaited<ReturnType<GraphQLDataSource['process']>>

/**
 * Our front, executor and way out, and nobody at the door: what gateways do that know no caller and no limits.
 * `SIGN=on`: each fetch is signed, for subgraphs that ask who asks.
 */
export async function start({ supergraph, env }: World): Promise<Part> {
  const sign =
    env.SIGN === 'on' ? createSubgraphSigner({ privateJwk: JSON.parse(env.GATEWAY_SIGNING_JWK ?? '') }) : null
  return serveWithoutDoor(supergraph, (name, url) =>
    name === FRONT_DOOR ? new LocalSource(frontDoorSchema()) : sourceOf(ServiceName.parse(name), url, sign),
  )
}

/** The same over other sources. */
export async function serveWithoutDoor(
  supergraphSdl: string,
  sourceFor: (name: string, url: string) => GraphQLDataSource,
): Promise<Part> {
  const buildService = ({ name, url = '' }: { readonly name: string; readonly url?: string }) => sourceFor(name, url)
  const server = new QuickServer<Context>({
    gateway: new CompiledGateway({ supergraphSdl, buildService }),
    stopOnTerminationSignals: false,
  })
  const { url } = await serveGraphql<Context>({
    server,
    host: '127.0.0.1',
    port: 0,
    context: async ({ time }) => ({ time }),
    ready: async () => [],
    log: createLog('gateway', 'silent'),
  })
  return { urls: { gateway: `${url}/graphql` } }
}

function sourceOf(service: ServiceName, url: string, sign: SignForSubgraph | null): GraphQLDataSource<Context> {
  const line = new AgencyLine({ service, url: new URL(url), agencyMs: 5_000, ...OUT_LINE })
  const { caller } = PERSONAS.bapperida
  return {
    process: async ({ request, context }: GraphQLDataSourceProcessOptions<Context>) => {
      const { query, variables, operationName } = request
      const headers = sign ? { ...HEADERS, authorization: `Bearer ${await sign(caller, service)}` } : HEADERS
      const body = JSON.stringify({ query, variables, operationName })
      const { text } = await line.ask({ headers, body, isChange: false }, (context as Context).time)
      return JSON.parse(text) as Processed
    },
  }
}

const OUT_LINE = { connections: OUT.connections, breaker: OUT.breaker }
const HEADERS = { 'content-type': 'application/json', accept: 'application/json' }
