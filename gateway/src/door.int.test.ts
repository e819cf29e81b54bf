import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Caller, openDevIssuer } from '@satuanak/identity'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BOY, type House, KEPALA, post, startHouse } from '../test/house.ts'

let house: House
beforeAll(async () => {
  house = await startHouse()
})
afterAll(() => house.close())

const ME = '{ me { subject name agency agencyName roles kelurahan schools } }'

test('the gateway says who it takes the caller for', async () => {
  const { data } = await house.ask(ME)
  expect(data).toEqual({ me: { ...KEPALA, agencyName: 'Bapperida' } })
})

test('child(id) answers from the id alone, in lower case; what is no UUID is refused without repeating it', async () => {
  const { data } = await house.ask(`{ child(id: "${BOY.toUpperCase()}") { id } }`)
  expect(data).toEqual({ child: { id: BOY } })
  const nik = `99${'7'.repeat(14)}`
  const refused = await house.ask('query ($id: UUID!) { child(id: $id) { id } }', { id: nik })
  expect(refused.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  expect(JSON.stringify(refused)).not.toContain(nik)
})

test('without a token nothing is answered: 401 with a code, a reason and how to get one', async () => {
  const { status, headers, errors, data } = await post(house.url, { query: ME }, {})
  expect([status, headers.get('www-authenticate'), data]).toEqual([401, 'Bearer', undefined])
  expect(errors).toHaveLength(1)
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'UNAUTHENTICATED',
    reason: 'TOKEN_MISSING',
    message: { id: expect.stringContaining('npm run -s token'), en: expect.stringContaining('npm run -s token') },
  })
})

test.each([
  ['no bearer', async () => 'Basic YTpi', 'TOKEN_MISSING'],
  ['nonsense', async () => 'Bearer abc', 'TOKEN_MALFORMED'],
  ['another issuer’s key', async () => `Bearer ${await strangersToken()}`, 'KEY_UNKNOWN'],
  ['two tokens', async () => `Bearer ${await house.token()}, Bearer ${await house.token()}`, 'TOKEN_MISSING'],
])('%s is a 401 that says why', async (_what, authorization, reason) => {
  const answer = await post(house.url, { query: ME }, { authorization: await authorization() })
  expect([answer.status, answer.errors?.[0]?.extensions?.reason]).toEqual([401, reason])
})

async function strangersToken(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'satuanak-stranger-'))
  const stranger = await openDevIssuer(folder)
  rmSync(folder, { recursive: true })
  return stranger.token(KEPALA)
}

test('a subgraph gets the caller under a signature of its own, and no header of the client’s but language, trace and request id', async () => {
  const forged = {
    'x-satuanak-caller': '{"roles":["OPERATOR_DUKCAPIL"]}',
    'x-forwarded-user': 'kadis',
    'x-deadline-ms': '1',
    'apollo-federation-include-trace': 'ftv1',
    cookie: 'session=1',
    'accept-language': 'en',
    'x-request-id': 'desk-7-0001',
  }
  const { data } = await house.ask('{ seen contacts { place } }', {}, forged)
  expect(data?.seen).toEqual([
    'accept',
    'accept-language',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'x-deadline-ms',
    'x-request-id',
  ])
  const asked = house.seen.social.at(-1)
  expect(asked?.caller).toEqual(KEPALA)
  expect(asked?.headers.get('x-request-id')).toBe('desk-7-0001')
  expect(asked?.headers.get('authorization')).not.toContain(await house.token())
})

test('what the gateway signs for a subgraph does not open the gateway', async () => {
  await house.ask('{ contacts { place } }')
  const authorization = house.seen.social.at(-1)?.headers.get('authorization') ?? ''
  const answer = await post(house.url, { query: ME }, { authorization })
  expect([answer.status, answer.data]).toEqual([401, undefined])
})

test('GET is refused with a sentence: a NIK must not stand in a URL (DESIGN §4)', async () => {
  const response = await fetch(`${house.url}/graphql?query={me{name}}`, {
    headers: { authorization: `Bearer ${await house.token()}`, 'apollo-require-preflight': '1' },
  })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
  'a form of another site (%s) is refused, whatever else it sends: CSRF',
  async (type) => {
    const headers = { authorization: `Bearer ${await house.token()}`, 'content-type': type }
    const { status, data } = await post(house.url, { query: ME }, headers)
    expect([status, data]).toEqual([415, undefined])
  },
)

test('no other site may read an answer: there is no CORS header', async () => {
  const preflight = await fetch(`${house.url}/graphql`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example' },
  })
  expect(preflight.status).toBe(405)
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
})

test('a body over 256 kB is a 413 with a GraphQL error', async () => {
  const answer = await house.ask(ME, { pad: 'x'.repeat(1_000_000) })
  expect([answer.status, answer.errors?.[0]?.extensions?.code]).toEqual([413, 'BODY_TOO_LARGE'])
})

