import {
  type ApolloServer,
  type ApolloServerOptionsWithGateway,
  HeaderMap,
  type HTTPGraphQLRequest,
} from '@apollo/server'
import fc from 'fast-check'
import { buildSchema, GraphQLError, type GraphQLSchema } from 'graphql'
import type { GatewayRequest } from '../apollo.ts'
import type { QuickPlugin } from './quick-server.ts'

/** What the executor and the hooks are made to do is said by the request's own context. */
export interface Context {
  readonly does: Does
  seen?: string
}

export interface Does {
  readonly executor: keyof typeof RESULTS | 'throws' | 'throws a sentence'
  readonly hook:
    | 'nothing'
    | 'sets the head'
    | 'refuses'
    | 'refuses with 429'
    | 'breaks at the start'
    | 'breaks at the end'
    | 'replaces'
  readonly context: 'given' | 'refused with 401' | 'broken'
}

const error = (message: string, extensions = {}) => new GraphQLError(message, { path: ['one'], extensions })
export const RESULTS = {
  data: { data: { one: 'satu' } },
  null: { data: null },
  nothing: {},
  partial: { data: { one: null }, errors: [error('away', { code: 'AWAY', http: { status: 503 } })] },
  'no errors': { data: { one: 'x' }, errors: [] },
  extensions: { data: { one: 'x' }, extensions: { valueCompletion: [{ message: 'm' }] } },
  refused: { errors: [error('bad', { code: 'BAD_USER_INPUT' })] },
} as const

const SCHEMA = buildSchema('type Query { one(x: Int): String two: String } type Mutation { one: String }')

export type Calls = string[]

export function gatewayOver(calls: Calls, change?: (to: (schema: GraphQLSchema) => void) => void) {
  const executor = async ({ context, request, response, document, queryHash, operationName }: GatewayRequest) => {
    const { does, seen } = context as Context
    calls.push(JSON.stringify([request.query, request.variables, queryHash, operationName, seen, document.kind]))
    calls.push(String(request.http?.headers.get('x-custom')))
    response?.http?.headers?.set('x-executor', 'yes')
    if (does.executor === 'throws') throw new Error('broken executor')
    if (does.executor === 'throws a sentence') throw error('too intricate', { http: { status: 400 } })
    return RESULTS[does.executor]
  }
  return {
    load: async () => ({ executor }),
    onSchemaLoadOrUpdate: (callback: (schemas: object) => void) => {
      const tell = (apiSchema: GraphQLSchema) => callback({ apiSchema, coreSupergraphSdl: '' })
      change?.(tell)
      tell(SCHEMA)
      return () => {}
    },
    stop: async () => {},
  } as unknown as ApolloServerOptionsWithGateway<Context>['gateway']
}

/** A plugin that does what the context says and notes whatever it was called for. */
export const hooks = (calls: Calls): QuickPlugin<Context> => ({
  contextCreationDidFail: async () => void calls.push('no context'),
  unexpectedErrorProcessingRequest: async ({ error: met }) => void calls.push(`unexpected ${met.message}`),
  requestDidStart: async ({ contextValue }) => {
    calls.push('start')
    const { hook } = contextValue.does
    if (hook === 'breaks at the start') throw new Error('broken start')
    return {
      didResolveOperation: async ({ operation, source, response: { http } }) => {
        calls.push(`resolved ${operation?.operation} ${source}`)
        contextValue.seen = 'by the hook'
        if (hook === 'sets the head') http.headers.set('x-hook', 'yes')
        if (hook === 'sets the head') http.status = 203
        if (hook === 'refuses') throw error('not this', { code: 'NOT_THIS', http: { status: 400 } })
        if (hook === 'refuses with 429') {
          throw error('later', { http: { status: 429, headers: new HeaderMap([['retry-after', '3']]) } })
        }
      },
      didEncounterErrors: async ({ errors }) => void calls.push(`errors ${errors.map(({ message }) => message)}`),
      willSendResponse: async ({ response: { body, http } }) => {
        calls.push('send')
        if (hook === 'breaks at the end') throw new Error('broken end')
        if (hook !== 'replaces' || body.kind !== 'single') return
        body.singleResult = { errors: [{ message: 'unrecorded' }], extensions: { cost: 1 } }
        http.headers.set('x-told', 'yes')
        http.status = 202
      },
    }
  },
})

