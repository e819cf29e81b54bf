import { randomUUID } from 'node:crypto'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepAt, nextNik, type RegistryNetwork, startRegistry } from '../test-registry.ts'
import { alike, decideAs, pairsIn, pairsOf } from './test-desk.ts'

let network: RegistryNetwork
let decide: ReturnType<typeof decideAs>

beforeAll(async () => {
  network = await startRegistry()
  decide = decideAs(network)
})
afterAll(() => network?.close())

const db = () => network.service('civil-registry').app.db

describe('what waits for an officer (ID-21)', () => {
  test('two records that look alike wait side by side, the older one left, with what is alike and what is not', async () => {
    const [older, newer] = await alike(network, 2, { name: 'Moch. Rizki' }, { nik: nextNik() })
    const { nodes } = await pairsIn(network)
    expect(nodes.find(({ left }) => left.id === older)).toMatchObject({
      left: { id: older, identity: { name: 'Moch. Rizki' } },
      right: { id: newer, identity: { name: 'Muhammad Rizki' } },
      state: 'MENUNGGU',
      verdict: 'SANGAT_MUNGKIN',
      hint: null,
      note: null,
      reasons: [
        { field: 'NIK', outcome: 'MISSING' },
        { field: 'NAME', outcome: 'EXACT' },
        { field: 'BIRTH_DATE', outcome: 'EXACT' },
        { field: 'MOTHER', outcome: 'SINGLE' },
        { field: 'SEX', outcome: 'SAME' },
        { field: 'ADDRESS', outcome: 'SAME_RT' },
      ],
    })
  })

  test('a child that looks like nobody makes no pair', async () => {
    const children = await alike(network, 1)
    expect(await pairsOf(network, children)).toEqual([])
  })

  test('twins wait with a hint that they may be twins, and are linked by nobody (EC-06)', async () => {
    const [one, other] = await alike(network, 2, { nik: nextNik() }, { nik: nextNik(), name: 'Muhammad Rizka' })
    const { nodes } = await pairsIn(network)
    expect(nodes.find(({ left }) => left.id === one)).toMatchObject({ hint: 'MUNGKIN_KEMBAR', right: { id: other } })
    expect(await db().$queryRawUnsafe('SELECT 1 FROM platform.child_alias WHERE linked')).toEqual([])
  })

  test('a pair holds codes and no value of what was compared (ID-09)', async () => {
    const nik = nextNik()
    await alike(network, 2, { nik, name: 'Ahmad Tersembunyi' }, { name: 'Ahmad Tersembunyi' })
    const rows = JSON.stringify(await db().matchPair.findMany())
    expect(rows).not.toContain(nik)
    expect(rows.toLowerCase()).not.toContain('tersembunyi')
  })

  test('the list comes in pages, oldest first, and a page costs the same statements whatever its length', async () => {
    await alike(network, 5)
    const all = (await pairsIn(network)).nodes.map(({ id }) => id)
    const walked: string[] = []
    for (let after: string | null = null, more = true; more; ) {
      const { nodes, pageInfo } = await pairsIn(network, { first: 3, after })
      walked.push(...nodes.map(({ id }) => id))
      after = pageInfo.endCursor
      more = pageInfo.hasNextPage
    }
    expect(walked).toEqual(all)
    expect(walked).toEqual(walked.toSorted())
    const costs = async (first: number) => (await statementsOf(() => pairsIn(network, { first }))).length
    expect(await costs(2)).toBe(await costs(8))
  })
})

