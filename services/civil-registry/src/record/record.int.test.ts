import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boy, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startRegistry()
})
afterAll(() => network?.close())

type Persona = Parameters<RegistryNetwork['subgraph']>[1]

const STATE = `mutation ($input: StateParticularsInput!) { stateParticulars(input: $input) {
  __typename
  ... on StateParticularsSuccess { data { child { id identity { name birthDate } } warnings { rule field } } }
  ... on Refusal { code field rule }
  ... on InvalidInput { problems { field rule } }
} }`
interface Answer {
  readonly __typename: string
  readonly code?: string
  readonly problems?: readonly { field: string; rule: string }[]
  readonly data?: { child: unknown; warnings: readonly { rule: string; field: string | null }[] }
}
const state = (childId: string, values: object, more: object = {}, persona: Persona = 'dukcapil') =>
  network
    .subgraph('civil-registry', persona)
    .ok<{ stateParticulars: Answer }>(STATE, {
      input: { requestId: randomUUID(), childId, values, statedOn: '2026-11-20', ...more },
    })
    .then((data) => data.stateParticulars)

const newChild = async (child: object = {}, more: object = {}, persona?: 'petugas-sosial') =>
  (await registerAs(network)(boy({ name: 'Riwayat Anak', ...child }), more, persona)).data?.child.id ?? ''

const identity = async (id: string, selection: string, persona: Persona = 'dukcapil') => {
  const { _entities } = await network
    .subgraph('civil-registry', persona)
    .ok<{ _entities: [{ identity: Record<string, unknown> }] }>(
      `query ($id: ID!) { _entities(representations: [{ __typename: "Child", id: $id }]) { ... on Child { identity { ${selection} } } } }`
        .replace('$id: ID!', '$r: [_Any!]!')
        .replace('[{ __typename: "Child", id: $id }]', '$r'),
      { r: [{ __typename: 'Child', id }] },
    )
  return _entities[0].identity
}
const provenance = async (id: string, field: string) =>
  (await identity(id, `provenance(field: ${field}) { value agency paper standing statedOn }`)).provenance

test('registration is the first statement, with what the registry asks besides (EC-06, EC-13, ID-17)', async () => {
  const record = {
    fatherName: 'Ahmad Fauzi',
    guardian: { name: 'Nenek Sumi', relation: 'KAKEK_NENEK', proof: 'Surat kuasa asuh 12/2026' },
    childStatus: 'KANDUNG',
    birthOrder: 2,
    aktaNumber: 'Kutipan 477/98 tahun 2013',
    everMarried: false,
  }
  const id = await newChild({}, { record, paper: 'KK' })
  expect(
    await identity(
      id,
      'fatherName guardian { name relation proof } childStatus birthOrder aktaNumber everMarried registeredLate',
    ),
  ).toEqual({ ...record, registeredLate: null })
  expect(await provenance(id, 'FATHER_NAME')).toEqual([
    { value: 'Ahmad Fauzi', agency: 'DUKCAPIL', paper: 'KK', standing: 'BERLAKU', statedOn: '2026-11-23' },
  ])
})

test('a guardian without proof is refused, and a NIK in place of an akta number (EC-13, ID-09)', async () => {
  const record = { guardian: { name: 'Paman Budi', relation: 'PAMAN_BIBI' }, aktaNumber: nextNik() }
  const answer = await registerAs(network)(boy({ name: 'Wali Tanpa Bukti' }), { record })
  expect(answer.problems?.map(({ field, rule }) => [field, rule])).toEqual([
    ['record.guardian.proof', 'EC-13'],
    ['record.aktaNumber', 'ID-09'],
  ])
})

test('a late registration is taken with a warning (ID-18)', async () => {
  const id = await newChild({ name: 'Lambat Lapor' })
  const answer = await state(id, { aktaNumber: '9901-LT-02032019-0007' })
  expect(answer.data?.warnings).toEqual([{ rule: 'ID-18', field: 'aktaNumber' }])
  expect(await identity(id, 'aktaNumber registeredLate')).toEqual({
    aktaNumber: '9901-LT-02032019-0007',
    registeredLate: true,
  })
})

test('the akta decides a birth date over what the registry wrote, and the older value keeps its place (ID-05)', async () => {
  const id = await newChild({ name: 'Tanggal Akta', birthDate: '2013-03-02' })
  await state(id, { birthDate: '2013-03-12' }, { paper: 'AKTA' })
  expect(await identity(id, 'birthDate')).toEqual({ birthDate: '2013-03-12' })
  expect(await provenance(id, 'BIRTH_DATE')).toMatchObject([
    { value: '2013-03-12', paper: 'AKTA', standing: 'BERLAKU' },
    { value: '2013-03-02', paper: null, standing: 'LAMA' },
  ])
})

