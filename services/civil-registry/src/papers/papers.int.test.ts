import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boy, ISSUE, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

const REQUEST = 'request { id paper proof state reason late dueAt overdue child { papers { held missing } } }'
const ANSWER = (name: string) => `{ ${name}(input: $input) {
  __typename
  ... on ${name[0]?.toUpperCase()}${name.slice(1)}Success { data { ${REQUEST} warnings { rule } } }
  ... on Refusal { code field rule message }
  ... on InvalidInput { problems { field rule message } }
} }`
const SEND = `mutation ($input: RequestPaperInput!) ${ANSWER('requestPaper')}`
const DECIDE = `mutation ($input: DecidePaperRequestInput!) ${ANSWER('decidePaperRequest')}`

interface Request {
  readonly id: string
  readonly state: string
  readonly late: boolean
  readonly dueAt: string
  readonly overdue: boolean
  readonly child: { papers: { held: string[]; missing: string[] } }
}
interface Answer {
  readonly __typename: string
  readonly code?: string
  readonly field?: string
  readonly problems?: { field: string; rule: string }[]
  readonly data?: { request: Request; warnings: { rule: string }[] }
}
type Persona =
  | 'dukcapil'
  | 'perekaman'
  | 'kelurahan-krapyak'
  | 'kelurahan-panjang-wetan'
  | 'peksos'
  | 'dinas-pendidikan'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startRegistry()
})
afterAll(() => network?.close())

const child = async (more: object = {}, papers: readonly string[] = []) =>
  (await registerAs(network)(boy(more), { papers })).data?.child.id ?? ''
const ask = (persona: Persona) => network.subgraph('civil-registry', persona)
const request = (childId: string, more: object = {}, persona: Persona = 'dukcapil') =>
  ask(persona)<{ requestPaper: Answer }>(SEND, {
    input: { requestId: randomUUID(), childId, paper: 'AKTA', proof: 'SPTJM', ...more },
  }).then(({ data }) => data?.requestPaper)
const decide = (paperRequestId: string | undefined, more: object = {}, persona: Persona = 'dukcapil') =>
  ask(persona)<{ decidePaperRequest: Answer }>(DECIDE, {
    input: { requestId: randomUUID(), paperRequestId, decision: 'TERBIT', ...more },
  }).then(({ data }) => data?.decidePaperRequest)
const list = (args = '', persona: Persona = 'dukcapil') =>
  ask(persona)
    .ok<{ paperRequests: { nodes: { id: string; state: string }[] } }>(
      `{ paperRequests(first: 100${args}) { nodes { id state } } }`,
    )
    .then(({ paperRequests }) => paperRequests.nodes.map(({ id }) => id))

test('an akta is requested on an SPTJM, due on the fifth working day, late and free of charge (RF-02, ID-18)', async () => {
  const { data } = (await request(await child())) ?? {}
  expect(data?.request).toMatchObject({ state: 'DIAJUKAN', late: true, dueAt: '2026-11-30T09:00:00.000Z' })
  expect(data?.warnings.map(({ rule }) => rule)).toEqual(['ID-18'])
})

test('a birth reported within 60 days is not late, nor is an akta that is only written anew (ID-18)', async () => {
  const baby = await request(await child({ birthDate: '2026-11-01' }), { proof: 'SURAT_LAHIR' })
  const anew = await request(await child(), { proof: 'AKTA_LAMA' })
  expect([baby?.data?.request.late, anew?.data?.request.late]).toEqual([false, false])
})

test('issued, the paper is held and the request closed; the others are told what is still missing (RF-02)', async () => {
  const childId = await child()
  const { data } = (await request(childId)) ?? {}
  await decide(data?.request.id, { decision: 'DIPROSES' })
  const issued = await decide(data?.request.id)
  expect(issued?.data?.request).toMatchObject({ state: 'TERBIT', child: { papers: { held: ['AKTA'] } } })
  const told = await network
    .service('civil-registry')
    .app.db.$queryRawUnsafe<{ data: object }[]>(
      `SELECT envelope->'data' AS data FROM platform.outbox WHERE type = 'civil-registry.paper.issued.v1' AND subject = $1::uuid`,
      childId,
    )
  expect(told).toEqual([{ data: { paper: 'AKTA', missing: ['NIK', 'KK', 'KIA'] } }])
})

test('"tidak dapat" needs a reason, and nothing else has one (RF-02)', async () => {
  const { data } = (await request(await child())) ?? {}
  for (const wrong of [{ decision: 'TIDAK_DAPAT' }, { decision: 'TERBIT', reason: 'BUKAN_WARGA' }]) {
    expect((await decide(data?.request.id, wrong))?.problems?.[0]).toMatchObject({ field: 'reason', rule: 'RF-02' })
  }
  const refused = await decide(data?.request.id, { decision: 'TIDAK_DAPAT', reason: 'BUKTI_TIDAK_CUKUP' })
  expect(refused?.data?.request).toMatchObject({ state: 'TIDAK_DAPAT', reason: 'BUKTI_TIDAK_CUKUP' })
  expect((await decide(data?.request.id))?.code).toBe('PAPER_REQUEST_DECIDED')
})

