import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boy, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'
import { REVEAL_PURPOSES } from './domain.ts'

let network: RegistryNetwork
let register: ReturnType<typeof registerAs>

beforeAll(async () => {
  network = await startRegistry()
  register = registerAs(network)
})
afterAll(() => network?.close())

const REVEAL = `mutation ($input: RevealNikInput!) { revealNik(input: $input) {
  __typename
  ... on RevealNikSuccess { data { nik childId expiresAt } }
  ... on Refusal { code field rule message }
} }`

interface Revealed {
  readonly __typename: string
  readonly code?: string
  readonly field?: string
  readonly rule?: string
  readonly message?: string
  readonly data?: { nik: string; childId: string; expiresAt: string }
}
type Persona = Parameters<RegistryNetwork['subgraph']>[1]

const reveal = (childId: string | undefined, more: object = {}, persona: Persona = 'dukcapil') =>
  network
    .subgraph('civil-registry', persona)
    .ok<{ revealNik: Revealed }>(REVEAL, {
      input: { requestId: randomUUID(), childId, purpose: 'PERBAIKAN_SIAK', ...more },
    })
    .then((data) => data.revealNik)

/** A child with a NIK, and that NIK. */
const withNik = async (more: object = {}) => {
  const nik = nextNik()
  const { data } = await register(boy({ nik, ...more }))
  return { nik, id: data?.child.id }
}

const db = () => network.service('civil-registry').app.db

const auditOf = (child: string | undefined) =>
  db().$queryRawUnsafe<{ action: string; purpose: string | null; result: string; actor: string }[]>(
    `SELECT action, purpose, result, actor FROM platform.audit_entry
     WHERE action = 'nik.reveal' AND $1::uuid = ANY(subjects)`,
    child,
  )

test('a named role sees all 16 digits, with a reason, for 60 seconds, and the audit says who and why (PV-10, PV-05)', async () => {
  const { nik, id } = await withNik()
  const expiresAt = network.clock.now().add({ seconds: 60 }).toString({ smallestUnit: 'millisecond' })
  expect(await reveal(id, { purpose: 'PENERBITAN_KTP' })).toEqual({
    __typename: 'RevealNikSuccess',
    data: { nik, childId: id, expiresAt },
  })
  expect(await auditOf(id)).toEqual([
    { action: 'nik.reveal', purpose: 'PENERBITAN_KTP', result: 'DONE', actor: 'akun-dukcapil-01' },
  ])
})

test('the desk that records KTP-el may reveal too, for any of the reasons (PV-10)', async () => {
  const { nik, id } = await withNik()
  for (const purpose of REVEAL_PURPOSES) expect((await reveal(id, { purpose }, 'perekaman')).data?.nik).toBe(nik)
  expect((await auditOf(id)).map(({ purpose }) => purpose).toSorted()).toEqual([...REVEAL_PURPOSES].toSorted())
})

test('nobody else may, and each try is audited (PV-10, PV-12)', async () => {
  const { id } = await withNik()
  const others = ['kelurahan-panjang-wetan', 'panitia-sekolah', 'petugas-sosial', 'bapperida'] as const
  for (const persona of others) expect((await reveal(id, {}, persona)).code).toBe('NOT_PERMITTED')
  expect((await auditOf(id)).map(({ result }) => result)).toEqual(others.map(() => 'REFUSED'))
})

test('a hidden child is refused as one that is not there, word for word, but to the registry (PV-14)', async () => {
  const { nik, id } = await withNik()
  await keepAt(network, id, 4)
  const hidden = await reveal(id, {}, 'perekaman')
  expect(hidden).toMatchObject({ code: 'CHILD_NOT_FOUND', field: 'childId' })
  expect(hidden).toEqual(await reveal(randomUUID(), {}, 'perekaman'))
  expect((await reveal(id)).data?.nik).toBe(nik)
})

test('a child without a NIK has none to reveal: RF-02 is the way', async () => {
  const { data } = await register(boy({ name: 'Belum Ber Nik' }))
  expect(await reveal(data?.child.id)).toMatchObject({ code: 'NO_NIK', field: 'childId', rule: 'RF-02' })
})

test('the NIK is the person’s: it is revealed under any id that is linked (ID-05, DESIGN §4)', async () => {
  const { nik, id } = await withNik()
  const { data } = await register(boy({ name: 'Id Pokok' }))
  await db().$executeRawUnsafe(
    'INSERT INTO platform.child_alias (alias_id, canonical_id) VALUES ($1::uuid, $2::uuid)',
    id,
    data?.child.id,
  )
  expect((await reveal(data?.child.id)).data).toMatchObject({ nik, childId: data?.child.id })
  expect((await reveal(id)).data).toMatchObject({ nik, childId: id })
})

test('a lost answer comes again within the 60 seconds as the same reveal; at their end it is refused (PV-10, EC-46)', async () => {
  const { nik, id } = await withNik()
  const requestId = randomUUID()
  const first = await reveal(id, { requestId })
  network.clock.advance({ seconds: 59 })
  expect(await reveal(id, { requestId })).toEqual(first)
  network.clock.advance({ seconds: 1 })
  const late = await reveal(id, { requestId })
  expect(late).toMatchObject({ code: 'REVEAL_EXPIRED', field: 'requestId', rule: 'PV-10' })
  expect(await auditOf(id)).toHaveLength(1)
  expect((await reveal(id)).data?.nik).toBe(nik)
  expect(await auditOf(id)).toHaveLength(2)
})

test('within the 60 seconds a child that came to be hidden is shown no more (PV-14)', async () => {
  const { id } = await withNik()
  const requestId = randomUUID()
  expect((await reveal(id, { requestId }, 'perekaman')).data).toBeDefined()
  await keepAt(network, id, 4)
  expect((await reveal(id, { requestId }, 'perekaman')).code).toBe('CHILD_NOT_FOUND')
})

test('a request id is good for one child and one reason (EC-46)', async () => {
  const [{ id }, other] = [await withNik(), await withNik()]
  const requestId = randomUUID()
  await reveal(id, { requestId })
  for (const change of [{ childId: other.id }, { purpose: 'PERMINTAAN_HUKUM' }])
    expect((await reveal(id, { requestId, ...change })).code).toBe('REQUEST_ID_REUSED')
})

test('a revealed NIK stands in no request, event or audit entry, and stays masked everywhere else (ID-09, PV-10)', async () => {
  const { nik, id } = await withNik()
  expect((await reveal(id)).data?.nik).toBe(nik)
  await network.settle()
  const tables = ['person', 'platform.request', 'platform.outbox', 'platform.audit_entry']
  for (const table of tables) {
    const rows = await db().$queryRawUnsafe<{ text: string }[]>(`SELECT one::text AS text FROM ${table} one`)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter(({ text }) => text.includes(nik) || text.includes(Buffer.from(nik).toString('hex')))).toEqual([])
  }
  const seen = await network
    .subgraph('civil-registry', 'dukcapil')
    .ok(`query ($nik: String!) { childByNik(nik: $nik) { id identity { nik } } }`, { nik })
  expect(seen).toEqual({ childByNik: { id, identity: { nik: `************${nik.slice(-4)}` } } })
})
