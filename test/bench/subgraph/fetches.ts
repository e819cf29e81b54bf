import { ApolloServer } from '@apollo/server'

/** What the gateway sent one subgraph: text and variables, as they stood in the request's body. */
export interface Fetch {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

interface Asked {
  readonly httpGraphQLRequest: { readonly body: unknown }
}

/** Every body that a server of this process is sent while `run` runs. */
export async function fetchesOf(run: () => Promise<unknown>): Promise<readonly Fetch[]> {
  const fetches: Fetch[] = []
  const original = ApolloServer.prototype.executeHTTPGraphQLRequest
  const recording = function (this: ApolloServer, asked: Asked) {
    fetches.push(asked.httpGraphQLRequest.body as Fetch)
    return original.call(this, asked as never)
  }
  Object.assign(ApolloServer.prototype, { executeHTTPGraphQLRequest: recording })
  try {
    await run()
  } finally {
    Object.assign(ApolloServer.prototype, { executeHTTPGraphQLRequest: original })
  }
  return fetches
}
