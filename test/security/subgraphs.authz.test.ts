import { SERVICES, type ServiceName } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { meetAndAssess } from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'
import { post } from '../src/raw.ts'

let house: House
let child: string
beforeAll(async () => {
  house = await startHouse()
  child = await meetAndAssess(house)
})
afterAll(() => house?.close())

const CALLER = PERSONAS.peksos.caller
const another = (service: ServiceName): ServiceName => (service === 'social' ? 'education' : 'social')

/** A field of each subgraph that needs no rows of its own. */
const QUERY = {
  'civil-registry': '{ searchChildren(name: "Bagas") { nodes { id } } }',
  education: '{ schools { nodes { npsn } } }',
  social: '{ streetContacts { nodes { place } } }',
  coordination: '{ agencies { code } }',
} as const satisfies Record<ServiceName, string>

/** Every way into a subgraph, federation's own included: the child by reference and the whole schema. */
const DOORS = (service: ServiceName) => ({
  'a query': { query: QUERY[service] },
  '`_entities`': {
    query: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { id } } }',
    variables: { r: [{ __typename: 'Child', id: child }] },
  },
  '`_service`': { query: '{ _service { sdl } }' },
  introspection: { query: '{ __schema { types { name } } }' },
})

const NOW = () => Temporal.Now.instant()

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A right signature with its header said to be unsigned, or its claims changed: the bytes no longer fit. */
async function forged(service: ServiceName, header: object, claims: object, keepSignature: boolean): Promise<string> {
  const [head = '', payload = '', signature] = (await house.sign(CALLER, service)).split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as object
  const parts = [encoded({ ...read(head), ...header }), encoded({ ...read(payload), ...claims })]
  return [...parts, keepSignature ? signature : ''].join('.')
}

/** What someone who reached a subgraph's port might show it; null shows nothing. */
const TOKENS: Record<string, (service: ServiceName) => Promise<string | null>> = {
  'no token': async () => null,
  'an empty token': async () => '',
  "another subgraph's token": (service) => house.sign(CALLER, another(service)),
  "the gateway's OIDC token": () => house.token('peksos'),
  'an expired token': (service) => house.sign(CALLER, service, NOW().subtract({ minutes: 2 })),
  'a token of tomorrow': (service) => house.sign(CALLER, service, NOW().add({ hours: 24 })),
  'an unsigned token (alg none)': (service) => forged(service, { alg: 'none' }, {}, false),
  'a token with a changed role': (service) => forged(service, {}, { roles: ['KADIS_SOSIAL'] }, true),
  'a token of another type': (service) => forged(service, { typ: 'at+jwt' }, {}, true),
}

