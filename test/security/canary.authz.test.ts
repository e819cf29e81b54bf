import { randomUUID } from 'node:crypto'
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { SERVICES } from '@satuanak/contracts'
import { PERSONAS } from '@satuanak/demo-city'
import { startTelemetry } from '@satuanak/service-kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { COORDINATION_ROWS } from '../bad-input/coordination-rows.ts'
import { EDUCATION_ROWS } from '../bad-input/education-rows.ts'
import { REGISTRY_ROWS } from '../bad-input/registry-rows.ts'
import { outcomeOf, send as sendRow, withAt } from '../bad-input/send.ts'
import { SOCIAL_ROWS } from '../bad-input/social-rows.ts'
import { act, mutation } from '../src/act.ts'
import { everyMessage } from '../src/broker.ts'
import { meet, newBoy, openSchools } from '../src/city.ts'
import { dumpTables } from '../src/databases.ts'
import { type House, startHouse } from '../src/house.ts'
import { post } from '../src/raw.ts'
import { queryArguments, type Slot, slotsOf } from '../src/supergraph.ts'

/** Numbers that stand nowhere but where they may: a NIK that was registered, issued, presented, and a KK number. */
const REGISTERED = '9901010203137731'
const ISSUED = '9901010203137732'
const PRESENTED = '9901010203137733'
const FAMILY_CARD = '9901012311267734'
const CANARIES = [REGISTERED, ISSUED, PRESENTED, FAMILY_CARD]
/** One more for each place of the graph that takes such a number, by the mutation and its path: `issueNik.nik`. */
const TAKEN_IN = new Map<string, string>()
/** What those mutations said: null for done. */
const refusals: Record<string, string | null> = {}

/** How people write such numbers. */
const WRITTEN = [
  (digits: string) => digits,
  (digits: string) => `NIK ${digits.replace(/(.{4})(?=.)/g, '$1 ')}, KK menyusul`,
  (digits: string) => digits.replace(/(.{6})(.{6})/, '$1.$2.'),
]

const ROWS = { ...REGISTRY_ROWS, ...SOCIAL_ROWS, ...EDUCATION_ROWS, ...COORDINATION_ROWS }

const spans = new InMemorySpanExporter()
let telemetry: ReturnType<typeof startTelemetry>
let house: House
/** Everything that the gateway and the subgraphs answered. */
const answers: string[] = []

beforeAll(async () => {
  telemetry = startTelemetry('house', undefined, [new SimpleSpanProcessor(spans)])
  house = await startHouse()
  await openSchools(house)
  await rightUse()
  await intoEveryPlaceForOne()
  await throughEveryMutation()
  await throughEveryQuery()
  await throughTheDoor()
  await house.settle()
}, 120_000)
afterAll(async () => {
  await house?.close()
  await telemetry?.close()
})

type Persona = Parameters<House['as']>[0]

/** To the gateway, and to the subgraph itself as the gateway would: what one hides the other might show. */
async function send(as: Persona, request: object, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const authorization = `Bearer ${await house.token(as)}`
  answers.push((await post(`${house.gatewayUrl}/graphql`, request, { ...headers, authorization })).text)
  for (const service of SERVICES) {
    const signed = `Bearer ${await house.sign(PERSONAS[as].caller, service)}`
    answers.push((await post(house.subgraphUrls[service], request, { ...headers, authorization: signed })).text)
  }
}

/** Registered, issued, searched for and found, refused a second time. */
async function rightUse(): Promise<void> {
  const dukcapil = house.as('dukcapil')
  const registration = { child: newBoy({ nik: REGISTERED }), papers: [] }
  const registered = await act<{ child: { id: string } }>(
    dukcapil,
    'registerChild',
    { requestId: randomUUID(), ...registration },
    'child { id identity { nik } }',
  )
  // The one answer that may hold a NIK; it is not among those looked through, and leaves no trace anywhere else.
  const asked = { requestId: randomUUID(), childId: registered.child.id, purpose: 'PENERBITAN_KTP' }
  expect(await act(dukcapil, 'revealNik', asked, 'nik')).toEqual({ nik: REGISTERED })
  const childId = await meet(house, { newChild: newBoy({ nik: null }) })
  await meet(house, { newChild: newBoy({ nik: PRESENTED }) })
  await house.settle()
  await act(dukcapil, 'issueNik', { requestId: randomUUID(), childId, nik: ISSUED }, 'child { identity { nik } }')
  for (const nik of CANARIES) {
    await send('dukcapil', {
      query: mutation('registerChild', '__typename'),
      variables: { input: { requestId: randomUUID(), child: newBoy({ nik }), papers: [] } },
    })
  }
}

/** Wherever the schema asks for such a number one is taken in: whoever adds a place has it tried here without a line. */
async function intoEveryPlaceForOne(): Promise<void> {
  for (const [name, row] of Object.entries(ROWS)) {
    for (const { path, list } of slotsOf(name).filter(isForANumber)) {
      const digits = `990101${path.includes('kk') ? '231126' : '020313'}8${String(TAKEN_IN.size + 1).padStart(3, '0')}`
      const valid = await row.valid(house)
      await house.settle()
      // A child is named or described, never both.
      const base = path[0] === 'newChild' ? withAt(valid, ['childId'], undefined) : valid
      const answer = await sendRow(house, row.as, name, withAt(base, path, list ? [digits] : digits))
      answers.push(answer.text)
      const place = [name, ...path].join('.')
      TAKEN_IN.set(place, digits)
      refusals[place] = outcomeOf(answer).message ?? null
    }
  }
}

const isForANumber = ({ path }: Slot) => /(^|\.)(niks?|kk\.number)$/i.test(path.join('.'))

