import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { FRONT_DOOR, frontDoorSchema } from '../../../../gateway/src/front-door.ts'
import type { Part, World } from '../part.ts'

/** Apollo's gateway as its manual sets it up. The gateway's own part of the graph is asked in its process, as in ours. */
export async function start({ supergraph }: World): Promise<Part> {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph,
    buildService: ({ name, url }) =>
      name === FRONT_DOOR
        ? new LocalGraphQLDataSource(frontDoorSchema())
        : new RemoteGraphQLDataSource({ ...(url !== undefined && { url }) }),
  })
  const server = new ApolloServer({ gateway })
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } })
  return { urls: { gateway: url } }
}