describe.for(SERVICES)('%s answers the gateway only (DESIGN §3.9):', (service) => {
  test.for(Object.keys(TOKENS))('%s opens no door', async (kind) => {
    const token = await TOKENS[kind]?.(service)
    const headers = token === null ? {} : { authorization: `Bearer ${token}` }
    for (const [door, request] of Object.entries(DOORS(service))) {
      const { status, body, text } = await post(house.subgraphUrls[service], request, headers)
      expect({ door, status, data: body.data ?? null }).toEqual({ door, status: 401, data: null })
      expect(body.errors?.map((error) => error.extensions?.code)).toEqual(['UNAUTHENTICATED'])
      expect(text).not.toContain(child)
    }
  })

  test.for(Object.keys(TOKENS))('%s opens none beside one that is right, in one request', async (kind) => {
    const [token, own] = [await TOKENS[kind]?.(service), await house.sign(CALLER, service)]
    const doors = Object.values(DOORS(service))
    const strangers = doors.map((body) => ({ headers: token ? { authorization: `Bearer ${token}` } : {}, body }))
    const members = [...strangers, { headers: { authorization: `Bearer ${own}` }, body: { query: '{ __typename }' } }]
    const answer = await fetch(`${house.subgraphUrls[service]}/together`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${own}` },
      body: JSON.stringify(members),
    })
    const text = await answer.text()
    const statuses = text
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').slice(0, 2).join(' '))
    expect(statuses.toSorted()).toEqual([...doors.map((_, place) => `${place} 401`), `${doors.length} 200`].toSorted())
    expect(text).not.toContain(child)
  })

  test("the gateway's own token opens each of them, so the doors above were there", async () => {
    const headers = { authorization: `Bearer ${await house.sign(CALLER, service)}` }
    for (const request of Object.values(DOORS(service))) {
      const { status, body } = await post(house.subgraphUrls[service], request, headers)
      expect({ status, errors: body.errors }).toEqual({ status: 200, errors: undefined })
      expect(body.data).toBeTruthy()
    }
  })

  test('GET reaches nothing, with the right token either: a NIK would stand in the URL (DESIGN §4)', async () => {
    const headers = { authorization: `Bearer ${await house.sign(CALLER, service)}` }
    const url = `${house.subgraphUrls[service]}?query=${encodeURIComponent(QUERY[service])}`
    const response = await fetch(url, { headers })
    expect(response.status).toBe(405)
    expect(await response.json()).not.toHaveProperty('data')
  })
})

/** What an attacker would like the gateway to take over from a client. */
const FORGED_HEADERS = {
  'x-caller': JSON.stringify(PERSONAS.dukcapil.caller),
  'x-user': PERSONAS.dukcapil.caller.subject,
  'x-user-roles': 'OPERATOR_DUKCAPIL',
  'x-forwarded-user': PERSONAS.dukcapil.caller.subject,
  'x-satuanak-caller': encoded(PERSONAS.dukcapil.caller),
  'x-satuanak-roles': 'OPERATOR_DUKCAPIL,KADIS_SOSIAL',
  'x-forwarded-authorization': 'Bearer forged',
  'proxy-authorization': 'Bearer forged',
  cookie: 'session=forged',
}

test('forged headers at the gateway change neither who one is nor what one sees', async () => {
  const request = {
    query: `query ($id: UUID!) {
      me { subject roles } child(id: $id) { identity { name nik } outreach { contacts { note } } }
    }`,
    variables: { id: child },
  }
  const authorization = `Bearer ${await house.token('panitia-sekolah')}`
  const signed = await house.sign(PERSONAS.dukcapil.caller, 'civil-registry')
  const plain = await post(`${house.gatewayUrl}/graphql`, request, { authorization })
  const forgery = { ...FORGED_HEADERS, 'x-subgraph-authorization': `Bearer ${signed}`, authorization }
  const forged = await post(`${house.gatewayUrl}/graphql`, request, forgery)
  // Whichever agency answers first, its errors come first.
  expect({ ...forged.body, errors: expect.anything() }).toEqual({ ...plain.body, errors: expect.anything() })
  expect(forged.body.errors).toEqual(expect.arrayContaining([...(plain.body.errors ?? [])]))
  expect(forged.body.errors).toHaveLength(plain.body.errors?.length ?? 0)
  expect(plain.body.data).toMatchObject({ me: { roles: ['PANITIA_SEKOLAH'] }, child: { outreach: null } })
})

test("a subgraph's token does not open the gateway, and without a token nothing does", async () => {
  const request = { query: '{ me { subject } }' }
  const signed = { authorization: `Bearer ${await house.sign(CALLER, 'social')}` }
  for (const headers of [{}, signed, FORGED_HEADERS]) {
    const { status, body } = await post(`${house.gatewayUrl}/graphql`, request, headers)
    expect({ status, data: body.data ?? null }).toEqual({ status: 401, data: null })
  }
})

test('GET is refused at the gateway (CSRF, and a NIK in a URL)', async () => {
  const authorization = `Bearer ${await house.token('peksos')}`
  const response = await fetch(`${house.gatewayUrl}/graphql?query={me{subject}}`, { headers: { authorization } })
  expect(response.status).toBe(405)
  expect(await response.json()).not.toHaveProperty('data')
})