describe('two persons (EC-06)', () => {
  test('a pair declared distinct is offered no more, and stands with its reason among the distinct', async () => {
    const [one, other] = await alike(network, 2)
    const { data } = await decide('declareDistinct', { childId: other, otherId: one, reason: 'Anak kembar.' })
    expect(data?.pair).toMatchObject({ state: 'BERBEDA', note: 'Anak kembar.' })
    expect(await pairsOf(network, [one ?? ''])).toEqual([])
    expect(await pairsOf(network, [one ?? ''], 'BERBEDA')).toEqual([[one, other]])
  })

  test('two records that the index never found may be declared distinct beforehand', async () => {
    const [[one], [other]] = [await alike(network, 1), await alike(network, 1)]
    await decide('declareDistinct', { childId: one, otherId: other })
    const { nodes } = await pairsIn(network, { state: 'BERBEDA' })
    expect(nodes.find(({ left }) => left.id === one)).toMatchObject({ verdict: null, reasons: [] })
  })

  test('a decision of distinct is taken once; it is taken back by its own deed and the pair waits again', async () => {
    const [childId, otherId] = await alike(network, 2)
    expect((await decide('reopenPair', { childId, otherId })).code).toBe('NOT_DECLARED_DISTINCT')
    await decide('declareDistinct', { childId, otherId })
    expect((await decide('declareDistinct', { childId, otherId })).code).toBe('DECLARED_DISTINCT')
    const { data } = await decide('reopenPair', { childId, otherId, reason: 'Akta baru ditunjukkan.' })
    expect(data?.pair).toMatchObject({ state: 'MENUNGGU', note: 'Akta baru ditunjukkan.' })
    expect(await pairsOf(network, [childId ?? ''])).toEqual([[childId, otherId]])
  })

  test('the same request id decides once, and each decision is in the audit with both children (EC-46, PV-05)', async () => {
    const [childId, otherId] = await alike(network, 2)
    const input = { childId, otherId, requestId: randomUUID() }
    const first = await decide('declareDistinct', input)
    expect(await decide('declareDistinct', input)).toEqual(first)
    const entries = await db().$queryRawUnsafe(
      `SELECT detail FROM platform.audit_entry WHERE action = 'match.review' AND subjects @> ARRAY[$1, $2]::uuid[]`,
      childId,
      otherId,
    )
    expect(entries).toEqual([{ detail: { decision: 'BERBEDA' } }])
  })
})

describe('refused', () => {
  test('the same record twice, and a reason that holds a NIK or nothing, all at once (ID-09)', async () => {
    const [childId] = await alike(network, 1)
    const { problems } = await decide('declareDistinct', { childId, otherId: childId })
    expect(problems).toMatchObject([{ field: 'otherId' }])
    const otherId = randomUUID()
    const noted = await decide('declareDistinct', { childId, otherId, reason: `NIK ${nextNik()}` })
    expect(noted.problems).toEqual([{ field: 'reason', rule: 'ID-09' }])
    const empty = await decide('declareDistinct', { childId, otherId, reason: ' ' })
    expect(empty.problems).toMatchObject([{ field: 'reason' }])
  })

  test('a record nobody has, named by its field', async () => {
    const [childId] = await alike(network, 1)
    const answer = await decide('declareDistinct', { childId, otherId: randomUUID() })
    expect(answer).toMatchObject({ code: 'CHILD_NOT_FOUND', field: 'otherId' })
  })

  test('whoever is not of the registry sees no pair and decides on none (DESIGN-4)', async () => {
    const [childId, otherId] = await alike(network, 2)
    const asked = network.subgraph('civil-registry', 'petugas-sosial')
    const { data, errors } = await asked<{ reviewPairs: unknown }>('{ reviewPairs { nodes { id } } }')
    expect(data?.reviewPairs).toBeNull()
    expect(errors.map(({ extensions }) => extensions.reason)).toEqual(['ROLE'])
    const answer = await decideAs(network, 'petugas-sosial')('declareDistinct', { childId, otherId })
    expect(answer.code).toBe('NOT_PERMITTED')
  })

  test('a pair with a hidden child is the registry’s to decide, and shows with the child’s own level (PV-14)', async () => {
    const [one, other] = await alike(network, 2)
    await keepAt(network, other, 4)
    expect(await pairsOf(network, [one ?? ''])).toEqual([[one, other]])
  })
})
