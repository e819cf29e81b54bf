import { createGateway, parseConfig } from '@satuanak/gateway'
import type { Part, World } from '../part.ts'

/** Our gateway as it is shipped: tokens, rates, limits, cost, a signature for each agency. Only the rates are out of reach. */
export async function start({ supergraph, subgraphs, env }: World): Promise<Part> {
  const { 'front-door': _own, ...agencies } = subgraphs
  const config = parseConfig({ ...env, PORT: '0', SUBGRAPH_URLS: JSON.stringify(agencies) })
  const gateway = await createGateway(config, { supergraph })
  return { urls: { gateway: `${gateway.url}/graphql` } }
}