const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
export const shared = {
  logger,
  stopOnTerminationSignals: false,
  formatError: (formatted: object) => ({ ...formatted, message: 'masked' }),
  hideSchemaDetailsFromClientErrors: true,
}

export interface Side {
  readonly calls: Calls
  readonly server: Pick<ApolloServer<Context>, 'start' | 'stop' | 'executeHTTPGraphQLRequest'>
}
export interface Sent {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly search: string
  readonly body: unknown
  readonly does: Does
}

/** What a client is answered, and whatever was called meanwhile. */
export async function answerOf({ calls, server }: Side, { does, headers, ...sent }: Sent) {
  calls.length = 0
  const httpGraphQLRequest: HTTPGraphQLRequest = { ...sent, headers: new HeaderMap(Object.entries(headers)) }
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context: async () => {
      if (does.context === 'broken') throw new Error('no context')
      if (does.context === 'refused with 401') throw error('who', { code: 'WHO', http: { status: 401 } })
      return { does }
    },
  })
  const body = answer.body.kind === 'complete' ? answer.body.string : answer.body.kind
  return { status: answer.status ?? 200, headers: [...answer.headers], body, calls: [...calls] }
}

const USUAL: Does = { executor: 'data', hook: 'nothing', context: 'given' }
const anyDoes: fc.Arbitrary<Does> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(USUAL) },
  {
    weight: 3,
    arbitrary: fc.record({
      executor: fc.constantFrom<Does['executor'][]>(
        ...(Object.keys(RESULTS) as (keyof typeof RESULTS)[]),
        'throws',
        'throws a sentence',
      ),
      hook: fc.constantFrom<Does['hook'][]>(
        'sets the head',
        'nothing',
        'refuses',
        'refuses with 429',
        'breaks at the start',
        'breaks at the end',
        'replaces',
      ),
      context: fc.constantFrom<Does['context'][]>('given', 'given', 'given', 'refused with 401', 'broken'),
    }),
  },
)
const JSON_TYPE = 'application/json'
const anyHeaders = fc.record(
  {
    'content-type': fc.constantFrom(
      JSON_TYPE,
      JSON_TYPE,
      `${JSON_TYPE}; charset=utf-8`,
      'text/plain',
      'application/jsonp',
      '',
    ),
    accept: fc.constantFrom(
      '*/*',
      JSON_TYPE,
      'application/graphql-response+json',
      'text/html',
      'image/png',
      'application/graphql-response+json, application/json;q=0.5',
    ),
    'x-custom': fc.constantFrom('a', 'b'),
    'x-apollo-operation-name': fc.constant('x'),
  },
  { requiredKeys: [] },
)
const anyBody = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        query: fc.constantFrom<unknown[]>(
          '{ one }',
          'query A { one } query B { two }',
          // Each is another's name and document written together.
          'A\nquery A { one } query B { two }',
          'query\n{ one }',
          'query($x: Int) { one(x: $x) }',
          'mutation { one }',
          '{ nope }',
          '{',
          '',
          7,
          null,
          { kind: 'Document' },
        ),
        variables: fc.constantFrom<unknown[]>({ x: 1 }, {}, null, [], 'x', 3),
        operationName: fc.constantFrom<unknown[]>('A', 'B', 'C', 'query', '', null, 3),
        extensions: fc.constantFrom<unknown[]>(null, {}, 'x', { persistedQuery: { version: 1, sha256Hash: 'x' } }),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: fc.constantFrom<unknown[]>(null, [], {}, 'x', [{ query: '{ one }' }]) },
)
export const anySent: fc.Arbitrary<Sent> = fc.record({
  method: fc.constantFrom('POST', 'POST', 'POST', 'POST', 'GET', 'PUT'),
  headers: anyHeaders,
  search: fc.constantFrom('', '', '?query=%7Bone%7D'),
  body: anyBody,
  does: anyDoes,
})

export const plain = (query: string, more: object = {}, does: Partial<Does> = {}): Sent => ({
  method: 'POST',
  headers: { 'content-type': JSON_TYPE },
  search: '',
  body: { query, ...more },
  does: { ...USUAL, ...does },
})
