import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server'
import { type ExecutionArgs, execute, type GraphQLSchema } from 'graphql'
import type { GatewayRequest } from '../apollo.ts'

type Gateway<Context extends BaseContext> = ApolloServerOptionsWithGateway<Context>['gateway']

/** A schema with resolvers of its own, where a quick server expects a gateway: graphql-js carries operations out. */
export function schemaExecutor<Context extends BaseContext>(schema: GraphQLSchema): Gateway<Context> {
  const executor = async ({ request, document, context: contextValue }: GatewayRequest) => {
    const { variables: variableValues, operationName } = request
    return execute({ schema, document, contextValue, variableValues, operationName } as ExecutionArgs)
  }
  return {
    load: async () => ({ executor }),
    onSchemaLoadOrUpdate: (callback: (schemas: object) => void) => {
      callback({ apiSchema: schema, coreSupergraphSdl: '' })
      return () => {}
    },
    stop: async () => {},
  } as unknown as Gateway<Context>
}