test('several operations in one body are refused', async () => {
  const headers = { authorization: `Bearer ${await house.token()}` }
  const answer = await post(house.url, [{ query: ME }, { query: ME }], headers)
  expect([answer.status, answer.errors?.[0]?.extensions?.code]).toEqual([400, 'BAD_REQUEST'])
})

test.each([
  ['depth', `{ child(id: "${BOY}") ${'{ friends '.repeat(13)}{ id }${' }'.repeat(13)} }`],
  ['aliases', `{ ${Array.from({ length: 31 }, (_, at) => `a${at}: __typename`).join(' ')} }`],
  ['tokens', `{ ${'__typename '.repeat(2_001)} }`],
])('an operation beyond the limit of %s is a 400 that names the limit, in both languages', async (limit, query) => {
  const answer = await house.ask(query)
  const { extensions } = answer.errors?.[0] ?? {}
  expect(answer.status).toBe(400)
  expect(extensions).toMatchObject({
    code: expect.stringContaining('TOO_LARGE'),
    message: { id: expect.any(String), en: expect.any(String) },
  })
  expect(limit === 'aliases' ? ['aliases', 'rootFields'] : [limit]).toContain(extensions?.limit)
})

test('932 bytes of nested fragments are refused before planning, and health answers meanwhile', async () => {
  const names = Array.from({ length: 20 }, (_, at) => `fragment f${at} on Child { ...f${at + 1} ...f${at + 1} }`)
  const query = `{ child(id: "${BOY}") { ...f0 } } ${names.join(' ')} fragment f20 on Child { id }`
  const before = process.cpuUsage()
  const [answer, health] = await Promise.all([house.ask(query), fetch(`${house.url}/health/live`)])
  expect([answer.status, health.status]).toEqual([400, 200])
  // Microseconds of the CPU: planned, it takes fifteen seconds.
  expect(process.cpuUsage(before).user).toBeLessThan(500_000)
})

test('a syntax error and an unknown field are 400s; with the explorer off no field name is suggested', async () => {
  const syntax = await house.ask('{ me {')
  expect([syntax.status, syntax.errors?.[0]?.extensions?.code]).toEqual([400, 'GRAPHQL_PARSE_FAILED'])
  const unknown = await house.ask('{ me { nam } }')
  expect(unknown.status).toBe(400)
  expect(JSON.stringify(unknown.errors)).not.toMatch(/Did you mean/)
})

test('where it is said so, named roles read the schema, and nobody else, by whatever fragment', async () => {
  const other = await startHouse({}, false, { introspectionFor: ['DPO'] })
  const ask = async (query: string, roles: Caller['roles']) =>
    post(other.url, { query }, { authorization: `Bearer ${await other.token({ ...KEPALA, roles })}` })
  const queries = [
    '{ __schema { queryType { name } } }',
    '{ ...a } fragment a on Query { ... { t: __type(name: "Child") { name } } }',
  ]
  for (const query of queries) {
    expect((await ask(query, ['BAPPERIDA', 'DPO'])).data).toBeDefined()
    const { status, errors } = await ask(query, ['BAPPERIDA'])
    expect([status, errors?.[0]?.extensions?.code]).toEqual([400, 'INTROSPECTION_NOT_PERMITTED'])
  }
  expect((await ask(ME, ['BAPPERIDA'])).data).toBeDefined()
  await other.close()
})

test('introspection is off unless the explorer is on', async () => {
  const answer = await house.ask('{ __schema { types { name } } }')
  expect(answer.status).toBe(400)
  expect((await fetch(`${house.url}/`)).status).toBe(404)
})

test('__proto__ as alias and as variable changes nothing but its own answer', async () => {
  const body = `{"query":"{ __proto__: me { constructor: name } }","variables":{"__proto__":{"polluted":true}}}`
  const answer = await post(house.url, body, { authorization: `Bearer ${await house.token()}` })
  expect(({} as { polluted?: true }).polluted).toBeUndefined()
  expect(answer.status).toBe(200)
})

test('ready does not wait for the agencies: their fields are null when they are away', async () => {
  const alone = await startHouse()
  await alone.stop('social')
  await alone.stop('education')
  expect((await fetch(`${alone.url}/health/ready`)).status).toBe(200)
  await alone.close()
})

test('close ends what is in flight and does not wait for idle connections', async () => {
  const leaving = await startHouse({ agencyMs: 200 })
  const idle = connect(Number(new URL(leaving.url).port), '127.0.0.1')
  await new Promise((resolve) => idle.once('connect', resolve))
  const inFlight = leaving.ask('{ wait pupils { id } }')
  await expect.poll(() => leaving.seen.social.length).toBe(1)
  await leaving.close()
  expect((await inFlight).errors?.[0]?.extensions?.code).toBe('AGENCY_UNREACHABLE')
})
