import { randomUUID } from 'node:crypto'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decideAs } from '../review/test-desk.ts'
import { boy, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startRegistry()
})
afterAll(() => network?.close())

type Persona = Parameters<RegistryNetwork['subgraph']>[1]
const ask = (persona: Persona = 'dukcapil') => network.subgraph('civil-registry', persona)

interface Answer {
  readonly __typename: string
  readonly code?: string
  readonly field?: string
  readonly rule?: string
  readonly message?: string
  readonly problems?: readonly { readonly field: string; readonly rule: string }[]
}
const send = (name: 'stateParticulars' | 'settleParticular', persona: Persona, input: object) => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  return ask(persona)
    .ok<{ result: Answer }>(
      `mutation ($input: ${type}Input!) { result: ${name}(input: $input) {
         __typename ... on Refusal { code field rule message } ... on InvalidInput { problems { field rule } } } }`,
      { input: { requestId: randomUUID(), ...input } },
    )
    .then(({ result }) => result)
}
const state = (childId: string, values: object, persona: Persona = 'petugas-sosial', more: object = {}) =>
  send('stateParticulars', persona, { childId, values, statedOn: '2026-11-20', ...more })
const settle = (childId: string, field: string, more: object, persona: Persona = 'dukcapil') =>
  send('settleParticular', persona, { childId, field, reason: 'Sudah dicek ke ibunya.', ...more })

let serial = 0
const newChild = async (child: object = {}, more: object = {}, persona: 'dukcapil' | 'petugas-sosial' = 'dukcapil') => {
  const particulars = { name: `Anak Beda ${'abcdefghijklmnopqrstuvwxyz'.charAt(serial++)}`, ...child }
  return (await registerAs(network)(boy(particulars), more, persona)).data?.child.id ?? ''
}
/** A child of whose mother two agencies say otherwise. */
async function withTwoMothers(): Promise<string> {
  const id = await newChild({ motherName: 'Siti Aminah' })
  await state(id, { motherName: 'Sri Wahyuni' })
  return id
}

interface Listed {
  readonly field: string
  readonly openedAt: string
  readonly child: { readonly id: string }
  readonly values: readonly { readonly value: string; readonly agency: string; readonly statementId: string }[]
}
const LIST = `query ($first: Int, $after: String, $field: RecordField, $kelurahan: String) {
  recordDisputes(first: $first, after: $after, field: $field, kelurahan: $kelurahan) {
    nodes { field openedAt child { id } values { value agency paper statedOn standing statementId } }
    pageInfo { hasNextPage endCursor } } }`
