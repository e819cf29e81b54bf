import { randomUUID } from 'node:crypto'
import { lockChildrenInTx, saveChildLinkInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RegistryApp } from '../app.ts'
import { boy, keepAt, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startRegistry()
})
afterAll(() => network?.close())

type Persona = Parameters<RegistryNetwork['subgraph']>[1]
const KK = 'kk { current { number issuedOn reason } since sinceIsKnown } kkHistory { number issuedOn reason }'
const RECORD = `mutation ($input: RecordKkInput!) { recordKk(input: $input) {
  __typename
  ... on RecordKkSuccess { data { child { papers { held } identity { ${KK} } } } }
  ... on Refusal { code field rule }
  ... on InvalidInput { problems { field rule } }
} }`
interface Answer {
  readonly code?: string
  readonly problems?: unknown
  readonly data?: { readonly child: { readonly papers: unknown; readonly identity: Record<string, unknown> } }
}

let serial = 0
/** A household of region 99 registered on 12 November 2023. */
const nextKk = () => `990101121123${String(++serial).padStart(4, '0')}`

const record = (childId: string, kk: object, persona: Persona = 'dukcapil') =>
  network
    .subgraph('civil-registry', persona)
    .ok<{ recordKk: Answer }>(RECORD, { input: { requestId: randomUUID(), childId, kk } })
    .then((data) => data.recordKk)
const newChild = async (more: object = {}) =>
  (await registerAs(network)(boy({ name: `Anak Keluarga ${'abcdefghij'[++serial % 10]}` }), more)).data?.child.id ?? ''

test('a KK is kept masked, with its history, and the child holds one from then on (ID-10, PV-10, RF-02)', async () => {
  const id = await newChild()
  const [first, second] = [nextKk(), nextKk()]
  await record(id, { number: first, issuedOn: '2023-11-12', reason: 'BARU' })
  const { data } = await record(id, { number: second, issuedOn: '2026-05-01', reason: 'KELAHIRAN' })
  const masked = (number: string) => `************${number.slice(-4)}`
  expect(data?.child).toEqual({
    papers: { held: ['KK'] },
    identity: {
      kk: {
        current: { number: masked(second), issuedOn: '2026-05-01', reason: 'KELAHIRAN' },
        since: '2023-11-12',
        sinceIsKnown: true,
      },
      kkHistory: [
        { number: masked(second), issuedOn: '2026-05-01', reason: 'KELAHIRAN' },
        { number: masked(first), issuedOn: '2023-11-12', reason: 'BARU' },
      ],
    },
  })
})

test('a KK given at registration is the first of its history, and a paper held', async () => {
  const kk = { number: nextKk(), issuedOn: '2024-01-02', reason: 'PINDAH' }
  const answer = await registerAs(network)(boy({ name: 'Daftar Dengan Kk' }), { kk })
  expect(answer.data?.child.papers.missing).not.toContain('KK')
})

test('siblings stand on one KK: its number is nobody’s key (ID-10)', async () => {
  const kk = { number: nextKk(), issuedOn: '2024-01-02', reason: 'BARU' }
  expect((await record(await newChild(), kk)).data).toBeDefined()
  expect((await record(await newChild(), kk)).data).toBeDefined()
})

test('the same KK with the same date twice is refused; a reprint has its own date (ID-11)', async () => {
  const id = await newChild()
  const number = nextKk()
  await record(id, { number, issuedOn: '2024-01-02', reason: 'BARU' })
  expect((await record(id, { number, issuedOn: '2024-01-02', reason: 'BARU' })).code).toBe('KK_ALREADY_RECORDED')
  const reprint = await record(id, { number, issuedOn: '2026-01-02', reason: 'HILANG_RUSAK' })
  expect(reprint.data?.child.identity).toMatchObject({ kk: { since: '2024-01-02' } })
})

test('what is no KK number, or issued tomorrow, is refused by field (ID-10, ID-11)', async () => {
  const id = await newChild()
  const answer = await record(id, { number: '9901', issuedOn: '2026-11-24', reason: 'BARU' })
  expect(answer.problems).toEqual([
    { field: 'kk.number', rule: 'ID-10' },
    { field: 'kk.issuedOn', rule: 'ID-11' },
  ])
})

test('a kelurahan records in its own place only, and of a hidden child nothing (TUN-R3, PV-14)', async () => {
  const id = await newChild()
  const kk = { number: nextKk(), issuedOn: '2024-01-02', reason: 'BARU' }
  expect((await record(id, kk, 'kelurahan-krapyak')).code).toBe('NOT_PERMITTED')
  await keepAt(network, id, 4)
  expect((await record(id, kk, 'kelurahan-panjang-wetan')).code).toBe('CHILD_NOT_FOUND')
})

test('the number stands nowhere in the database but sealed (ID-09)', async () => {
  const number = nextKk()
  await record(await newChild(), { number, issuedOn: '2024-01-02', reason: 'BARU' })
  const { db } = network.service('civil-registry').app
  for (const table of [
    'person_kk',
    'person_statement',
    'platform.request',
    'platform.outbox',
    'platform.audit_entry',
  ]) {
    const rows = await db.$queryRawUnsafe<{ text: string }[]>(`SELECT one::text AS text FROM ${table} one`)
    expect(rows.length).toBeGreaterThan(0)
    expect(
      rows.filter(({ text }) => text.includes(number) || text.includes(Buffer.from(number).toString('hex'))),
    ).toEqual([])
  }
})

test('a child who is linked to another while a deed waits for it is one person by then (DESIGN §4)', async () => {
  const { app } = network.service('civil-registry')
  const [one, other] = [(await newChild()) as ChildId, (await newChild()) as ChildId]
  const kk = { number: nextKk(), issuedOn: '2024-01-02', reason: 'PINDAH' }
  await record(other, kk)
  const waiting = await app.inTransaction(async (tx) => {
    await lockChildrenInTx(tx, [one])
    const answer = record(one, kk)
    await expect.poll(() => waitersIn(app.db)).toBe(1)
    await saveChildLinkInTx(tx, { alias: other, canonical: one, linked: true })
    return [answer]
  })
  expect((await waiting[0])?.code).toBe('KK_ALREADY_RECORDED')
})

const waitersIn = async (db: RegistryApp['db']) => {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
  return row?.count
}
