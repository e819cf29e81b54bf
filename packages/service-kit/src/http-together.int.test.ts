import { connect } from 'node:net'
import { ApolloServer } from '@apollo/server'
import { buildSchema, GraphQLError } from 'graphql'
import { afterEach, expect, test } from 'vitest'
import { type GraphqlRequest, type Serving, serveGraphql } from './http.ts'
import { MOST_TOGETHER } from './http-together.ts'

interface Context {
  readonly who: string
  readonly request: GraphqlRequest
}

const open: Serving[] = []
let logged: object[] = []
afterEach(async () => {
  logged = []
  await Promise.all(open.splice(0).map((serving) => serving.close()))
})

/** A server whose `who` says whose token came, and whose `slow` waits for its gate. */
async function serving(isForGateway = true) {
  const gate = Promise.withResolvers<string>()
  const begun = Promise.withResolvers<GraphqlRequest>()
  const server = new ApolloServer<Context>({
    schema: buildSchema('type Query { who: String, slow: String }'),
    rootValue: {
      who: (_args: object, { who }: Context) => who,
      slow: (_args: object, { request }: Context) => {
        begun.resolve(request)
        return gate.promise
      },
    },
    stopOnTerminationSignals: false,
  })
  const started = await serveGraphql<Context>({
    server,
    context: async (request) => {
      const who = request.headers.get('authorization')
      if (!who) throw new GraphQLError('who', { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } })
      return { who, request }
    },
    host: '127.0.0.1',
    port: 0,
    ready: async () => [],
    ...(isForGateway && { together: true }),
    log: { debug: (fields) => void logged.push(fields), error: () => {} },
  })
  open.push(started)
  return { ...started, gate, begun }
}

const member = (query: string, who?: string) => ({ headers: who ? { authorization: who } : {}, body: { query } })
const post = (url: string, body: unknown) =>
  fetch(`${url}/graphql/together`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('each is answered for its own caller, as if it had come alone', async () => {
  const { url } = await serving()
  const answer = await post(url, [
    member('{ who }', 'Ani'),
    member('{ who }'),
    member('{ nope }', 'Budi'),
    member('{ who }', 'Citra'),
  ])
  const found = (await answer.text()).trimEnd().split('\n').toSorted()
  expect(found.map((line) => line.slice(0, 5))).toEqual(['0 200', '1 401', '2 400', '3 200'])
  expect([found[0], found[3]]).toEqual(['0 200 {"data":{"who":"Ani"}}', '3 200 {"data":{"who":"Citra"}}'])
  expect(found[1]).toContain('UNAUTHENTICATED')
  expect(logged).toContainEqual(expect.objectContaining({ status: 401, path: '/graphql/together', method: 'POST' }))
})

test('a slow one holds nobody’s answer', async () => {
  const { url, gate } = await serving()
  const { body } = await post(url, [member('{ slow }', 'Ani'), member('{ who }', 'Budi')])
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toBe('1 200 {"data":{"who":"Budi"}}\n')
  gate.resolve('akhirnya')
  expect((await reader?.read())?.value).toBe('0 200 {"data":{"slow":"akhirnya"}}\n')
  expect((await reader?.read())?.done).toBe(true)
})

test('what runs for an asker who has gone is told so', async () => {
  const { url, begun } = await serving()
  const { port, hostname } = new URL(url)
  const body = JSON.stringify([member('{ slow }', 'Ani'), member('{ who }', 'Budi')])
  const socket = connect(Number(port), hostname)
  socket.write(
    `POST /graphql/together HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  )
  const { signal } = await begun.promise
  const told = new Promise((resolve) => signal.addEventListener('abort', resolve))
  socket.destroy()
  await told
})

test.each([
  ['no list', {}],
  ['an empty list', []],
  ['too many', Array.from({ length: MOST_TOGETHER + 1 }, () => member('{ who }', 'Ani'))],
  ['no headers', [{ body: {} }]],
  ['headers that are no texts', [{ headers: { authorization: ['x'] }, body: {} }]],
  ['nothing', [null]],
])('%s is refused as a whole', async (_what, body) => {
  const { url } = await serving()
  expect((await post(url, body)).status).toBe(400)
})

test('who is no subgraph takes no such request', async () => {
  const { url } = await serving(false)
  expect((await post(url, [member('{ who }', 'Ani')])).status).toBe(404)
})
