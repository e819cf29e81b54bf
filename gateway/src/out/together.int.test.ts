import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { TOGETHER_PATH, TOGETHER_TYPE } from '@satuanak/service-kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { AgencyLine, type LineRequest } from './agency-line.ts'
import { BREAKER } from './circuit-breaker.ts'

interface Member {
  readonly headers: Readonly<Record<string, string>>
  readonly body: { readonly query: string }
}

/** What came in one request, and the response to write to. */
interface Come {
  readonly path: string
  readonly members: readonly Member[]
  readonly response: ServerResponse
  readonly left: Promise<unknown>
}

let server: Server
let line: AgencyLine
let come: Come[]
let wake: () => void
beforeEach(async () => {
  come = []
  wake = () => {}
  server = createServer(async (request, response) => {
    come.push(await comeOf(request, response))
    wake()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`)
  const pause = async () => undefined
  line = new AgencyLine({ service: 'social', url, agencyMs: 60_000, connections: 4, breaker: BREAKER, pause })
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await line.close()
})

async function comeOf(request: IncomingMessage, response: ServerResponse): Promise<Come> {
  const body = JSON.parse(Buffer.concat(await request.toArray()).toString())
  const headers = request.headers as Member['headers']
  const members = Array.isArray(body) ? body : [{ headers, body }]
  return { path: request.url ?? '', members, response, left: once(response, 'close') }
}

async function next(): Promise<Come> {
  for (;;) {
    const first = come.shift()
    if (first) return first
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

const read = (name: string): LineRequest => ({
  headers: { 'content-type': 'application/json', authorization: `Bearer ${name}`, 'x-request-id': `request-${name}` },
  body: JSON.stringify({ query: `{ ${name} }` }),
  isChange: false,
})
const ask = (request: LineRequest, signal = new AbortController().signal) =>
  line.ask(request, { signal, remainingMs: () => 30_000 }).then(
    ({ status, text }) => `${status} ${text}`,
    (error: { kind?: string; message: string }) => `${error.kind}: ${error.message}`,
  )
const lines = ({ response }: Come) => response.writeHead(200, { 'content-type': TOGETHER_TYPE })

test('reads of one turn go in one request, each with its own caller, id and time; each answer comes when it is there', async () => {
  const [slow, fast, refused] = [ask(read('slow')), ask(read('fast')), ask(read('refused'))]
  const request = await next()
  expect(request.path).toBe(TOGETHER_PATH)
  expect(request.members.map(({ headers }) => [headers.authorization, headers['x-request-id']])).toEqual([
    ['Bearer slow', 'request-slow'],
    ['Bearer fast', 'request-fast'],
    ['Bearer refused', 'request-refused'],
  ])
  expect(request.members.every(({ headers }) => Number(headers['x-deadline-ms']) > 0)).toBe(true)
  expect(request.members.map(({ body }) => body.query)).toEqual(['{ slow }', '{ fast }', '{ refused }'])
  lines(request).write('1 200 {"data":"cép')
  request.response.write('at"}\n2 400 {"errors":[]}\n')
  expect(await fast).toBe('200 {"data":"cépat"}')
  expect(await refused).toBe('400 {"errors":[]}')
  request.response.end('0 200 {"data":"lambat"}\n')
  expect(await slow).toBe('200 {"data":"lambat"}')
  expect(come).toEqual([])
})

test('a letter that is cut between two pieces is put together', async () => {
  const asked = [ask(read('a')), ask(read('b'))]
  const request = await next()
  const bytes = Buffer.from('0 200 "é"\n1 200 "ñ"\n')
  lines(request)
  for (const byte of bytes) request.response.write(Buffer.from([byte]))
  request.response.end()
  expect(await Promise.all(asked)).toEqual(['200 "é"', '200 "ñ"'])
})

test('a read alone, and a change always, travel as ever', async () => {
  const change = { ...read('change'), isChange: true }
  const asked = [ask(read('one')), ask(change), ask(change)]
  for (const request of [await next(), await next(), await next()]) {
    expect(request.path).toBe('/graphql')
    request.response.end('{}')
  }
  expect(await Promise.all(asked)).toEqual(['200 {}', '200 {}', '200 {}'])
})

test('who goes away is let go; the request ends with the last of them', async () => {
  const [one, other] = [new AbortController(), new AbortController()]
  const asked = [ask(read('a'), one.signal), ask(read('b'), other.signal)]
  const request = await next()
  one.abort()
  expect(await asked[0]).toBe('cancelled: Cancelled')
  lines(request).write(' ')
  expect(request.response.destroyed).toBe(false)
  other.abort()
  expect(await asked[1]).toBe('cancelled: Cancelled')
  await request.left
})

test('one that was given up before the turn ended is not sent', async () => {
  const gone = new AbortController()
  const asked = [ask(read('a'), gone.signal), ask(read('b'))]
  gone.abort()
  expect(await asked[0]).toBe('cancelled: Cancelled')
  const request = await next()
  expect(request.path).toBe('/graphql')
  request.response.end('{}')
  expect(await asked[1]).toBe('200 {}')
})

test('an agency that knows no such request is sent each by itself, and never several again', async () => {
  const asked = [ask(read('a')), ask(read('b'))]
  const refused = await next()
  refused.response.writeHead(404).end('{}')
  for (const request of [await next(), await next()]) {
    expect(request.path).toBe('/graphql')
    request.response.end('{}')
  }
  expect(await Promise.all(asked)).toEqual(['200 {}', '200 {}'])
  const later = [ask(read('a')), ask(read('b'))]
  for (const request of [await next(), await next()]) {
    expect(request.path).toBe('/graphql')
    request.response.end('{}')
  }
  await Promise.all(later)
})

test('those who have no answer when it is broken off are asked again alone; what came counts', async () => {
  const asked = [ask(read('a')), ask(read('b')), ask(read('c'))]
  const request = await next()
  lines(request).write('1 200 {}\n')
  expect(await asked[1]).toBe('200 {}')
  request.response.write('0 200 {"da')
  request.response.destroy()
  const again = [await next(), await next()]
  expect(again.map(({ path, members }) => `${path} ${members[0]?.body.query}`).toSorted()).toEqual([
    '/graphql { a }',
    '/graphql { c }',
  ])
  for (const { response } of again) response.end('{}')
  expect(await Promise.all(asked)).toEqual(['200 {}', '200 {}', '200 {}'])
})

test('an answer that ends too early, or holds what is no line, is no answer', async () => {
  const asked = [ask(read('a')), ask(read('b'))]
  lines(await next()).end('\n0 200 {}\n7 200 {}\n1 x {}\n')
  expect(await asked[0]).toBe('200 {}')
  ;(await next()).response.end('{}')
  expect(await asked[1]).toBe('200 {}')
})

test('one connection that fails under many says nothing of the agency', async () => {
  const asked = Array.from({ length: 40 }, (_, n) => ask(read(`a${n}`)))
  ;(await next()).response.destroy()
  for (const _ of asked) (await next()).response.end('{}')
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['200 {}']))
  expect(line.breaker.state).toBe('closed')
})

test('an agency whose every connection fails is away, and asked no more', async () => {
  server.on('connection', (socket) => void socket.on('data', () => socket.destroy()))
  const asked = await Promise.all(Array.from({ length: 40 }, (_, n) => ask(read(`a${n}`))))
  expect(asked.every((one) => one.startsWith('connection: '))).toBe(true)
  expect(line.breaker.state).toBe('open')
})

test('what is too large for its part travels alone, counted in bytes', async () => {
  const large = { ...read('large'), body: JSON.stringify({ query: 'é'.repeat(9_000) }) }
  const asked = [ask(read('a')), ask(large), ask(read('b'))]
  const paths = [await next(), await next()].map((request) => {
    if (request.path === TOGETHER_PATH) lines(request).end('0 200 {}\n1 200 {}\n')
    else request.response.end('{}')
    return request.path
  })
  expect(paths.toSorted()).toEqual(['/graphql', TOGETHER_PATH])
  expect(await Promise.all(asked)).toEqual(['200 {}', '200 {}', '200 {}'])
})

test('a refusal that is of this request alone does not end sending together', async () => {
  const asked = [ask(read('a')), ask(read('b'))]
  ;(await next()).response.writeHead(429).end()
  for (const request of [await next(), await next()]) request.response.end('{}')
  await Promise.all(asked)
  const later = [ask(read('a')), ask(read('b'))]
  const request = await next()
  expect(request.path).toBe(TOGETHER_PATH)
  lines(request).end('0 200 {}\n1 200 {}\n')
  await Promise.all(later)
})

test('a server in trouble answers for all of them', async () => {
  const asked = [ask(read('a')), ask(read('b'))]
  ;(await next()).response.writeHead(503).end()
  expect(await Promise.all(asked)).toEqual(['503 ', '503 '])
})
