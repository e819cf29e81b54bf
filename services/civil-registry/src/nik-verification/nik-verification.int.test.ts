import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createStandIn, type StandIn } from '../siak/stand-in.ts'
import { boy, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

const VERIFICATION = 'nikVerification { verdict differing source checkedAt expiresAt }'
const VERIFY = `mutation ($input: VerifyNikInput!) { verifyNik(input: $input) {
  __typename
  ... on VerifyNikSuccess { data { child { id ${VERIFICATION} } } }
  ... on Refusal { code field rule }
} }`

interface Verified {
  readonly __typename: string
  readonly code?: string
  readonly data?: { child: { id: string; nikVerification: Record<string, unknown> | null } }
}

let network: RegistryNetwork
let standIn: StandIn
const service = () => network.service('civil-registry')
const inSiak = {
  name: 'BAGAS PRATAMA',
  sex: 'L',
  birthDate: '2013-03-02',
  birthPlace: null,
  motherName: 'SITI AMINAH',
} as const

beforeAll(async () => {
  network = await startRegistry()
})
beforeEach(() => {
  standIn = createStandIn({ dailyQuota: 10, today: service().app.today })
  Object.assign(service().app, { siak: { register: standIn, dailyQuota: 10 } })
  network.clock.advance({ hours: 24 })
})
afterAll(() => network?.close())

const child = async (more: object = {}) => (await registerAs(network)(boy(more))).data?.child.id ?? ''
const verify = (childId: string, persona: 'perekaman' | 'dukcapil' | 'kelurahan-krapyak' = 'perekaman') =>
  network
    .subgraph('civil-registry', persona)<{ verifyNik: Verified }>(VERIFY, {
      input: { requestId: randomUUID(), childId },
    })
    .then(({ data }) => data?.verifyNik)
const verdictOf = async (childId: string) => (await verify(childId))?.data?.child.nikVerification

test('a child whom SIAK describes as the registry does is COCOK, with source and last day (BLG-04)', async () => {
  const nik = nextNik()
  standIn.put(nik, inSiak)
  expect(await verdictOf(await child({ nik }))).toMatchObject({
    verdict: 'COCOK',
    differing: [],
    source: 'SIAK_TIRUAN',
    checkedAt: network.clock.now().toString({ fractionalSecondDigits: 3 }),
  })
})

test('where SIAK differs the fields are named and nothing of what SIAK says (BLG-04, RF-22)', async () => {
  const nik = nextNik()
  standIn.put(nik, { ...inSiak, name: 'BAGUS PRATAMA', birthDate: '2013-03-03' })
  const verification = await verdictOf(await child({ nik }))
  expect(verification).toMatchObject({ verdict: 'TIDAK_COCOK', differing: ['NAMA', 'TANGGAL_LAHIR'] })
  expect(JSON.stringify(verification)).not.toMatch(/BAGUS|2013-03-03/)
})

test('a NIK that SIAK does not know is TIDAK_DITEMUKAN: RF-02 follows (BLG-R2)', async () => {
  expect(await verdictOf(await child({ nik: nextNik() }))).toMatchObject({ verdict: 'TIDAK_DITEMUKAN' })
})

test('while SIAK is away the verdict is MENUNGGU_VERIFIKASI, and comes by itself once it is back (BLG-04)', async () => {
  const nik = nextNik()
  standIn.put(nik, inSiak)
  standIn.setAway(true)
  const childId = await child({ nik })
  expect(await verdictOf(childId)).toMatchObject({ verdict: 'MENUNGGU_VERIFIKASI', source: null, checkedAt: null })
  standIn.setAway(false)
  network.clock.advance({ minutes: 5 })
  await service().runJobs()
  const { child: seen } = await seeing(childId)
  expect(seen?.nikVerification).toMatchObject({ verdict: 'COCOK' })
})

const seeing = (childId: string) =>
  network
    .subgraph('civil-registry', 'perekaman')
    .ok<{ _entities: { nikVerification: object | null }[] }>(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { ${VERIFICATION} } } }`,
      { r: [{ __typename: 'Child', id: childId }] },
    )
    .then(({ _entities: [found] }) => ({ child: found }))

test('reading asks nobody: a child that was never checked has no verification (BLG-04)', async () => {
  const nik = nextNik()
  const childId = await child({ nik })
  expect((await seeing(childId)).child?.nikVerification).toBeNull()
  expect(standIn.asked.size).toBe(0)
})

test('a child without a NIK is refused with what to do: request one (BLG-R2)', async () => {
  expect(await verify(await child())).toMatchObject({ code: 'NO_NIK_TO_VERIFY', field: 'childId' })
})

test('a hidden child is not there for the recording desk, and a kelurahan officer checks no NIK (PV-14, PV-18)', async () => {
  const childId = await child({ nik: nextNik() })
  await keepAt(network, childId, 4)
  expect(await verify(childId)).toMatchObject({ code: 'CHILD_NOT_FOUND' })
  expect((await verify(childId, 'kelurahan-krapyak'))?.code).toBe('NOT_PERMITTED')
  expect((await verify(childId, 'dukcapil'))?.data?.child.nikVerification).not.toBeNull()
})