interface Page {
  readonly nodes: readonly Listed[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}
const page = (variables: object = {}, persona: Persona = 'dukcapil') =>
  ask(persona)<{ recordDisputes: Page | null }>(LIST, { first: 100, ...variables }).then(
    ({ data }) => data?.recordDisputes,
  )
const disputesOf = async (id: string, persona?: Persona) =>
  ((await page({}, persona))?.nodes ?? []).filter(({ child }) => child.id === id)
const fieldsOf = async (id: string) => (await disputesOf(id)).map(({ field }) => field)

const identity = async (id: string, selection: string) => {
  const { _entities } = await ask().ok<{ _entities: [{ identity: Record<string, unknown> }] }>(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { identity { ${selection} } } } }`,
    { r: [{ __typename: 'Child', id }] },
  )
  return _entities[0].identity
}
const closedOf = (id: string) =>
  network
    .service('civil-registry')
    .app.db.personDispute.findMany({ where: { personId: id, closedAt: { not: null } }, orderBy: { id: 'asc' } })
    .then((rows) => rows.map(({ field, closedAs }) => [field, closedAs]))

describe('the list (ID-05)', () => {
  test('what agencies disagree on is listed once, both values side by side, with agency, day and paper', async () => {
    const id = await newChild({ motherName: 'Siti Aminah' })
    await state(id, { motherName: 'Sri Wahyuni', birthPlace: 'Tegal' }, 'petugas-sosial', { paper: 'SURAT_KETERANGAN' })
    await state(id, { motherName: 'Sri Wahyuni' }, 'petugas-sosial', { statedOn: '2026-11-21' })
    expect(await disputesOf(id)).toMatchObject([
      {
        field: 'MOTHER_NAME',
        values: [
          { value: 'Siti Aminah', agency: 'DUKCAPIL', paper: null, statedOn: '2026-11-23', standing: 'BERLAKU' },
          { value: 'Sri Wahyuni', agency: 'DINSOS', paper: null, statedOn: '2026-11-21', standing: 'BERBEDA' },
        ],
      },
    ])
  })

  test('it closes by itself when they agree again, and when the paper that decides speaks', async () => {
    const agreed = await withTwoMothers()
    await state(agreed, { motherName: 'Siti Aminah' }, 'petugas-sosial', { statedOn: '2026-11-21' })
    expect([await fieldsOf(agreed), await closedOf(agreed)]).toEqual([[], [['motherName', 'SEPAKAT']]])

    const id = await newChild({ birthDate: '2013-03-02' })
    await state(id, { birthDate: '2013-03-12' })
    expect(await fieldsOf(id)).toEqual(['BIRTH_DATE'])
    await state(id, { birthDate: '2013-04-02' }, 'dukcapil', { paper: 'AKTA' })
    expect([await fieldsOf(id), await closedOf(id)]).toEqual([[], [['birthDate', 'DOKUMEN']]])
  })

  test('who waits longest comes first, page by page; by field and by kelurahan', async () => {
    const ids = [await withTwoMothers(), await withTwoMothers()]
    network.clock.advance({ minutes: 1 })
    const elsewhere = { kelurahan: '33.75.03.1002', rt: '3', rw: '4' }
    const third = await newChild({ birthPlace: 'Tegal', address: elsewhere })
    await state(third, { birthPlace: 'Brebes' })
    const all = (await page())?.nodes ?? []
    expect(all.map(({ openedAt }) => openedAt)).toEqual(all.map(({ openedAt }) => openedAt).toSorted())
    expect(all.at(-1)?.child.id).toBe(third)

    const found: string[] = []
    for (let after: string | null | undefined = null; after !== undefined; ) {
      const one: Page | null | undefined = await page({ first: 1, after })
      found.push(...(one?.nodes ?? []).map(({ child }) => child.id))
      after = one?.pageInfo.hasNextPage ? one.pageInfo.endCursor : undefined
    }
    expect(found).toEqual(all.map(({ child }) => child.id))

    const ofPlace = await page({ field: 'BIRTH_PLACE', kelurahan: '33.75.03.1002' })
    expect(ofPlace?.nodes.map(({ child }) => child.id)).toEqual([third])
    const here = (await page({ kelurahan: '33.75.03.1004' }))?.nodes.map(({ child }) => child.id)
    expect(here).toEqual(expect.arrayContaining(ids))
    expect(here).not.toContain(third)
  })

  test('is for who may see where a value comes from; of a hidden child nothing is in it (PV-12, PV-14)', async () => {
    const id = await withTwoMothers()
    expect(await disputesOf(id, 'bapperida')).toHaveLength(1)
    await keepAt(network, id, 4)
    expect(await disputesOf(id, 'bapperida')).toEqual([])
    expect(await disputesOf(id)).toHaveLength(1)
    for (const persona of ['dinas-pendidikan', 'kelurahan-panjang-wetan', 'panitia-sekolah', 'perekaman'] as const) {
      expect(await page({}, persona)).toBeNull()
    }
  })

  test('of a database from before there was a list it is decided by itself', async () => {
    const id = await withTwoMothers()
    const { app, runJobs } = network.service('civil-registry')
    await app.db.personDispute.deleteMany({ where: { personId: id } })
    await app.db.disputeBacklog.create({ data: { personId: id } })
    await runJobs()
    expect(await fieldsOf(id)).toEqual(['MOTHER_NAME'])
    expect(await app.db.disputeBacklog.count()).toBe(0)
  })

  test('a page costs the same statements whatever its length (no N+1)', async () => {
    for (let n = 0; n < 3; n++) await withTwoMothers()
    const cost = async (first: number) => (await statementsOf(() => page({ first }))).length
    expect(await cost(4)).toBe(await cost(1))
  })
})

describe('an officer’s word (ID-05)', () => {
  test('is a statement of its own, with its ground, and the value that stands; nothing that was said is lost', async () => {
    const id = await withTwoMothers()
    const [dispute] = await disputesOf(id)
    const other = dispute?.values.find(({ agency }) => agency === 'DINSOS')
    const answer = await settle(id, 'MOTHER_NAME', { statementId: other?.statementId })
    expect(answer.__typename).toBe('SettleParticularSuccess')
    expect(
      await identity(id, 'motherName provenance(field: MOTHER_NAME) { value agency standing ground statedOn }'),
    ).toEqual({
      motherName: 'Sri Wahyuni',
      provenance: [
        {
          value: 'Sri Wahyuni',
          agency: 'DUKCAPIL',
          standing: 'BERLAKU',
          ground: 'Sudah dicek ke ibunya.',
          statedOn: '2026-11-23',
        },
        { value: 'Siti Aminah', agency: 'DUKCAPIL', standing: 'LAMA', ground: null, statedOn: '2026-11-23' },
        { value: 'Sri Wahyuni', agency: 'DINSOS', standing: 'SEJALAN', ground: null, statedOn: '2026-11-20' },
      ],
    })
    expect([await fieldsOf(id), await closedOf(id)]).toEqual([[], [['motherName', 'PETUGAS']]])
    expect((await settle(id, 'MOTHER_NAME', { statementId: other?.statementId })).code).toBe('PARTICULAR_NOT_DISPUTED')
  })

  test('may be what nobody said; what is said again opens nothing, what is new opens another', async () => {
    const id = await withTwoMothers()
    await settle(id, 'MOTHER_NAME', { values: { motherName: 'Sri Wahyuningsih' } })
    await state(id, { motherName: 'Sri Wahyuni' }, 'petugas-sosial', { statedOn: '2026-11-23' })
    expect(await fieldsOf(id)).toEqual([])
    await state(id, { motherName: 'Sutinah' }, 'dinas-pendidikan', { paper: 'IJAZAH_RAPOR' })
    expect(await identity(id, 'motherName')).toEqual({ motherName: 'Sri Wahyuningsih' })
    expect(await fieldsOf(id)).toEqual(['MOTHER_NAME'])
    await state(id, { motherName: 'Kasiyah' }, 'dukcapil', { paper: 'AKTA', statedOn: '2013-03-20' })
    expect(await identity(id, 'motherName')).toEqual({ motherName: 'Kasiyah' })
    expect(await fieldsOf(id)).toEqual([])
  })

  test('is never against an akta in a birth date: refused with the way to go (RF-22)', async () => {
    const id = await newChild({ birthDate: '2013-03-02' })
    await state(id, { birthDate: '2013-03-12' }, 'petugas-sosial', { paper: 'AKTA' })
    await state(id, { birthDate: '2013-09-09' }, 'dinas-pendidikan', { paper: 'AKTA' })
    const [dispute] = await disputesOf(id)
    expect(dispute?.values.map(({ value }) => value)).toEqual(['2013-09-09', '2013-03-12'])
    const refused = await settle(id, 'BIRTH_DATE', { values: { birthDate: '2013-03-02' } })
    expect(refused).toMatchObject({ code: 'AKTA_DECIDES', field: 'field', rule: 'ID-05' })
    expect(refused.message).toContain('RF-22')
    await settle(id, 'BIRTH_DATE', { statementId: dispute?.values[1]?.statementId })
    expect(await identity(id, 'birthDate')).toEqual({ birthDate: '2013-03-12' })
    expect(await fieldsOf(id)).toEqual([])
  })

  test('on an address moves the child, and others are told (EC-07)', async () => {
    const id = await newChild()
    await state(id, { address: { kelurahan: '33.75.03.1002', rt: '3', rw: '4' } })
    const [dispute] = await disputesOf(id)
    await settle(id, 'ADDRESS', { statementId: dispute?.values[1]?.statementId })
    const told = await network.service('civil-registry').app.db.$queryRawUnsafe<{ data: unknown }[]>(
      `SELECT envelope->'data' AS data FROM platform.outbox
         WHERE type = 'civil-registry.person.moved.v1' AND subject = $1::uuid`,
      id,
    )
    expect(told).toEqual([{ data: { from: '33.75.03.1004', to: '33.75.03.1002' } }])
    expect((await page({ kelurahan: '33.75.03.1002', field: 'ADDRESS' }))?.nodes).toEqual([])
  })

  test('of two officers at the same moment one settles it', async () => {
    const id = await withTwoMothers()
    const both = await Promise.all(
      ['Siti Aminah', 'Sri Wahyuni'].map((motherName) => settle(id, 'MOTHER_NAME', { values: { motherName } })),
    )
    expect(both.map(({ code, __typename }) => code ?? __typename).toSorted()).toEqual([
      'PARTICULAR_NOT_DISPUTED',
      'SettleParticularSuccess',
    ])
  })

  test('is refused whole where the form is wrong: neither choice nor value, both, another field, a NIK for a ground', async () => {
    const id = await withTwoMothers()
    const [dispute] = await disputesOf(id)
    const statementId = dispute?.values[0]?.statementId
    const values = { motherName: 'Sri Wahyuni' }
    const problems = async (more: object) => (await settle(id, 'MOTHER_NAME', more)).problems
    expect(await problems({})).toEqual([{ field: 'statementId', rule: 'ID-05' }])
    expect(await problems({ statementId, values })).toEqual([{ field: 'statementId', rule: 'ID-05' }])
    expect(await problems({ values: { ...values, birthPlace: 'Tegal' } })).toEqual([{ field: 'values', rule: 'ID-05' }])
    expect(await problems({ values: { motherName: '4' } })).toMatchObject([{ field: 'values.motherName' }])
    expect(await problems({ statementId, reason: nextNik() })).toEqual([{ field: 'reason', rule: 'ID-09' }])
    expect((await settle(id, 'MOTHER_NAME', { statementId: randomUUID() })).code).toBe('STATEMENT_NOT_FOUND')
    expect(await fieldsOf(id)).toEqual(['MOTHER_NAME'])
  })

  test('is the registry’s alone (PV-18)', async () => {
    const id = await withTwoMothers()
    for (const persona of ['petugas-sosial', 'kelurahan-panjang-wetan', 'perekaman', 'bapperida'] as const) {
      const answer = await settle(id, 'MOTHER_NAME', { values: { motherName: 'Sri Wahyuni' } }, persona)
      expect(answer.code).toBe('NOT_PERMITTED')
    }
  })
})

describe('children who are linked (ADR 0008, ID-05)', () => {
  const decide = (name: string, input: object) => decideAs(network)(name, input)

  test('a link lets their words disagree under the canonical id, an unlink parts them again', async () => {
    const keepId = await newChild({ name: 'Satu Orang', motherName: 'Siti Aminah' })
    const aliasId = await newChild({ name: 'Satu Orang', motherName: 'Sri Wahyuni' }, {}, 'petugas-sosial')
    expect([await fieldsOf(keepId), await fieldsOf(aliasId)]).toEqual([[], []])
    await decide('linkChildren', { keepId, aliasId })
    expect(await fieldsOf(keepId)).toEqual(['MOTHER_NAME'])
    await decide('unlinkChildren', { aliasId })
    expect([await fieldsOf(keepId), await fieldsOf(aliasId)]).toEqual([[], []])
    expect(await closedOf(keepId)).toEqual([['motherName', 'DIPISAHKAN']])
  })

  test('what was in question of either waits on as long under the one id, and comes back with an unlink', async () => {
    const aliasId = await withTwoMothers()
    const [waiting] = await disputesOf(aliasId)
    network.clock.advance({ hours: 1 })
    const keepId = await newChild({ name: 'Orang Sama', motherName: 'Siti Aminah' })
    await decide('linkChildren', { keepId, aliasId })
    expect(await disputesOf(keepId)).toMatchObject([{ field: 'MOTHER_NAME', openedAt: waiting?.openedAt }])
    expect(await closedOf(aliasId)).toEqual([['motherName', 'DITAUTKAN']])
    await decide('unlinkChildren', { aliasId })
    expect([await fieldsOf(keepId), await fieldsOf(aliasId)]).toEqual([[], ['MOTHER_NAME']])
  })

  test('what an officer settled of one is not settled of the other: that word was not heard', async () => {
    const keepId = await withTwoMothers()
    await settle(keepId, 'MOTHER_NAME', { values: { motherName: 'Sri Wahyuni' } })
    const aliasId = await newChild({ name: 'Anak Lain', motherName: 'Kasiyah' }, {}, 'petugas-sosial')
    await decide('linkChildren', { keepId, aliasId })
    const dispute = (await disputesOf(keepId)).find(({ field }) => field === 'MOTHER_NAME')
    expect(dispute?.values.map(({ value, agency }) => [value, agency])).toEqual([
      ['Sri Wahyuni', 'DUKCAPIL'],
      ['Kasiyah', 'DINSOS'],
      ['Sri Wahyuni', 'DINSOS'],
    ])
  })
})
