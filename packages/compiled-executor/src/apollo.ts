import type { ApolloGateway, GraphQLDataSource } from '@apollo/gateway'

// What @apollo/gateway takes and gives, by its own signatures. The package that names these types has nothing to load:
// an import of it leads nowhere.

export type GatewayRequest = Parameters<ApolloGateway['executor']>[0]
export type GatewayResult = Awaited<ReturnType<ApolloGateway['executor']>>
export type SubgraphResponse = Awaited<ReturnType<GraphQLDataSource['process']>>
