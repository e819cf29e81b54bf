import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, startHouse } from '../src/house.ts'

/** Requests that are no GraphQL requests, or only pretend to be: each is answered at once with a clear code, never 500. */

let house: House
let token: string
beforeAll(async () => {
  house = await startHouse()
  token = await house.token('dukcapil')
})
afterAll(() => house?.close())

const ME = '{ me { name } }'
const JSON_TYPE = { 'content-type': 'application/json' }

async function ask(init: RequestInit, path = '/graphql') {
  const headers = { authorization: `Bearer ${token}`, ...(init.headers as object) }
  const response = await fetch(`${house.gatewayUrl}${path}`, { method: 'POST', ...init, headers })
  const text = await response.text()
  const { errors = [] } = (text ? JSON.parse(text) : {}) as { errors?: { extensions?: { code?: string } }[] }
  return { status: response.status, code: errors[0]?.extensions?.code, text }
}

const REQUESTS: readonly (readonly [string, number, string, RequestInit, string?])[] = [
  ['a query in the URL', 405, 'METHOD_NOT_ALLOWED', { method: 'GET' }, `/graphql?query=${encodeURIComponent(ME)}`],
  ['a change in the URL', 405, 'METHOD_NOT_ALLOWED', { method: 'GET' }, '/graphql?query=mutation{x}'],
  ['PUT', 405, 'METHOD_NOT_ALLOWED', { method: 'PUT', headers: JSON_TYPE, body: JSON.stringify({ query: ME }) }],
  ['DELETE', 405, 'METHOD_NOT_ALLOWED', { method: 'DELETE' }],
  ...['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/graphql'].map(
    (type) =>
      [
        `what a form on another site can send: ${type}`,
        415,
        'UNSUPPORTED_MEDIA_TYPE',
        { headers: { 'content-type': type }, body: JSON.stringify({ query: ME }) },
      ] as const,
  ),
  [
    'another alphabet’s encoding',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    { headers: { 'content-type': 'application/json; charset=utf-16' }, body: JSON.stringify({ query: ME }) },
  ],
  [
    'a bomb of 100 MB in 100 kB',
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    {
      headers: { ...JSON_TYPE, 'content-encoding': 'gzip' },
      body: new Uint8Array(gzipSync(Buffer.alloc(100 * 1024 * 1024))),
    },
  ],
  [
    '300 kB',
    413,
    'BODY_TOO_LARGE',
    { headers: JSON_TYPE, body: JSON.stringify({ query: ME, pad: 'x'.repeat(300_000) }) },
  ],
  [
    '10,000 operations',
    413,
    'BODY_TOO_LARGE',
    { headers: JSON_TYPE, body: JSON.stringify({ query: 'query q { me { name } } '.repeat(20_000) }) },
  ],
  ['half of a JSON', 400, 'BAD_REQUEST', { headers: JSON_TYPE, body: '{"query": "{ me' }],
  ['an object 100,000 deep', 400, 'BAD_REQUEST', { headers: JSON_TYPE, body: '['.repeat(100_000) }],
  [
    'bytes that are no UTF-8',
    400,
    'BAD_REQUEST',
    { headers: JSON_TYPE, body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]) },
  ],
  ['nothing', 400, 'BAD_REQUEST', { headers: JSON_TYPE, body: '' }],
  ...['[]', 'null', '7', '"query"', 'true'].map(
    (body) => [`JSON that is no request: ${body}`, 400, 'BAD_REQUEST', { headers: JSON_TYPE, body }] as const,
  ),
  [
    'several requests at once',
    400,
    'BAD_REQUEST',
    { headers: JSON_TYPE, body: JSON.stringify([{ query: ME }, { query: ME }]) },
  ],
  ['a query that is a number', 400, 'BAD_REQUEST', { headers: JSON_TYPE, body: '{"query": 7}' }],
  [
    'variables that are a text',
    400,
    'BAD_REQUEST',
    { headers: JSON_TYPE, body: JSON.stringify({ query: ME, variables: 'id=1' }) },
  ],
  [
    'extensions that are a list',
    400,
    'BAD_REQUEST',
    { headers: JSON_TYPE, body: JSON.stringify({ query: ME, extensions: [1] }) },
  ],
  [
    'an operation’s name that is a list',
    400,
    'BAD_REQUEST',
    { headers: JSON_TYPE, body: JSON.stringify({ query: ME, operationName: ['a'] }) },
  ],
]

describe('answered with its status and code:', () => {
  test.for(REQUESTS)('%s', async ([_what, status, code, init, path]) => {
    const answer = await ask(init, path)
    expect([answer.status, answer.code]).toEqual([status, code])
    expect(answer.text).not.toMatch(/node_modules|\bat .+:\d+:\d+/)
  })
})

/** What the server says to these bytes, to the end of the connection; `''` where it hangs up without a word. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(house.gatewayUrl)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => resolve(answer))
    socket.on('close', () => resolve(answer))
  })
}

const head = (lines: readonly string[]) => `POST /graphql HTTP/1.1\r\nhost: x\r\n${lines.join('\r\n')}\r\n\r\n`

describe('what is no HTTP is refused by its status, and the server goes on:', () => {
  test.each([
    ['50 kB of headers', head([`x-long: ${'x'.repeat(50_000)}`]), '431'],
    ['3,000 headers', head(Array.from({ length: 3_000 }, (_, at) => `x-${at}: 1`)), '431'],
    ['a length that is no number', head(['content-type: application/json', 'content-length: many']), '400'],
    ['two lengths', head(['content-length: 3', 'content-length: 5']), '400'],
    ['a length and chunks', head(['content-length: 3', 'transfer-encoding: chunked']), '400'],
    ['a line that is no request', 'HELLO\r\n\r\n', '400'],
  ])('%s', async (_what, bytes, status) => {
    expect(await raw(bytes)).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect((await ask({ headers: JSON_TYPE, body: JSON.stringify({ query: ME }) })).status).toBe(200)
  })
})
