import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { ApolloServer } from '@apollo/server'
import { buildSchema } from 'graphql'
import { afterEach, expect, test } from 'vitest'
import { type GraphqlRequest, type ServeGraphql, type Serving, serveGraphql } from './http.ts'

interface Context {
  readonly request: GraphqlRequest
}

const log = { debug: () => {}, error: () => {} }
const open: Serving[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((serving) => serving.close()))
})

/** A server whose `echo` answers at once and whose `slow` waits for its gate, or for the abort signal. */
async function serving(options: Partial<ServeGraphql<Context>> = {}) {
  const gate = Promise.withResolvers<string>()
  const begun = Promise.withResolvers<GraphqlRequest>()
  const server = new ApolloServer<Context>({
    schema: buildSchema('type Query { echo(text: String): String, slow: String }'),
    rootValue: {
      echo: ({ text }: { text?: string }) => text ?? 'echo',
      slow: (_args: object, { request }: Context) => {
        begun.resolve(request)
        return gate.promise
      },
    },
    stopOnTerminationSignals: false,
  })
  const started = await serveGraphql<Context>({
    server,
    context: async (request) => ({ request }),
    host: '127.0.0.1',
    port: 0,
    ready: async () => [{ name: 'database', ok: true }],
    log,
    ...options,
  })
  open.push(started)
  return { ...started, gate, begun }
}

const post = (url: string, body: unknown, init: RequestInit = {}) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  })
const code = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code

test('a POST with JSON is answered by GraphQL, with the request id it came with', async () => {
  const { url } = await serving()
  const headers = { 'content-type': 'application/json; charset=utf-8', 'x-request-id': 'desk-12-0001' }
  const response = await post(url, { query: '{ echo }' }, { headers })
  expect(response.headers.get('x-request-id')).toBe('desk-12-0001')
  expect(await response.json()).toEqual({ data: { echo: 'echo' } })
})

test('a malformed request id is replaced, not echoed', async () => {
  const { url } = await serving()
  const headers = { 'content-type': 'application/json', 'x-request-id': 'x y' }
  const response = await post(url, { query: '{ echo }' }, { headers })
  expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('GET never reaches GraphQL: 405 with a sentence, because a NIK must not stand in a URL (DESIGN §4)', async () => {
  const { url } = await serving()
  const response = await fetch(`${url}/graphql?query={echo}`)
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('POST')
  expect(await code(response)).toBe('METHOD_NOT_ALLOWED')
})

test('a refusal is in Indonesian unless English is asked for', async () => {
  const { url } = await serving()
  const message = async (headers: Record<string, string>) =>
    ((await (await fetch(`${url}/nowhere`, { headers })).json()) as { errors: { message: string }[] }).errors[0]
      ?.message
  expect(await message({})).toMatch(/^Alamat ini tidak ada/)
  expect(await message({ 'accept-language': 'en' })).toMatch(/^There is nothing/)
})

test.each([
  ['text/plain', undefined],
  ['application/x-www-form-urlencoded', undefined],
  ['multipart/form-data; boundary=x', undefined],
  ['application/json; charset=utf-16', undefined],
  ['application/json', 'gzip'],
])('%s (content-encoding %s) is refused with 415 before GraphQL', async (type, encoding) => {
  const { url } = await serving()
  const headers = { 'content-type': type, ...(encoding ? { 'content-encoding': encoding } : {}) }
  const response = await post(url, { query: '{ echo }' }, { headers })
  expect([response.status, await code(response)]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
})

test.each([['{ "query": '], ['\ud800']])('a body that is not JSON (%j) is a 400', async (body) => {
  const { url } = await serving()
  const response = await post(url, body)
  expect([response.status, await code(response)]).toEqual([400, 'BAD_REQUEST'])
})

test('bytes that are not UTF-8 are a 400, not replaced by question marks', async () => {
  const { url } = await serving()
  const bytes = Buffer.concat([Buffer.from('{"query":"{ echo(text: \\"'), Buffer.from([0xff]), Buffer.from('\\") }"}')])
  const response = await post(url, '', { body: bytes })
  expect(response.status).toBe(400)
})

test.each([[1_000], [1_000_000], [12_000_000]])('a body of %d bytes over the limit is a 413', async (bytes) => {
  const { url } = await serving({ limits: { bodyBytes: 500 } })
  const response = await post(url, JSON.stringify({ query: '{ echo }', pad: 'x'.repeat(bytes) })).catch(() => 'cut')
  // Beyond 8 MB the connection is cut, and a client still sending may see only that.
  if (bytes > 8_000_000 && response === 'cut') return
  expect([(response as Response).status, await code(response as Response)]).toEqual([413, 'BODY_TOO_LARGE'])
})

test('a body of unknown length is counted while it arrives', async () => {
  const { url } = await serving({ limits: { bodyBytes: 500 } })
  const body = new Blob([JSON.stringify({ query: '{ echo }', pad: 'x'.repeat(900) })]).stream()
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit)
  expect(response.status).toBe(413)
})

test('live answers while not ready; ready names what is missing', async () => {
  const { url } = await serving({ ready: async () => [{ name: 'database', ok: false, detail: 'not reachable' }] })
  expect((await fetch(`${url}/health/live`)).status).toBe(200)
  const ready = await fetch(`${url}/health/ready`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toEqual({
    status: 'not ready',
    checks: [{ name: 'database', ok: false, detail: 'not reachable' }],
  })
})

test('a fault of our own is a 500 with a number and no cause in it', async () => {
  const { url } = await serving({
    ready: async () => {
      throw new Error('secret-host:5432 refused')
    },
  })
  const response = await fetch(`${url}/health/ready`)
  const text = await response.text()
  expect(response.status).toBe(500)
  expect(text).toContain(response.headers.get('x-request-id'))
  expect(text).not.toContain('secret-host')
})

test('an unknown path is a 404; a page answers GET only', async () => {
  const { url } = await serving({ pages: new Map([['/', (_request, response) => void response.end('hello')]]) })
  expect(await (await fetch(`${url}/`)).text()).toBe('hello')
  expect((await fetch(`${url}/`, { method: 'POST' })).status).toBe(405)
  expect((await fetch(`${url}/nowhere`)).status).toBe(404)
})

test('the signal of an operation aborts when its client goes away', async () => {
  const { url, begun, gate } = await serving()
  const client = new AbortController()
  const answer = post(url, { query: '{ slow }' }, { signal: client.signal }).catch(() => 'gone')
  const { signal } = await begun.promise
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve))
  client.abort()
  await aborted
  gate.resolve('late')
  expect(await answer).toBe('gone')
})

test('nothing is written to a client that went away: its request is logged as 499', async () => {
  const lines: object[] = []
  const noting = {
    debug: (fields: object) => void lines.push(fields),
    error: (fields: object) => void lines.push(fields),
  }
  const { url, begun, gate } = await serving({ log: noting })
  const client = new AbortController()
  const answer = post(url, { query: '{ slow }' }, { signal: client.signal }).catch(() => 'gone')
  const { signal } = await begun.promise
  const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve))
  client.abort()
  await Promise.all([aborted, answer])
  gate.resolve('late')
  await expect.poll(() => lines).toEqual([expect.objectContaining({ status: 499 })])
})

