import { GraphQLClient } from 'graphql-request'

/** One answer of the graph, partial ones included. */
export interface Answer<Data = Record<string, unknown>> {
  readonly data: Data | null
  readonly errors: readonly GraphError[]
}

export interface GraphError {
  readonly message: string
  readonly path?: readonly (string | number)[]
  readonly extensions: { readonly code?: string; readonly [key: string]: unknown }
}

export interface Ask {
  /** Asks and returns data and errors as they come. */
  <Data = Record<string, unknown>>(query: string, variables?: Record<string, unknown>): Promise<Answer<Data>>
  /** Asks and refuses any error: for the steps of a story that must succeed. */
  ok<Data = Record<string, unknown>>(query: string, variables?: Record<string, unknown>): Promise<Data>
}

/** Asks one graph as one caller. `token` is made anew for each request: subgraph tokens live for a minute. */
export function askAs(url: string, token: () => Promise<string>, language = 'id'): Ask {
  const ask = async <Data>(query: string, variables: Record<string, unknown> = {}): Promise<Answer<Data>> => {
    const client = new GraphQLClient(url, {
      errorPolicy: 'all',
      headers: { authorization: `Bearer ${await token()}`, 'accept-language': language },
    })
    const { data, errors } = await client.rawRequest<Data>(query, variables)
    return { data: data ?? null, errors: (errors ?? []) as unknown as readonly GraphError[] }
  }
  const ok = async <Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> => {
    const { data, errors } = await ask<Data>(query, variables)
    if (data !== null && errors.length === 0) return data
    throw new Error(`the graph refused\n${query.trim()}\n${JSON.stringify({ variables, errors }, null, 2)}`)
  }
  return Object.assign(ask, { ok })
}
