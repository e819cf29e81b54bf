import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boy, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

let network: RegistryNetwork
let register: ReturnType<typeof registerAs>

beforeAll(async () => {
  network = await startRegistry()
  register = registerAs(network)
})
afterAll(() => network?.close())

const OFFICER = 'kelurahan-panjang-wetan'

test('who registers a child that looks like a hidden one is not told so: only the registry sees the verdict (PV-14, ID-21)', async () => {
  const hidden = await register(boy({ name: 'Anak Terlindung' }))
  await keepAt(network, hidden.data?.child.id, 4)
  const { data } = await register(boy({ name: 'Anak Terlindung' }), {}, OFFICER)
  expect(data?.child.identity).toMatchObject({ name: 'Anak Terlindung', match: null })
  const seen = await network
    .subgraph('civil-registry', 'dukcapil')
    .ok<{ _entities: [{ identity: object }] }>(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { identity { match } } } }`,
      { r: [{ __typename: 'Child', id: data?.child.id }] },
    )
  expect(seen._entities[0].identity).toEqual({ match: 'SANGAT_MUNGKIN' })
})

test('who registers the NIK of a hidden child is not told that it is held: both are kept, for the registry to decide (PV-14, EC-01)', async () => {
  const nik = nextNik()
  const hidden = await register(boy({ name: 'Nik Terlindung', nik }))
  await keepAt(network, hidden.data?.child.id, 4)
  const answer = await register(boy({ name: 'Nik Sama', nik }), {}, OFFICER)
  expect(answer.__typename).toBe('RegisterChildSuccess')
  expect((await register(boy({ name: 'Nik Sama Lagi', nik }), {}, OFFICER)).code).toBe('NIK_TAKEN')
})

test('who may know of the hidden child is told that the NIK is held (EC-01)', async () => {
  const nik = nextNik()
  const hidden = await register(boy({ name: 'Nik Rahasia', nik }))
  await keepAt(network, hidden.data?.child.id, 4)
  expect((await register(boy({ name: 'Nik Sama', nik }))).code).toBe('NIK_TAKEN')
})

test('a hidden child stands in no search and no working list of those who may not know of it (PV-14)', async () => {
  const { data } = await register(boy({ name: 'Tersembunyi Semua' }))
  await keepAt(network, data?.child.id, 4)
  const lists = `{ searchChildren(name: "Tersembunyi") { nodes { id } pageInfo { hasNextPage } }
                   childrenWithoutPapers(missing: KIA, first: 100) { nodes { id } } }`
  type Lists = Record<'searchChildren' | 'childrenWithoutPapers', { nodes: { id: string }[] }>
  const seenBy = async (persona: 'dukcapil' | typeof OFFICER) => {
    const found = await network.subgraph('civil-registry', persona).ok<Lists>(lists)
    return Object.values(found).map(({ nodes }) => nodes.some(({ id }) => id === data?.child.id))
  }
  expect(await seenBy('dukcapil')).toEqual([true, true])
  expect(await seenBy(OFFICER)).toEqual([false, false])
})

test('a request repeated after its child was hidden gives back the id and nothing of the child (PV-14, EC-46)', async () => {
  const [child, requestId] = [boy({ name: 'Lalu Terlindung' }), randomUUID()]
  const first = await register(child, { requestId }, OFFICER)
  await keepAt(network, first.data?.child.id, 4)
  const again = await register(child, { requestId }, OFFICER)
  expect(again.data?.child).toEqual({ id: first.data?.child.id, identity: null, papers: null })
})
