import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type House, startHouse } from '../src/house.ts'

/**
 * Documents that are made to hurt, from someone who has a good token: refused before they are planned, in words, with a
 * code; never 500, never a stack, never a name of the schema that was not asked for.
 */

let house: House
let token: string
beforeAll(async () => {
  house = await startHouse()
  token = await house.token('dukcapil')
})
afterAll(() => house?.close())

const times = (count: number, one: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => one(at)).join(' ')
const nested = (depth: number, open: string, inner: string) => open.repeat(depth) + inner + '}'.repeat(depth)

interface Answer {
  readonly status: number
  /** Of the CPU, of this process with all its services in it: what others do on the machine says nothing of us. */
  readonly cpuMs: number
  readonly text: string
  readonly codes: readonly (string | undefined)[]
}

async function send(body: object): Promise<Answer> {
  const before = process.cpuUsage()
  const response = await fetch(`${house.gatewayUrl}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  const { user, system } = process.cpuUsage(before)
  const cpuMs = (user + system) / 1_000
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] }
  return { status: response.status, cpuMs, text, codes: errors.map(({ extensions }) => extensions?.code) }
}

const FRAGMENTS = `query { searchChildren(name: "a") { nodes { ...f0 } } }
  ${times(20, (at) => `fragment f${at} on Child { ...f${at + 1} ...f${at + 1} }`)} fragment f20 on Child { id }`
const CHILD = 'child(id: "0190a000-0000-7000-8000-00000000dead")'
const long = 'x'.repeat(100_000)
const deep = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => ({ a: inner }), 1)

const DOCUMENTS: readonly (readonly [string, string, object])[] = [
  ['fragments that double 20 times', 'OPERATION_TOO_LARGE', { query: FRAGMENTS }],
  [
    'fragments in a circle',
    'GRAPHQL_VALIDATION_FAILED',
    { query: '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }' },
  ],
  [
    'a fragment within itself',
    'GRAPHQL_VALIDATION_FAILED',
    { query: '{ ...a } fragment a on Query { me { name } ...a }' },
  ],
  ['2,000 inline fragments', 'OPERATION_TOO_LARGE', { query: `{ ${times(2_000, () => '... { me { name } }')} }` }],
  [
    '100 levels',
    'OPERATION_TOO_LARGE',
    { query: `{ ${CHILD} { ${nested(100, 'referrals { nodes { child { ', 'id')}${'}'.repeat(200)} } }` },
  ],
  [
    '1,000 aliases of one field',
    'OPERATION_TOO_LARGE',
    { query: `{ ${times(1_000, (at) => `a${at}: me { name }`)} }` },
  ],
  [
    '1,000 aliases of __typename',
    'OPERATION_TOO_LARGE',
    { query: `{ ${times(1_000, (at) => `a${at}: __typename`)} }` },
  ],
  ['the same field 5,000 times', 'OPERATION_TOO_LARGE', { query: `{ ${times(5_000, () => 'me { name }')} }` }],
  [
    '500 directives on one field',
    'OPERATION_TOO_LARGE',
    { query: `{ me ${times(500, () => '@skip(if: false)')} { name } }` },
  ],
  ['500 unknown directives', 'OPERATION_TOO_LARGE', { query: `{ me { name ${times(500, (at) => `@d${at}`)} } }` }],
  [
    'directives on the operation',
    'OPERATION_TOO_LARGE',
    { query: `query ${times(500, (at) => `@d${at}`)} { me { name } }` },
  ],
  [
    'directives on variables',
    'OPERATION_TOO_LARGE',
    { query: `query (${times(600, (at) => `$v${at}: Int @d`)}) { me { name } }` },
  ],
  ['a name of 100,000 letters', 'GRAPHQL_VALIDATION_FAILED', { query: `{ ${long} }` }],
  [
    'a number of 100,000 digits',
    'GRAPHQL_VALIDATION_FAILED',
    { query: `{ searchChildren(name: "a", first: 1${'0'.repeat(100_000)}) { nodes { id } } }` },
  ],
  [
    'a list of 5,000 within an argument',
    'OPERATION_TOO_LARGE',
    { query: `{ searchChildren(name: [${times(5_000, () => '1')}]) { nodes { id } } }` },
  ],
  [
    'an object 1,000 deep within an argument',
    'OPERATION_TOO_LARGE',
    { query: `{ searchChildren(name: ${'{a: '.repeat(1_000)}1${'}'.repeat(1_000)}) { nodes { id } } }` },
  ],
  ['variables 5,000 deep', 'OPERATION_TOO_LARGE', { query: '{ me { name } }', variables: deep(5_000) }],
  [
    'pages within pages',
    'OPERATION_TOO_LARGE',
    {
      query:
        '{ sentReferrals(first: 100) { nodes { child { referrals { child { referrals { child { referrals { id } } } } } } } } }',
    },
  ],
  ['syntax that ends nowhere', 'GRAPHQL_PARSE_FAILED', { query: '{'.repeat(1_000) }],
  ['a block string that ends nowhere', 'GRAPHQL_PARSE_FAILED', { query: `{ child(id: """${long}` }],
  ['a comment and nothing else', 'GRAPHQL_PARSE_FAILED', { query: `# ${long}` }],
  ['nothing at all', 'BAD_REQUEST', { query: '' }],
  ['the schema’s own names', 'GRAPHQL_VALIDATION_FAILED', { query: '{ __schema { types { name fields { name } } } }' }],
  ['one type’s own names', 'GRAPHQL_VALIDATION_FAILED', { query: '{ __type(name: "Child") { fields { name } } }' }],
  ['a subgraph’s own door', 'GRAPHQL_VALIDATION_FAILED', { query: '{ _service { sdl } }' }],
  [
    'entities from outside',
    'GRAPHQL_VALIDATION_FAILED',
    { query: '{ _entities(representations: [{__typename: "Child", id: "x"}]) { __typename } }' },
  ],
  ['a field that is nearly one', 'GRAPHQL_VALIDATION_FAILED', { query: '{ mee { name } }' }],
  [
    'an operation that is not there',
    'OPERATION_RESOLUTION_FAILURE',
    { query: 'query a { me { name } }', operationName: 'b' },
  ],
  ['a subscription', 'OPERATION_TYPE_NOT_SUPPORTED', { query: 'subscription { me { name } }' }],
]

describe('refused with 400 and a code, at once:', () => {
  test.each(DOCUMENTS)('%s', async (_what, code, body) => {
    await send(body) // whoever comes first finds the server cold
    const { status, codes, text, cpuMs } = await send(body)
    expect([status, codes[0]]).toEqual([400, code])
    expect(text).not.toMatch(/stacktrace|node_modules|\bat .+:\d+:\d+|Did you mean|127\.0\.0\.1|localhost/)
    expect(text.length).toBeLessThan(20_000)
    expect(cpuMs).toBeLessThan(50)
  })
})

describe('what JavaScript would take for its own:', () => {
  test('`__proto__` and `constructor` as aliases are fields like any other', async () => {
    const query = '{ __proto__: me { constructor: name toString: agency } hasOwnProperty: me { __proto__: name } }'
    const { status, text } = await send({ query })
    expect(status).toBe(200)
    const { data } = JSON.parse(text) as { data: Record<string, Record<string, string>> }
    expect(Object.keys(data)).toEqual(['__proto__', 'hasOwnProperty'])
    expect(Object.getOwnPropertyDescriptor(data, '__proto__')?.value).toEqual({
      constructor: expect.any(String),
      toString: 'DUKCAPIL',
    })
    expect(({} as { agency?: string }).agency).toBeUndefined()
  })

  test('in variables they change nothing', async () => {
    const variables = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}')
    const { status } = await send({ query: '{ me { name } }', variables })
    expect([status, ({} as { polluted?: boolean }).polluted]).toEqual([200, undefined])
  })
})

test('a stored query by its hash is answered as its convention has it: send the whole one', async () => {
  const { status, codes } = await send({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } })
  expect([status, codes]).toEqual([200, ['PERSISTED_QUERY_NOT_SUPPORTED']])
})
