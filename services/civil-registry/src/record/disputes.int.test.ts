import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decideAs } from '../review/test-desk.ts'
import { prismaFolder } from '../service.ts'
import { keepAt, nextNik, type RegistryNetwork, startRegistry } from '../test-registry.ts'
import { type DisputeDesk, type DisputePage, disputeDesk } from './test-disputes.ts'

let network: RegistryNetwork
let desk: DisputeDesk
beforeAll(async () => {
  network = await startRegistry()
  desk = disputeDesk(network)
})
afterAll(() => network?.close())

describe('the list (ID-05)', () => {
  test('what agencies disagree on is listed once, both values side by side, with agency, day and paper', async () => {
    const id = await desk.newChild({ motherName: 'Siti Aminah' })
    await desk.state(id, { motherName: 'Sri Wahyuni', birthPlace: 'Tegal' }, 'petugas-sosial', {
      paper: 'SURAT_KETERANGAN',
    })
    await desk.state(id, { motherName: 'Sri Wahyuni' }, 'petugas-sosial', { statedOn: '2026-11-21' })
    expect(await desk.disputesOf(id)).toMatchObject([
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
    const agreed = await desk.withTwoMothers()
    await desk.state(agreed, { motherName: 'Siti Aminah' }, 'petugas-sosial', { statedOn: '2026-11-21' })
    expect([await desk.fieldsOf(agreed), await desk.closedOf(agreed)]).toEqual([[], [['motherName', 'SEPAKAT']]])

    const id = await desk.newChild({ birthDate: '2013-03-02' })
    await desk.state(id, { birthDate: '2013-03-12' })
    expect(await desk.fieldsOf(id)).toEqual(['BIRTH_DATE'])
    await desk.state(id, { birthDate: '2013-04-02' }, 'dukcapil', { paper: 'AKTA' })
    expect([await desk.fieldsOf(id), await desk.closedOf(id)]).toEqual([[], [['birthDate', 'DOKUMEN']]])
  })

  test('who waits longest comes first, page by page; by field and by kelurahan', async () => {
    const ids = [await desk.withTwoMothers(), await desk.withTwoMothers()]
    network.clock.advance({ minutes: 1 })
    const elsewhere = { kelurahan: '33.75.03.1002', rt: '3', rw: '4' }
    const third = await desk.newChild({ birthPlace: 'Tegal', address: elsewhere })
    await desk.state(third, { birthPlace: 'Brebes' })
    const all = (await desk.page())?.nodes ?? []
    expect(all.map(({ openedAt }) => openedAt)).toEqual(all.map(({ openedAt }) => openedAt).toSorted())
    expect(all.at(-1)?.child.id).toBe(third)

    const found: string[] = []
    for (let after: string | null | undefined = null; after !== undefined; ) {
      const one: DisputePage | null | undefined = await desk.page({ first: 1, after })
      found.push(...(one?.nodes ?? []).map(({ child }) => child.id))
      after = one?.pageInfo.hasNextPage ? one.pageInfo.endCursor : undefined
    }
    expect(found).toEqual(all.map(({ child }) => child.id))

    const ofPlace = await desk.page({ field: 'BIRTH_PLACE', kelurahan: '33.75.03.1002' })
    expect(ofPlace?.nodes.map(({ child }) => child.id)).toEqual([third])
    const here = (await desk.page({ kelurahan: '33.75.03.1004' }))?.nodes.map(({ child }) => child.id)
    expect(here).toEqual(expect.arrayContaining(ids))
    expect(here).not.toContain(third)
  })

  test('is for who may see where a value comes from; of a hidden child nothing is in it (PV-12, PV-14)', async () => {
    const id = await desk.withTwoMothers()
    expect(await desk.disputesOf(id, 'bapperida')).toHaveLength(1)
    await keepAt(network, id, 4)
    expect(await desk.disputesOf(id, 'bapperida')).toEqual([])
    expect(await desk.disputesOf(id)).toHaveLength(1)
    for (const persona of ['dinas-pendidikan', 'kelurahan-panjang-wetan', 'panitia-sekolah', 'perekaman'] as const) {
      expect(await desk.page({}, persona)).toBeNull()
    }
  })

  test('of a database from before there was a list it is decided by itself', async () => {
    const id = await desk.withTwoMothers()
    const { app, runJobs } = network.service('civil-registry')
    await app.db.personDispute.deleteMany({ where: { personId: id } })
    const migration = await readFile(`${prismaFolder}/migrations/20261128090000_person_dispute/migration.sql`, 'utf8')
    await app.db.$executeRawUnsafe(migration.slice(migration.indexOf('INSERT INTO "dispute_backlog"')))
    await runJobs()
    expect(await desk.fieldsOf(id)).toEqual(['MOTHER_NAME'])
    expect(await app.db.disputeBacklog.count()).toBe(0)
  })

  test('a page costs the same statements whatever its length (no N+1)', async () => {
    for (let n = 0; n < 3; n++) await desk.withTwoMothers()
    const cost = async (first: number) => (await statementsOf(() => desk.page({ first }))).length
    expect(await cost(4)).toBe(await cost(1))
  })
})

describe('an officer’s word (ID-05)', () => {
  test('is a statement of its own, with its ground, and the value that stands; nothing that was said is lost', async () => {
    const id = await desk.withTwoMothers()
    const [dispute] = await desk.disputesOf(id)
    const other = dispute?.values.find(({ agency }) => agency === 'DINSOS')
    const answer = await desk.settle(id, 'MOTHER_NAME', { statementId: other?.statementId })
    expect(answer.__typename).toBe('SettleParticularSuccess')
    expect(
      await desk.identity(id, 'motherName provenance(field: MOTHER_NAME) { value agency standing ground statedOn }'),
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
    expect([await desk.fieldsOf(id), await desk.closedOf(id)]).toEqual([[], [['motherName', 'PETUGAS']]])
    expect((await desk.settle(id, 'MOTHER_NAME', { statementId: other?.statementId })).code).toBe(
      'PARTICULAR_NOT_DISPUTED',
    )
  })

  test('may be what nobody said; what is said again opens nothing, what is new opens another', async () => {
    const id = await desk.withTwoMothers()
    await desk.settle(id, 'MOTHER_NAME', { values: { motherName: 'Sri Wahyuningsih' } })
    await desk.state(id, { motherName: 'Sri Wahyuni' }, 'petugas-sosial', { statedOn: '2026-11-23' })
    expect(await desk.fieldsOf(id)).toEqual([])
    await desk.state(id, { motherName: 'Sutinah' }, 'dinas-pendidikan', { paper: 'IJAZAH_RAPOR' })
    expect(await desk.identity(id, 'motherName')).toEqual({ motherName: 'Sri Wahyuningsih' })
    expect(await desk.fieldsOf(id)).toEqual(['MOTHER_NAME'])
    await desk.state(id, { motherName: 'Kasiyah' }, 'dukcapil', { paper: 'AKTA', statedOn: '2013-03-20' })
    expect(await desk.identity(id, 'motherName')).toEqual({ motherName: 'Kasiyah' })
    expect(await desk.fieldsOf(id)).toEqual([])
  })

  test('is never against an akta in a birth date: refused with the way to go (RF-22)', async () => {
    const id = await desk.newChild({ birthDate: '2013-03-02' })
    await desk.state(id, { birthDate: '2013-03-12' }, 'petugas-sosial', { paper: 'AKTA' })
    await desk.state(id, { birthDate: '2013-09-09' }, 'dinas-pendidikan', { paper: 'AKTA' })
    const [dispute] = await desk.disputesOf(id)
    expect(dispute?.values.map(({ value }) => value)).toEqual(['2013-09-09', '2013-03-12'])
    const refused = await desk.settle(id, 'BIRTH_DATE', { values: { birthDate: '2013-03-02' } })
    expect(refused).toMatchObject({ code: 'AKTA_DECIDES', field: 'field', rule: 'ID-05' })
    expect(refused.message).toContain('RF-22')
    await desk.settle(id, 'BIRTH_DATE', { statementId: dispute?.values[1]?.statementId })
    expect(await desk.identity(id, 'birthDate')).toEqual({ birthDate: '2013-03-12' })
    expect(await desk.fieldsOf(id)).toEqual([])
  })

  test('on an address moves the child, and others are told (EC-07)', async () => {
    const id = await desk.newChild()
    await desk.state(id, { address: { kelurahan: '33.75.03.1002', rt: '3', rw: '4' } })
    const [dispute] = await desk.disputesOf(id)
    await desk.settle(id, 'ADDRESS', { statementId: dispute?.values[1]?.statementId })
    const told = await network.service('civil-registry').app.db.$queryRawUnsafe<{ data: unknown }[]>(
      `SELECT envelope->'data' AS data FROM platform.outbox
         WHERE type = 'civil-registry.person.moved.v1' AND subject = $1::uuid`,
      id,
    )
    expect(told).toEqual([{ data: { from: '33.75.03.1004', to: '33.75.03.1002' } }])
    expect((await desk.page({ kelurahan: '33.75.03.1002', field: 'ADDRESS' }))?.nodes).toEqual([])
  })

  test('of two officers at the same moment one settles it', async () => {
    const id = await desk.withTwoMothers()
    const both = await Promise.all(
      ['Siti Aminah', 'Sri Wahyuni'].map((motherName) => desk.settle(id, 'MOTHER_NAME', { values: { motherName } })),
    )
    expect(both.map(({ code, __typename }) => code ?? __typename).toSorted()).toEqual([
      'PARTICULAR_NOT_DISPUTED',
      'SettleParticularSuccess',
    ])
  })

  test('is refused whole where the form is wrong: neither choice nor value, both, another field, a NIK for a ground', async () => {
    const id = await desk.withTwoMothers()
    const [dispute] = await desk.disputesOf(id)
    const statementId = dispute?.values[0]?.statementId
    const values = { motherName: 'Sri Wahyuni' }
    const problems = async (more: object) => (await desk.settle(id, 'MOTHER_NAME', more)).problems
    expect(await problems({})).toEqual([{ field: 'statementId', rule: 'ID-05' }])
    expect(await problems({ statementId, values })).toEqual([{ field: 'statementId', rule: 'ID-05' }])
    expect(await problems({ values: { ...values, birthPlace: 'Tegal' } })).toEqual([{ field: 'values', rule: 'ID-05' }])
    expect(await problems({ values: { motherName: '4' } })).toMatchObject([{ field: 'values.motherName' }])
    expect(await problems({ statementId, reason: nextNik() })).toEqual([{ field: 'reason', rule: 'ID-09' }])
    expect((await desk.settle(id, 'MOTHER_NAME', { statementId: randomUUID() })).code).toBe('STATEMENT_NOT_FOUND')
    expect(await desk.fieldsOf(id)).toEqual(['MOTHER_NAME'])
  })

  test('is the registry’s alone (PV-18)', async () => {
    const id = await desk.withTwoMothers()
    for (const persona of ['petugas-sosial', 'kelurahan-panjang-wetan', 'perekaman', 'bapperida'] as const) {
      const answer = await desk.settle(id, 'MOTHER_NAME', { values: { motherName: 'Sri Wahyuni' } }, persona)
      expect(answer.code).toBe('NOT_PERMITTED')
    }
  })
})

describe('children who are linked (ADR 0008, ID-05)', () => {
  const decide = (name: string, input: object) => decideAs(network)(name, input)

  test('a link lets their words disagree under the canonical id, an unlink parts them again', async () => {
    const keepId = await desk.newChild({ name: 'Satu Orang', motherName: 'Siti Aminah' })
    const aliasId = await desk.newChild({ name: 'Satu Orang', motherName: 'Sri Wahyuni' }, 'petugas-sosial')
    expect([await desk.fieldsOf(keepId), await desk.fieldsOf(aliasId)]).toEqual([[], []])
    await decide('linkChildren', { keepId, aliasId })
    expect(await desk.fieldsOf(keepId)).toEqual(['MOTHER_NAME'])
    await decide('unlinkChildren', { aliasId })
    expect([await desk.fieldsOf(keepId), await desk.fieldsOf(aliasId)]).toEqual([[], []])
    expect(await desk.closedOf(keepId)).toEqual([['motherName', 'DIPISAHKAN']])
  })

  test('what was in question of either waits on as long under the one id, and comes back with an unlink', async () => {
    const aliasId = await desk.withTwoMothers()
    const [waiting] = await desk.disputesOf(aliasId)
    network.clock.advance({ hours: 1 })
    const keepId = await desk.newChild({ name: 'Orang Sama', motherName: 'Siti Aminah' })
    await decide('linkChildren', { keepId, aliasId })
    expect(await desk.disputesOf(keepId)).toMatchObject([{ field: 'MOTHER_NAME', openedAt: waiting?.openedAt }])
    expect(await desk.closedOf(aliasId)).toEqual([['motherName', 'DITAUTKAN']])
    await decide('unlinkChildren', { aliasId })
    expect([await desk.fieldsOf(keepId), await desk.fieldsOf(aliasId)]).toEqual([[], ['MOTHER_NAME']])
  })

  test('what an officer settled of one is not settled of the other: that word was not heard', async () => {
    const keepId = await desk.withTwoMothers()
    await desk.settle(keepId, 'MOTHER_NAME', { values: { motherName: 'Sri Wahyuni' } })
    const aliasId = await desk.newChild({ name: 'Anak Lain', motherName: 'Kasiyah' }, 'petugas-sosial')
    await decide('linkChildren', { keepId, aliasId })
    const dispute = (await desk.disputesOf(keepId)).find(({ field }) => field === 'MOTHER_NAME')
    expect(dispute?.values.map(({ value, agency }) => [value, agency])).toEqual([
      ['Sri Wahyuni', 'DUKCAPIL'],
      ['Kasiyah', 'DINSOS'],
      ['Sri Wahyuni', 'DINSOS'],
    ])
  })
})
