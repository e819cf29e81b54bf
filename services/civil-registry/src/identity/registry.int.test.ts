import { randomUUID } from 'node:crypto'
import { isKnown } from '@satuanak/child-kit'
import { ChildId } from '@satuanak/contracts'
import { schemaDrift } from '@satuanak/service-kit'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prismaFolder } from '../service.ts'
import { boy, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

let network: RegistryNetwork
let register: ReturnType<typeof registerAs>

beforeAll(async () => {
  network = await startRegistry()
  register = registerAs(network)
})
afterAll(() => network?.close())

test('the SQL migrations say what schema.prisma says', async () => {
  expect(await schemaDrift({ databaseUrl: network.databaseUrl('civil-registry'), folder: prismaFolder })).toBeNull()
})

test('a child with a NIK is registered, and only its last four digits come back (PV-10)', async () => {
  const nik = nextNik()
  const { data } = await register(boy({ name: 'Dimas Saputra', nik }))
  expect(data?.child.identity.nik).toBe(`************${nik.slice(-4)}`)
  expect(data?.child.papers.missing).not.toContain('NIK')
})

test('a child without a NIK is registered and listed as without papers (EC-05, RF-02)', async () => {
  const { data } = await register(boy({ name: 'Tanpa Berkas' }))
  expect(data?.child.papers.missing).toEqual(['AKTA', 'NIK', 'KK', 'KIA'])
  const list = await network
    .subgraph('civil-registry', 'dukcapil')
    .ok<{ childrenWithoutPapers: { nodes: { id: string }[] } }>(
      `{ childrenWithoutPapers(missing: NIK, first: 100) { nodes { id } } }`,
    )
  expect(list.childrenWithoutPapers.nodes.map((node) => node.id)).toContain(data?.child.id)
})

test('a registered child is known here in the same moment, not through the bus (DESIGN §4)', async () => {
  const { data } = await register(boy({ name: 'Langsung Dikenal' }))
  const { db } = network.service('civil-registry').app
  expect(await isKnown(db, [ChildId.parse(data?.child.id)])).toBe(true)
})

test('every field that is wrong is named at once, with rule and remedy, and nothing is written', async () => {
  const answer = await register({
    name: '4',
    sex: 'L',
    birthDate: '2099-01-01',
    nik: '12',
    address: { kelurahan: 'x' },
  })
  expect(answer.__typename).toBe('InvalidInput')
  expect(answer.problems?.map((problem) => [problem.field, problem.rule])).toEqual([
    ['child.name', 'ID-19'],
    ['child.birthDate', 'EC-17'],
    ['child.nik', 'ID-02'],
    ['child.address.kelurahan', 'ID-23'],
  ])
})

test('a NIK among the papers seen, but not written down, is refused with the remedy (RF-02)', async () => {
  const answer = await register(boy({ name: 'Nik Terlihat' }), { papers: ['AKTA', 'NIK'] })
  expect(answer.problems).toEqual([{ field: 'papers', rule: 'RF-02', message: expect.stringMatching(/NIK/) }])
})

test('a paper named twice is one paper (RF-02)', async () => {
  const { data } = await register(boy({ name: 'Dua Kali' }), { papers: ['KK', 'KK'] })
  expect(data?.child.papers.missing).toEqual(['AKTA', 'NIK', 'KIA'])
})

test('the same request id sent twice writes once; with another input it is refused (EC-46)', async () => {
  const requestId = randomUUID()
  const first = await register(boy({ name: 'Kembar Kirim' }), { requestId })
  const again = await register(boy({ name: 'Kembar Kirim' }), { requestId })
  expect(again.data?.child.id).toBe(first.data?.child.id)
  expect((await register(boy({ name: 'Lain Orang' }), { requestId })).code).toBe('REQUEST_ID_REUSED')
})

test('a NIK that another child holds is refused (EC-01, ID-08)', async () => {
  const nik = nextNik()
  await register(boy({ name: 'Pemilik Pertama', nik }))
  expect(await register(boy({ name: 'Pemilik Kedua', nik }))).toMatchObject({ code: 'NIK_TAKEN', field: 'nik' })
})

test('of two officers who register one NIK at the same moment one is refused (ID-08)', async () => {
  const nik = nextNik()
  const both = await Promise.all([
    register(boy({ name: 'Adu Cepat A', nik })),
    register(boy({ name: 'Adu Cepat B', nik })),
  ])
  expect(both.map((one) => one.__typename).sort()).toEqual(['NikTaken', 'RegisterChildSuccess'])
})

test('a kelurahan officer registers in the own kelurahan only (TUN-R3)', async () => {
  const answer = await register(boy({ name: 'Luar Wilayah' }), {}, 'kelurahan-krapyak')
  expect(answer.code).toBe('NOT_PERMITTED')
})

test('two children alike in two respects are marked for an officer, and never merged (ID-21)', async () => {
  await register(boy({ name: 'Raka Wijaya', birthDate: '2014-05-06' }))
  const twin = await register(boy({ name: 'Raka Wijaya', birthDate: '2014-05-06', motherName: 'Nur Hayati' }))
  expect(twin.data?.child.identity.match).toBe('MUNGKIN')
})

test('of two children alike who come in at the same moment the index notices the likeness (ID-21)', async () => {
  const twice = boy({ name: 'Datang Bersamaan', birthDate: '2014-08-17' })
  const both = await Promise.all([register(twice), register(twice), register(twice)])
  const verdicts = both.map(({ data }) => data?.child.identity.match).sort()
  expect(verdicts).toEqual(['SANGAT_MUNGKIN', 'SANGAT_MUNGKIN', 'TIDAK_ADA'])
})

test('a name is found by its key, whatever way MUHAMMAD is written (ID-20, EC-08)', async () => {
  await register(boy({ name: 'Moch. Ilham Cari', birthDate: '2012-01-09' }))
  const found = await network
    .subgraph('civil-registry', 'dukcapil')
    .ok<{ searchChildren: { nodes: { identity: { name: string } }[] } }>(
      `{ searchChildren(name: "Muhammad Ilham") { nodes { identity { name } } } }`,
    )
  expect(found.searchChildren.nodes.map((node) => node.identity.name)).toContain('Moch. Ilham Cari')
})

test.for([
  ['in another order', 'name: "Cari Kinasih"'],
  ['with a slip of the pen', 'name: "Kinasi"'],
  ['by one part and the birth year', 'name: "Kinasih", birthYear: 2011'],
  ['by one part and the mother', 'name: "Kinasih", motherName: "Wulandari"'],
])('a name is found %s (ID-20, ID-22)', async ([, asked]) => {
  const { data } = await register(boy({ name: 'Kinasih Cari', birthDate: '2011-02-03', motherName: 'Endah Wulandari' }))
  expect(await found(`searchChildren(${asked}, first: 100)`)).toContain(data?.child.id)
})

test.for([
  ['another birth year', 'name: "Larasati", birthYear: 2012'],
  ['another mother', 'name: "Larasati", motherName: "Sukarsih"'],
  ['a word that is not in it', 'name: "Larasati Gunawan"'],
])('a name is not found by %s (ID-20, ID-22)', async ([, asked]) => {
  const { data } = await register(
    boy({ name: 'Larasati Cari', birthDate: '2011-02-03', motherName: 'Endah Wulandari' }),
  )
  expect(await found('searchChildren(name: "Larasati", first: 100)')).toContain(data?.child.id)
  expect(await found(`searchChildren(${asked}, first: 100)`)).not.toContain(data?.child.id)
})

const found = async (field: string): Promise<readonly string[]> => {
  const { page } = await network
    .subgraph('civil-registry', 'dukcapil')
    .ok<{ page: { nodes: { id: string }[] } }>(`{ page: ${field} { nodes { id } } }`)
  return page.nodes.map(({ id }) => id)
}

test('a search by NIK finds the child and leaves an audit row, and the NIK stands nowhere in the database (PV-05, ID-09)', async () => {
  const nik = nextNik()
  const { data } = await register(boy({ name: 'Dicari Nik', nik }))
  const found = await network
    .subgraph('civil-registry', 'dukcapil')
    .ok<{ childByNik: { id: string } }>(`query ($nik: String!) { childByNik(nik: $nik) { id } }`, { nik })
  expect(found.childByNik.id).toBe(data?.child.id)
  const { app } = network.service('civil-registry')
  const rows = await app.db.$queryRawUnsafe<{ action: string }[]>(
    `SELECT action FROM platform.audit_entry WHERE $1::uuid = ANY(subjects) ORDER BY at`,
    data?.child.id,
  )
  expect(rows.map((row) => row.action)).toEqual(expect.arrayContaining(['person.register', 'nik.search']))
  const [leak] = await app.db.$queryRawUnsafe<{ n: bigint }[]>(
    `SELECT count(*) AS n FROM person, platform.outbox o, platform.audit_entry a
     WHERE person::text LIKE $1 OR o::text LIKE $1 OR a::text LIKE $1`,
    `%${nik}%`,
  )
  expect(leak?.n).toBe(0n)
})

test('who is found in a search or a working list is in the audit, though only ids were asked for (PV-05)', async () => {
  const { data } = await register(boy({ name: 'Tercatat Dicari' }))
  const dukcapil = network.subgraph('civil-registry', 'dukcapil')
  await dukcapil.ok(`{ searchChildren(name: "Tercatat") { nodes { id } } }`)
  await dukcapil.ok(`{ childrenWithoutPapers(missing: KK, first: 100) { nodes { id } } }`)
  expect(await permissionsReadOf(data?.child.id)).toEqual(expect.arrayContaining(['person.search', 'papers.read']))
})

test('the audit names what was shown of a child, the NIK by its own permission (PV-05)', async () => {
  const { data } = await register(boy({ name: 'Terbaca Nik', nik: nextNik() }))
  expect(await permissionsReadOf(data?.child.id)).toEqual(expect.arrayContaining(['person.read', 'nik.read']))
})

const permissionsReadOf = async (child: string | undefined): Promise<readonly string[]> => {
  const rows = await network.service('civil-registry').app.db.$queryRawUnsafe<{ permissions: string[] }[]>(
    `SELECT detail->'permissions' AS permissions FROM platform.audit_entry
       WHERE action = 'read' AND $1::uuid = ANY(subjects)`,
    child,
  )
  return rows.flatMap((row) => row.permissions)
}

test('pages of children follow each other without a gap or a repetition, and filter by birth date and place', async () => {
  const ids: (string | undefined)[] = []
  for (let n = 0; n < 5; n++) ids.push((await register(boy({ name: `Halaman Anak ${n}` }))).data?.child.id)
  await register(boy({ name: 'Halaman Lain', birthDate: '2013-03-03' }))
  await register(boy({ name: 'Halaman Jauh', address: { kelurahan: '33.75.01.1005' } }))
  type Answer = { page: { nodes: { id: string }[]; pageInfo: { endCursor: string | null } } }
  const walk = async (field: string) => {
    const seen: string[] = []
    let after: string | null = null
    do {
      const { page }: Answer = await network
        .subgraph('civil-registry', 'dukcapil')
        .ok<Answer>(
          `query ($after: String) { page: ${field}, first: 2, after: $after) { nodes { id } pageInfo { endCursor } } }`,
          { after },
        )
      seen.push(...page.nodes.map(({ id }) => id))
      after = page.pageInfo.endCursor
    } while (after !== null)
    return seen
  }
  const named = await walk('searchChildren(name: "Halaman", birthDate: "2013-03-02", kelurahan: "33.75.03.1004"')
  expect(named).toEqual(ids)
  const lacking = await walk('childrenWithoutPapers(missing: KK, kelurahan: "33.75.03.1004"')
  expect(lacking).toEqual([...new Set(lacking)])
  expect(lacking).toEqual(expect.arrayContaining(ids))
})

test('a page of children costs the same number of statements however many it holds (no N+1)', async () => {
  for (let n = 0; n < 12; n++) await register(boy({ name: `Banyak Anak ${n}`, birthDate: `2013-01-${n + 10}` }))
  await network.settle()
  const ask = (name: string) =>
    network
      .subgraph('civil-registry', 'dukcapil')
      .ok(`{ searchChildren(name: "${name}") { nodes { identity { name nik } papers { missing } } } }`)
  const [few, many] = [await statementsOf(() => ask('Banyak Anak 7')), await statementsOf(() => ask('Banyak Anak'))]
  expect(few.length).toBeGreaterThan(0)
  expect(many).toHaveLength(few.length)
})
