import {
  type ApolloServer,
  type BaseContext,
  type GraphQLRequest,
  type GraphQLRequestContext,
  HeaderMap,
  type HTTPGraphQLRequest,
} from '@apollo/server'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { GatewayRequest } from '../apollo.ts'
import { GatewayHeaders } from './headers.ts'

/** An operation that Apollo Server has parsed, found valid, and chosen in its document. */
export interface KnownOperation {
  readonly schema: GraphQLSchema
  readonly source: string
  readonly queryHash: string
  readonly document: DocumentNode
  readonly operation: OperationDefinitionNode
  readonly operationName: string | null
}

/** A request with a body that Apollo Server would take as one GraphQL request. */
export interface Asked {
  readonly query: string
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>> | undefined
  readonly extensions: undefined
  readonly http: HTTPGraphQLRequest
}

/** The request as hooks are given it, once its operation is resolved. */
export function requestContext<Context extends BaseContext>(
  { logger, cache }: ApolloServer<Context>,
  known: KnownOperation,
  request: Asked,
  contextValue: Context,
): GraphQLRequestContext<Context> {
  return {
    logger,
    cache,
    schema: known.schema,
    request: request as unknown as GraphQLRequest,
    response: { http: { status: undefined, headers: new HeaderMap() } } as never,
    contextValue,
    metrics: { persistedQueryHit: false, persistedQueryRegister: false },
    overallCachePolicy: new CachePolicy() as never,
    requestIsBatched: false,
    queryHash: known.queryHash,
    source: known.source,
    document: known.document,
    operation: known.operation,
    operationName: known.operationName,
  }
}

/** The same as `@apollo/gateway` is given it. */
export function gatewayRequest<Context extends BaseContext>(from: GraphQLRequestContext<Context>): GatewayRequest {
  const { contextValue, request, response, ...same } = from
  const { http, ...asked } = request
  return {
    ...same,
    context: contextValue,
    schemaHash: 'schemaHash no longer exists since Apollo Server 4',
    debug: false,
    request: { ...asked, ...(http && { http: httpRequest(http) }) },
    response: {
      http: {
        headers: new GatewayHeaders(response.http.headers),
        get status(): number | undefined {
          return response.http.status
        },
        set status(status: number) {
          response.http.status = status
        },
      },
    },
  } as unknown as GatewayRequest
}

function httpRequest({ method, headers, search }: HTTPGraphQLRequest) {
  const question = search === '' || search.startsWith('?') ? search : `?${search}`
  return { method, url: `https://unknown-url.invalid/${question}`, headers: new GatewayHeaders(headers) }
}

interface CacheHint {
  readonly maxAge?: number
  readonly scope?: 'PUBLIC' | 'PRIVATE'
}

/** What data sources tell of how long an answer may be kept. Nobody asks for it here: the plugin that would is off. */
class CachePolicy {
  maxAge: number | undefined
  scope: 'PUBLIC' | 'PRIVATE' | undefined

  restrict({ maxAge, scope }: CacheHint): void {
    if (maxAge !== undefined) this.maxAge = Math.min(maxAge, this.maxAge ?? maxAge)
    if (scope !== undefined && this.scope !== 'PRIVATE') this.scope = scope
  }

  replace({ maxAge, scope }: CacheHint): void {
    if (maxAge !== undefined) this.maxAge = maxAge
    if (scope !== undefined) this.scope = scope
  }

  policyIfCacheable() {
    return this.maxAge ? { maxAge: this.maxAge, scope: this.scope ?? 'PUBLIC' } : null
  }
}
