import { FRONT_DOOR } from '../../../../gateway/src/front-door.ts'
import { sdlOf } from '../../memory/answers.ts'
import type { Part, World } from '../part.ts'
import { firstFederation } from './first-federation.ts'
import { askFrontDoor } from './local-front-door.ts'
import { loadPeer } from './peers.ts'

interface Fastify {
  register(plugin: unknown, options: object): Promise<unknown>
  listen(options: { readonly port: number; readonly host: string }): Promise<string>
}
type Loaded<Default> = { readonly default: Default }

/** Mercurius' gateway with compiled queries. It knows Federation 1 only: it is given the subgraphs' SDL in those words. */
export async function start({ subgraphs }: World): Promise<Part> {
  const { default: fastify } = (await loadPeer('fastify')) as Loaded<() => Fastify>
  const { default: plugin } = (await loadPeer('@mercuriusjs/gateway')) as Loaded<unknown>
  const app = fastify()
  const sdl = firstFederation(new Map(Object.keys(subgraphs).map((name) => [name, sdlOf(name)])), FRONT_DOOR)
  const services = Object.entries(subgraphs).map(([name, url]) => ({
    name,
    url,
    mandatory: true,
    connections: 64,
    schema: sdl.get(name),
    ...(name === FRONT_DOOR && { agent: LOCAL }),
  }))
  await app.register(plugin, { jit: 1, gateway: { services } })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { urls: { gateway: `${url}/graphql` } }
}

interface Sent {
  readonly body: string
}

/** In the place of the connections to a service. */
const LOCAL = {
  request: async ({ body }: Sent) => {
    const { query, variables } = JSON.parse(body)
    const answer = await askFrontDoor(query, variables)
    return { statusCode: 200, headers: {}, body: { text: async () => JSON.stringify(answer) } }
  },
}