test('an operation whose asker waits for less is aborted and answered sooner', async () => {
  const { url, gate } = await serving({
    context: async (request) => {
      request.time.endWithin(20)
      return { request }
    },
  })
  const response = await post(url, { query: '{ slow }' })
  expect([response.status, await code(response)]).toEqual([504, 'OPERATION_TIMEOUT'])
  gate.resolve('late')
})

test('an operation past its time is aborted and answered 504', async () => {
  const { url, gate } = await serving({ limits: { operationMs: 20 } })
  const response = await post(url, { query: '{ slow }' })
  expect([response.status, await code(response)]).toEqual([504, 'OPERATION_TIMEOUT'])
  gate.resolve('late')
})

test('close lets a request in flight end, refuses new ones, and does not wait for idle keep-alive connections', async () => {
  const server = await serving()
  const agent = new Agent({ keepAlive: true, maxSockets: 2 })
  const idle = connect(Number(new URL(server.url).port), '127.0.0.1')
  await new Promise((resolve) => idle.once('connect', resolve))
  await viaAgent(server.url, agent, '{ echo }')
  const inFlight = viaAgent(server.url, agent, '{ slow }')
  await server.begun.promise

  const closed = server.close()
  await expect(post(server.url, { query: '{ echo }' })).rejects.toThrow()
  server.gate.resolve('done')
  expect(await inFlight).toEqual({ data: { slow: 'done' } })
  await closed
  agent.destroy()
})

test('close cuts off what does not end in time', async () => {
  const server = await serving({ limits: { closeMs: 30 } })
  const answer = post(server.url, { query: '{ slow }' }).catch(() => 'cut')
  await server.begun.promise
  await server.close()
  expect(await answer).toBe('cut')
  server.gate.resolve('late')
})

test('handOver answers once more on every open connection, and takes no new one', async () => {
  const server = await serving()
  const [idle, busy] = [new Agent({ keepAlive: true }), new Agent({ keepAlive: true })]
  const used = await answerVia(server.url, idle, '/health/live')
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
  await new Promise((resolve) => silent.once('connect', resolve))
  const inFlight = viaAgent(server.url, busy, '{ slow }')
  await server.begun.promise

  const handedOver = server.handOver(20_000)
  await expect(post(server.url, { query: '{ echo }' })).rejects.toThrow()
  const again = await answerVia(server.url, idle, '/health/ready')
  expect([used.headers.connection, again.headers.connection]).toEqual(['keep-alive', 'close'])
  expect(again.statusCode).toBe(200)
  server.gate.resolve('done')
  expect(await inFlight).toEqual({ data: { slow: 'done' } })
  silent.write('GET /health/live HTTP/1.1\r\nhost: here\r\n\r\n')
  expect(Buffer.concat(await silent.toArray()).toString()).toMatch(/^HTTP\/1.1 200 OK\r\n.*connection: close/is)
  await handedOver
})

test('handOver waits no longer than it may for a connection that stays silent', async () => {
  const server = await serving()
  const silent = connect(Number(new URL(server.url).port), '127.0.0.1')
  await new Promise((resolve) => silent.once('connect', resolve))
  await server.handOver(30)
  await server.close()
  silent.destroy()
})

test('a taken port is one clear sentence', async () => {
  const { url } = await serving()
  await expect(serving({ port: Number(new URL(url).port) })).rejects.toThrow(/^Port \d+ on 127\.0\.0\.1 is in use/)
})

function answerVia(url: string, agent: Agent, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${url}${path}`, { agent }, (response) => {
      response.resume().once('end', () => resolve(response))
    })
    request.once('error', reject).end()
  })
}

function viaAgent(url: string, agent: Agent, query: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' }
    const request = httpRequest(`${url}/graphql`, { method: 'POST', agent, headers }, async (response) => {
      resolve(JSON.parse(Buffer.concat(await response.toArray()).toString('utf8')))
    })
    request.once('error', reject)
    request.end(JSON.stringify({ query }))
  })
}
