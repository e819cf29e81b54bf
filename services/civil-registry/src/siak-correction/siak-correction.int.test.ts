import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createStandIn, type StandIn } from '../siak/stand-in.ts'
import { boy, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

const CHILD =
  'child { id nikVerification { verdict } siakCorrections { id fields aktaNumber state source dueAt overdue correctedAt } }'
const CORRECT = `mutation ($input: CorrectSiakByAktaInput!) { correctSiakByAkta(input: $input) {
  __typename
  ... on CorrectSiakByAktaSuccess { data { ${CHILD} } }
  ... on Refusal { code field rule }
  ... on InvalidInput { problems { field rule } }
} }`
const VERIFY = `mutation ($input: VerifyNikInput!) { verifyNik(input: $input) { ... on VerifyNikSuccess { data { child { nikVerification { verdict } } } } } }`

interface Corrected {
  readonly __typename: string
  readonly code?: string
  readonly field?: string
  readonly problems?: { field: string; rule: string }[]
  readonly data?: {
    child: { nikVerification: { verdict: string } | null; siakCorrections: Record<string, unknown>[] }
  }
}

let network: RegistryNetwork
let standIn: StandIn
const service = () => network.service('civil-registry')
const inSiak = {
  name: 'BAGUS PRATAMA',
  sex: 'L',
  birthDate: '2013-03-03',
  birthPlace: null,
  motherName: 'SITI AMINAH',
} as const

beforeAll(async () => {
  network = await startRegistry()
})
beforeEach(() => {
  standIn = createStandIn({ dailyQuota: 100, today: service().app.today })
  Object.assign(service().app, { siak: { register: standIn, dailyQuota: 100 } })
  network.clock.advance({ hours: 24 })
})
afterAll(() => network?.close())

/** A child of whom SIAK says otherwise in name and birth date, and was asked. */
async function differing(): Promise<{ readonly childId: string; readonly nik: string }> {
  const nik = nextNik()
  standIn.put(nik, inSiak)
  const childId = (await registerAs(network)(boy({ nik }))).data?.child.id ?? ''
  await network.subgraph('civil-registry', 'perekaman').ok(VERIFY, { input: { requestId: randomUUID(), childId } })
  return { childId, nik }
}
const correct = (childId: string, more: object = {}, persona: 'perekaman' | 'kelurahan-krapyak' = 'perekaman') =>
  network
    .subgraph('civil-registry', persona)<{ correctSiakByAkta: Corrected }>(CORRECT, {
      input: {
        requestId: randomUUID(),
        childId,
        fields: ['NAMA', 'TANGGAL_LAHIR'],
        aktaNumber: '9901-LU-02032013-0012',
        ...more,
      },
    })
    .then(({ data }) => data?.correctSiakByAkta)

test('SIAK is corrected by the akta on the spot, the note stays, and the NIK is COCOK without asking anew (BLG-05, DOC-12)', async () => {
  const { childId, nik } = await differing()
  const answer = await correct(childId)
  expect(answer?.data?.child.nikVerification?.verdict).toBe('COCOK')
  expect(answer?.data?.child.siakCorrections).toMatchObject([
    {
      fields: ['NAMA', 'TANGGAL_LAHIR'],
      aktaNumber: '9901-LU-02032013-0012',
      state: 'DIPERBAIKI',
      source: 'SIAK_TIRUAN',
    },
  ])
  expect(await standIn.lookUp(nik)).toMatchObject({ record: { name: 'Bagas Pratama', birthDate: '2013-03-02' } })
  expect([...standIn.asked.values()].map((day) => day.get(nik))).toEqual([2])
})

test('while SIAK is away the correction waits, goes by itself, and is overdue past its third day (RF-22)', async () => {
  const { childId } = await differing()
  standIn.setAway(true)
  expect((await correct(childId))?.data?.child.siakCorrections).toMatchObject([{ state: 'MENUNGGU', overdue: false }])
  expect(await correct(childId)).toMatchObject({ code: 'CORRECTION_WAITS' })
  network.clock.advance({ hours: 96 })
  await service().runJobs()
  expect(await notes(childId)).toMatchObject([{ state: 'MENUNGGU', overdue: true }])
  standIn.setAway(false)
  await service().runJobs()
  expect(await notes(childId)).toMatchObject([{ state: 'DIPERBAIKI', overdue: false }])
})

const notes = (childId: string) =>
  network
    .subgraph('civil-registry', 'perekaman')
    .ok<{ _entities: { siakCorrections: object[] }[] }>(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { siakCorrections { state overdue } } } }',
      { r: [{ __typename: 'Child', id: childId }] },
    )
    .then(({ _entities: [child] }) => child?.siakCorrections)

test('what SIAK was not found to say otherwise is not corrected, nor before SIAK was asked (BLG-04, BLG-05)', async () => {
  const { childId } = await differing()
  expect(await correct(childId, { fields: ['NAMA', 'NAMA_IBU'] })).toMatchObject({
    code: 'NOT_DIFFERENT',
    field: 'fields',
  })
  const unasked = (await registerAs(network)(boy({ nik: nextNik() }))).data?.child.id ?? ''
  expect(await correct(unasked)).toMatchObject({ code: 'NOT_DIFFERENT' })
})

test('no field, and a NIK for an akta number, are refused together (BLG-05, ID-09)', async () => {
  const { childId } = await differing()
  const answer = await correct(childId, { fields: [], aktaNumber: nextNik() })
  expect(answer?.problems?.map(({ field }) => field)).toContain('aktaNumber')
})

test('a hidden child is not there for the recording desk, and a kelurahan corrects nothing (PV-14, PV-18)', async () => {
  const { childId } = await differing()
  await keepAt(network, childId, 4)
  expect((await correct(childId))?.code).toBe('CHILD_NOT_FOUND')
  expect((await correct(childId, {}, 'kelurahan-krapyak'))?.code).toBe('NOT_PERMITTED')
})