test('where two agencies disagree both values stand, and the registry’s own is shown (ID-05)', async () => {
  const id = await newChild({ name: 'Ibu Berbeda', motherName: 'Siti Aminah' })
  await state(id, { motherName: 'Sri Wahyuni' }, {}, 'petugas-sosial')
  expect(await identity(id, 'motherName')).toEqual({ motherName: 'Siti Aminah' })
  expect(await provenance(id, 'MOTHER_NAME')).toMatchObject([
    { value: 'Siti Aminah', agency: 'DUKCAPIL', standing: 'BERLAKU' },
    { value: 'Sri Wahyuni', agency: 'DINSOS', standing: 'BERBEDA' },
  ])
})

test('linked records are weighed together: the akta read under one id decides for both (DESIGN §4, ID-05)', async () => {
  const canonical = await newChild({ name: 'Satu Anak', birthDate: '2014-01-01' }, {}, 'petugas-sosial')
  const alias = await newChild({ name: 'Satu Anak', birthDate: '2014-02-01' }, { paper: 'AKTA' })
  await network
    .service('civil-registry')
    .app.db.$executeRawUnsafe(
      'INSERT INTO platform.child_alias (alias_id, canonical_id) VALUES ($1::uuid, $2::uuid)',
      alias,
      canonical,
    )
  expect(await identity(canonical, 'birthDate')).toEqual({ birthDate: '2014-02-01' })
})

test('a corrected name is searched and matched by from then on (ID-20)', async () => {
  const id = await newChild({ name: 'Salah Tulis' })
  await state(id, { name: 'Zulkarnain Prayoga' }, { paper: 'AKTA' })
  const { searchChildren } = await network
    .subgraph('civil-registry', 'dukcapil')
    .ok<{ searchChildren: { nodes: { id: string }[] } }>('{ searchChildren(name: "Zulkarnain") { nodes { id } } }')
  expect(searchChildren.nodes).toEqual([{ id }])
  const again = await registerAs(network)(boy({ name: 'Zulkarnain Prayoga' }))
  expect(again.data?.child.identity.match).not.toBe('TIDAK_ADA')
})

test('a move is told once, with both kelurahan, and the former kelurahan no longer reads the child (EC-07, TUN-R3)', async () => {
  const id = await newChild({ name: 'Pindah Rumah' })
  const address = { kelurahan: '33.75.03.1002', rt: '3', rw: '4' }
  await state(id, { address }, { paper: 'KK' })
  await state(id, { address }, { paper: 'KK', statedOn: '2026-11-21' })
  const { db } = network.service('civil-registry').app
  const told = await db.$queryRawUnsafe<{ data: unknown }[]>(
    `SELECT envelope->'data' AS data FROM platform.outbox
     WHERE type = 'civil-registry.person.moved.v1' AND subject = $1::uuid`,
    id,
  )
  expect(told).toEqual([{ data: { from: '33.75.03.1004', to: '33.75.03.1002' } }])
  expect(await identity(id, 'residences { address { kelurahan rt } since }')).toEqual({
    residences: [
      { address: { kelurahan: '33.75.03.1004', rt: '001' }, since: '2026-11-23' },
      { address: { kelurahan: '33.75.03.1002', rt: '003' }, since: '2026-11-20' },
    ],
  })
  const seen = (persona: Persona) =>
    network
      .subgraph('civil-registry', persona)<{ _entities: [{ identity: unknown }] }>(
        'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { identity { name } } } }',
        { r: [{ __typename: 'Child', id }] },
      )
      .then(({ data }) => data?._entities[0].identity)
  expect(await seen('kelurahan-panjang-wetan')).toBeNull()
  expect(await seen('kelurahan-krapyak')).toEqual({ name: 'Pindah Rumah' })
})

test('a mother nobody knows is taken with the way to go, and no two foundlings are alike by her (EC-12)', async () => {
  const foundling = (name: string) =>
    registerAs(network)(boy({ name, motherName: 'Tidak diketahui', birthDate: '2025-06-06', address: null }))
  const first = await foundling('Temuan Satu')
  const second = await foundling('Anugerah Lestari')
  expect(first.data).toMatchObject({ child: { identity: { name: 'Temuan Satu' } }, warnings: [{ rule: 'EC-12' }] })
  expect(second.data?.child.identity.match).toBe('TIDAK_ADA')
})

test('nothing stated is refused; so is each wrong value, under the form’s own field', async () => {
  const id = await newChild({ name: 'Isian Salah' })
  expect((await state(id, {})).problems).toEqual([{ field: 'values', rule: 'ID-05' }])
  const wrong = await state(id, { name: '4', birthDate: '2013-02-30', birthOrder: 99, motherName: nextNik() })
  expect(wrong.problems?.map(({ field }) => field).toSorted()).toEqual([
    'values.birthDate',
    'values.birthOrder',
    'values.motherName',
    'values.name',
  ])
})

test('a hidden child is not there to be stated of (PV-14), nor another kelurahan’s (TUN-R3)', async () => {
  const id = await newChild({ name: 'Tersembunyi Rekam' })
  expect((await state(id, { birthPlace: 'Tegal' }, {}, 'kelurahan-krapyak')).code).toBe('NOT_PERMITTED')
  await keepAt(network, id, 4)
  expect((await state(id, { birthPlace: 'Tegal' }, {}, 'kelurahan-panjang-wetan')).code).toBe('CHILD_NOT_FOUND')
})