test('one open request per child and paper; after an outcome there may be another (RF-R4)', async () => {
  const childId = await child()
  const { data } = (await request(childId)) ?? {}
  expect(await request(childId)).toMatchObject({ code: 'PAPER_REQUEST_OPEN', field: 'paper' })
  await decide(data?.request.id, { decision: 'TIDAK_DAPAT', reason: 'DICABUT' })
  expect((await request(childId))?.__typename).toBe('RequestPaperSuccess')
})

test('two officers who request the same paper at the same moment make one request (RF-R4)', async () => {
  const childId = await child()
  const both = await Promise.all([request(childId), request(childId, {}, 'perekaman')])
  expect(both.map((answer) => answer?.code ?? 'taken').toSorted()).toEqual(['PAPER_REQUEST_OPEN', 'taken'])
})

test('a paper that is held is not requested (RF-02)', async () => {
  expect((await request(await child({}, ['AKTA'])))?.code).toBe('PAPER_HELD')
})

test('a proof that is not enough for the paper is refused, with those that are (RF-02)', async () => {
  const answer = await request(await child(), { paper: 'KIA', proof: 'SPTJM' })
  expect(answer?.problems).toMatchObject([{ field: 'proof', rule: 'RF-02' }])
})

test('no KIA from 17 on, nor for who is or was married: the card is a KTP-el (ID-31)', async () => {
  const kia = { paper: 'KIA', proof: 'AKTA' }
  expect((await request(await child({ birthDate: '2009-11-23' }), kia))?.code).toBe('KIA_NOT_FOR_THIS_CHILD')
  const wed = await child({ birthDate: '2010-03-02' })
  await ask('dukcapil').ok(
    'mutation ($input: RecordKtpStatusInput!) { recordKtpStatus(input: $input) { __typename } }',
    { input: { requestId: randomUUID(), childId: wed, code: 'PRINT_READY_RECORD', everMarried: true } },
  )
  expect((await request(wed, kia))?.code).toBe('KIA_NOT_FOR_THIS_CHILD')
  expect((await request(await child(), kia))?.__typename).toBe('RequestPaperSuccess')
})

test('a NIK is requested, and recorded as SIAK gives it: that closes the request (RF-02, ID-05)', async () => {
  const childId = await child()
  const { data } = (await request(childId, { paper: 'NIK', proof: 'LAPORAN_POLISI' })) ?? {}
  expect((await decide(data?.request.id))?.code).toBe('NIK_IS_ISSUED_BY_SIAK')
  await ask('dukcapil').ok(ISSUE, { input: { requestId: randomUUID(), childId, nik: nextNik() } })
  expect(await list(', state: TERBIT, paper: NIK')).toContain(data?.request.id)
  expect(await list()).not.toContain(data?.request.id)
})

test('the working list has what is open, what is due first first; past the fifth working day it is overdue (RF-02)', async () => {
  const first = (await request(await child()))?.data?.request.id
  network.clock.advance({ hours: 24 })
  const second = (await request(await child()))?.data?.request.id
  const open = await list()
  expect(open.indexOf(first ?? '')).toBeLessThan(open.indexOf(second ?? ''))
  network.clock.set('2026-11-30T10:00:00Z')
  const overdue = await list(', overdue: true')
  expect(overdue).toContain(first)
  expect(overdue).not.toContain(second)
})

test('a kelurahan requests and sees for its own children; Dukcapil alone decides (TUN-R3, PV-18)', async () => {
  const childId = await child()
  expect((await request(childId, {}, 'kelurahan-krapyak'))?.code).toBe('NOT_PERMITTED')
  const { data } = (await request(childId, {}, 'kelurahan-panjang-wetan')) ?? {}
  expect(await list('', 'kelurahan-panjang-wetan')).toContain(data?.request.id)
  expect(await list('', 'kelurahan-krapyak')).not.toContain(data?.request.id)
  expect((await decide(data?.request.id, {}, 'perekaman'))?.code).toBe('NOT_PERMITTED')
  expect((await request(childId, {}, 'dinas-pendidikan'))?.code).toBe('NOT_PERMITTED')
})

test('of a hidden child there is no request for the recording desk and none in its list (PV-14)', async () => {
  const childId = await child()
  const { data } = (await request(childId)) ?? {}
  await keepAt(network, childId, 4)
  expect((await request(childId, { paper: 'KK' }, 'perekaman'))?.code).toBe('CHILD_NOT_FOUND')
  expect(await list('', 'perekaman')).not.toContain(data?.request.id)
  expect(await list('', 'peksos')).toContain(data?.request.id)
})
