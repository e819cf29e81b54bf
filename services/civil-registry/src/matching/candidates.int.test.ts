import { randomUUID } from 'node:crypto'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boy, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startRegistry()
})
afterAll(() => network?.close())

interface Found {
  readonly child: { readonly id: string; readonly identity: { readonly name: string } | null }
  readonly verdict: string
  readonly score: number
  readonly fields: readonly { readonly field: string; readonly outcome: string; readonly weight: number }[]
}
const ASK = `query ($id: UUID!) { matchCandidates(childId: $id) {
  child { id identity { name } } verdict score fields { field outcome weight } } }`

const candidatesOf = (id: string) =>
  network
    .subgraph('civil-registry', 'dukcapil')
    .ok<{ matchCandidates: Found[] | null }>(ASK, { id })
    .then(({ matchCandidates }) => matchCandidates)

const registered = async (child: object): Promise<string> => (await registerAs(network)(child)).data?.child.id ?? 'none'

test('of a child the registry sees who it may be, the strongest first, and why, field by field (ID-21)', async () => {
  const nik = nextNik()
  const one = await registered(boy({ name: 'Galih Wicaksono', motherName: 'Endah Sulastri', nik }))
  const twin = await registered(boy({ name: 'Guntur Wicaksono', motherName: 'Endah Sulastri' }))
  const same = await registered(boy({ name: 'Galih Wichaksono', motherName: 'Endah Sulastri' }))
  const found = (await candidatesOf(same)) ?? []
  expect(found.map(({ child, verdict }) => [child.id, verdict])).toEqual([
    [one, 'SANGAT_MUNGKIN'],
    [twin, 'MUNGKIN'],
  ])
  expect(found[0]?.child.identity?.name).toBe('Galih Wicaksono')
  expect(found[0]?.fields.map(({ field, outcome }) => `${field} ${outcome}`)).toEqual([
    'NIK MISSING',
    'NAME CLOSE',
    'BIRTH_DATE EXACT',
    'MOTHER EXACT',
    'SEX SAME',
    'ADDRESS SAME_RT',
  ])
  const sum = found[0]?.fields.reduce((bits, { weight }) => bits + weight, 0)
  expect(found[0]?.score).toBeCloseTo(sum ?? Number.NaN)
  expect(JSON.stringify(found)).not.toContain(nik)
})

test('two who are one person by an officer’s word are each other’s candidates no more, and are one for others (ID-21)', async () => {
  const name = { name: 'Yanuar Subagyo', motherName: 'Sri Widyastuti', birthDate: '2012-10-20' }
  const [one, other, third] = [await registered(boy(name)), await registered(boy(name)), await registered(boy(name))]
  const ids = async (id: string) => ((await candidatesOf(id)) ?? []).map(({ child }) => child.id).toSorted()
  expect(await ids(one)).toEqual([other, third].toSorted())
  const input = { requestId: randomUUID(), keepId: one, aliasId: other, reason: 'Satu anak, dua kali didata.' }
  await network
    .subgraph('civil-registry', 'dukcapil')
    .ok(`mutation ($input: LinkChildrenInput!) { linkChildren(input: $input) { __typename } }`, { input })
  expect(await ids(one)).toEqual([third])
  expect(await ids(third)).toEqual([one])
})

test('nobody alike is an empty list, a record nobody has is null', async () => {
  const alone = await registered(
    boy({ name: 'Qomaruddin Tamimi', motherName: 'Badriyah', birthDate: '2009-01-08', address: null }),
  )
  expect(await candidatesOf(alone)).toEqual([])
  expect(await candidatesOf(randomUUID())).toBeNull()
})

test('candidates may be hidden children, so the registry alone is answered; who was shown is in the audit (PV-14, PV-05)', async () => {
  const who = { name: 'Nugraha Terlindung', motherName: 'Kurniasih Damayanti', birthDate: '2010-11-21' }
  const hidden = await registered(boy(who))
  await keepAt(network, hidden, 4)
  const seen = await registered(boy(who))
  const { data, errors } = await network.subgraph('civil-registry', 'kelurahan-panjang-wetan')<object>(ASK, {
    id: seen,
  })
  expect(data).toEqual({ matchCandidates: null })
  expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_PERMITTED'])
  expect((await candidatesOf(seen))?.map(({ child }) => child.id)).toEqual([hidden])
  const rows = await network
    .service('civil-registry')
    .app.db.$queryRawUnsafe<{ permissions: string[] }[]>(
      `SELECT detail->'permissions' AS permissions FROM platform.audit_entry WHERE action = 'read' AND $1::uuid = ANY(subjects)`,
      hidden,
    )
  expect(rows.flatMap(({ permissions }) => permissions)).toContain('match.read')
})

test('many candidates cost the statements of few (no N+1)', async () => {
  const family = (name: string) => boy({ name, motherName: 'Maharani Purwanti', birthDate: '2011-05-19' })
  const few = await registered(family('Aji Laksono'))
  await registered(family('Bima Laksono'))
  const cost = async (id: string) => {
    const texts = await statementsOf(() => candidatesOf(id))
    return [texts.length, (await candidatesOf(id))?.length] as const
  }
  const [before, one] = await cost(few)
  for (const name of ['Damar', 'Jati', 'Kresna', 'Seno', 'Teguh']) await registered(family(`${name} Laksono`))
  const [after, many] = await cost(few)
  expect([one, many]).toEqual([1, 6])
  expect(after).toBe(before)
})

test('records without finding keys are given theirs by themselves, and then are found (ID-21)', async () => {
  const who = { name: 'Tegar Handoko', motherName: 'Winda Hapsari', birthDate: '2014-02-27' }
  const [one, other] = [await registered(boy(who)), await registered(boy(who))]
  const { app, runJobs } = network.service('civil-registry')
  const before = await app.db.matchKey.findUniqueOrThrow({ where: { childId: one } })
  await app.db.matchKey.deleteMany()
  expect(await candidatesOf(other)).toEqual([])
  await runJobs()
  expect((await candidatesOf(other))?.map(({ child }) => child.id)).toEqual([one])
  expect(await app.db.matchKey.findUniqueOrThrow({ where: { childId: one } })).toEqual(before)
})

test('two foundlings share no mother: “tidak diketahui” is nobody’s name (EC-12)', async () => {
  const unknown = { motherName: 'Tidak Diketahui', birthDate: '2016-06-06', address: { kelurahan: '33.75.02.1009' } }
  const one = await registered(boy({ ...unknown, name: 'Umar Faruk' }))
  const found = (await candidatesOf(await registered(boy({ ...unknown, name: 'Bayu Setiawan' })))) ?? []
  expect(found.map(({ child }) => child.id)).not.toContain(one)
})