async function throughEveryMutation(): Promise<void> {
  for (const [name, row] of Object.entries(ROWS)) {
    const base = await row.valid(house)
    await house.settle()
    for (const { path } of slotsOf(name)) {
      for (const [n, digits] of CANARIES.entries()) {
        const written = WRITTEN[n % WRITTEN.length] ?? String
        const input = {
          ...withAt(base, path, written(digits)),
          ...(path[0] !== 'requestId' && { requestId: randomUUID() }),
        }
        await send(row.as, { query: mutation(name, '__typename'), variables: { input } })
      }
    }
  }
}

/** Every argument of every query, in the variables and in the words of the document itself. */
async function throughEveryQuery(): Promise<void> {
  for (const { field, argument, type, others, composite } of queryArguments()) {
    for (const digits of CANARIES) {
      const selection = composite ? '{ __typename }' : ''
      const as = field === 'me' ? 'bapperida' : 'dukcapil'
      await send(as, {
        query: `query ($canary: ${type}) { ${field}(${argument}: $canary ${others}) ${selection} }`,
        variables: { canary: digits },
      })
      await send(as, { query: `{ ${field}(${argument}: "${digits}" ${others}) ${selection} }` })
      await send(as, { query: `{ ${field}(${argument}: ${digits} ${others}) ${selection} }` })
    }
  }
}

/** Wherever else a client can put a number: names, headers, what is no GraphQL. Not aliases: answers bear them. */
async function throughTheDoor(): Promise<void> {
  const [nik = ''] = CANARIES
  await send('dukcapil', {
    query: `query N${nik} { childByNik(nik: "${nik}") { id } }`,
    operationName: `N${nik}`,
  })
  await send('dukcapil', { query: '{ me { name } }', operationName: nik })
  await send('dukcapil', { query: `{ me { n${nik} } }` })
  await send('dukcapil', { query: `{ me ( ${nik}` })
  await send('dukcapil', { query: '{ me { name } }', variables: nik, extensions: { nik } })
  await send('dukcapil', { query: nik })
  await send('dukcapil', { nik })
  await send('dukcapil', {
    query: `query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }`,
    variables: { r: [{ __typename: 'Child', id: nik }, { __typename: nik }] },
  })
  await send(
    'dukcapil',
    { query: '{ childByNik(nik: "1") { id } }' },
    { 'x-request-id': nik, traceparent: nik, 'accept-language': nik, cookie: nik },
  )
  answers.push(
    (await post(`${house.gatewayUrl}/graphql`, { query: '{ me { name } }' }, { authorization: `Bearer ${nik}` })).text,
  )
}

/** Where canaries sing: which of them, and the words around. Text and bytes, with the separators people write. */
function heard(place: string, text: string): string[] {
  const digits = text.replace(/(?<=\d)[ .-](?=\d)/g, '')
  return [...CANARIES, ...TAKEN_IN.values()].flatMap((canary) => {
    const at = digits.indexOf(canary)
    const inBytes = text.includes(Buffer.from(canary).toString('hex'))
    return at >= 0 || inBytes ? [`${place}: ${digits.slice(Math.max(0, at - 60), at + 40)}`] : []
  })
}

test('the canaries were let out: they were found, refused and answered', async () => {
  expect(answers.length).toBeGreaterThan(1_000)
  expect(answers.filter((answer) => answer.includes('NIK_TAKEN')).length).toBeGreaterThan(0)
  const query = 'query ($nik: String!) { childByNik(nik: $nik) { id identity { nik } } }'
  for (const nik of [REGISTERED, ISSUED, PRESENTED]) {
    const found = await house.as('dukcapil').ok(query, { nik })
    expect(found).toMatchObject({ childByNik: { identity: { nik: `************${nik.slice(-4)}` } } })
  }
})

test('every place of the graph that takes such a number took one in', () => {
  expect(Object.keys(refusals)).toEqual(expect.arrayContaining(['registerChild.child.nik', 'recordKk.kk.number']))
  expect(Object.entries(refusals).filter(([, said]) => said !== null)).toEqual([])
})

test('not one of them was a fault of ours', () => {
  expect(answers.filter((answer) => /"INTERNAL/.test(answer)).map((answer) => answer.slice(0, 500))).toEqual([])
})

test('no answer of the gateway or of a subgraph holds a NIK or KK number (PV-10)', () => {
  expect([...new Set(answers.flatMap((answer) => heard('answer', answer)))]).toEqual([])
})

test('no log line does', () => {
  expect(house.lines.length).toBeGreaterThan(1_000)
  expect(house.lines.flatMap((line) => heard('log', line))).toEqual([])
})

test('no row of any database does, but as ciphertext (ID-09)', async () => {
  const tables = await dumpTables(house)
  expect(tables.map(({ table }) => table)).toContain('civil-registry.search.person_word')
  expect(tables.find(({ table }) => table === 'civil-registry.public.person')?.text).toContain('Bagas')
  expect(tables.flatMap(({ table, text }) => heard(table, text ?? ''))).toEqual([])
})

test('no message on NATS does', async () => {
  const messages = await everyMessage(house)
  expect(messages.map(({ subject }) => subject)).toContain('social.child.presented.v1')
  expect(messages.flatMap(({ subject, text }) => heard(subject, text))).toEqual([])
})

test('no span does, by name, attribute, event or status', () => {
  const finished = spans.getFinishedSpans()
  expect(finished.length).toBeGreaterThan(1_000)
  const told = finished.map(({ name, attributes, events, status }) =>
    JSON.stringify({ name, attributes, events, status }),
  )
  expect([...new Set(told.flatMap((span) => heard('span', span)))]).toEqual([])
})
