import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { boy, keepAt, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'
import { alike, decideAs, pairsOf } from './test-desk.ts'

let network: RegistryNetwork
let decide: ReturnType<typeof decideAs>

beforeAll(async () => {
  network = await startRegistry()
  decide = decideAs(network)
})
afterAll(() => network?.close())

const db = () => network.service('civil-registry').app.db

interface Seen {
  readonly id: string
  readonly identity: { readonly ids: string[]; readonly name: string } | null
  readonly identifierFlags: { readonly code: string; readonly level: string; readonly recordId: string }[] | null
}

/** The person behind each id, as another agency's reference would resolve it. */
async function seen(...ids: (string | undefined)[]): Promise<Seen[]> {
  const { _entities } = await network.subgraph('civil-registry', 'dukcapil').ok<{ _entities: Seen[] }>(
    `query ($r: [_Any!]!) { _entities(representations: $r) {
       ... on Child { id identity { ids name } identifierFlags { code level recordId } } } }`,
    { r: ids.map((id) => ({ __typename: 'Child', id })) },
  )
  return _entities
}
const idsOf = async (...ids: (string | undefined)[]) => (await seen(...ids)).map(({ identity }) => identity?.ids)

/** What the registry told of these children, in order. */
async function told(...ids: (string | undefined)[]) {
  const rows = await db().$queryRawUnsafe<{ type: string; data: object; sensitivity: number }[]>(
    `SELECT split_part(type, 'person.', 2) AS type, envelope->'data' AS data, (envelope->>'sensitivity')::int AS sensitivity
     FROM platform.outbox WHERE subject = ANY($1::uuid[]) AND type ~ 'merged|split|flagged' ORDER BY seq`,
    ids,
  )
  return rows.map(({ type, data, sensitivity }) => ({ type: type.replace('.v1', ''), ...data, sensitivity }))
}

describe('two records, one child (ADR 0008)', () => {
  let a: string | undefined
  let b: string | undefined
  let c: string | undefined
  beforeEach(async () => {
    ;[a, b, c] = await alike(network, 3)
  })

  test('linked, either id leads to the one child under all its ids, the kept one first, and others are told', async () => {
    const { data } = await decide('linkChildren', { keepId: b, aliasId: a, reason: 'KK yang sama.' })
    expect(data?.pair).toMatchObject({ state: 'DITAUTKAN', note: 'KK yang sama.' })
    expect(await idsOf(a, b, c)).toEqual([[b, a], [b, a], [c]])
    expect(await told(a, b)).toEqual([{ type: 'merged', alias: a, canonical: b, sensitivity: 2 }])
    expect(await pairsOf(network, [a ?? ''], 'DITAUTKAN')).toEqual([[a, b]])
  })

  test('unlinked, each stands apart as before; the two are distinct, offered no more', async () => {
    const before = await seen(a, b, c)
    await decide('linkChildren', { keepId: b, aliasId: a })
    const { data } = await decide('unlinkChildren', { aliasId: a, reason: 'Ternyata sepupu.' })
    expect(data?.pair).toMatchObject({ state: 'BERBEDA', note: 'Ternyata sepupu.' })
    expect(await seen(a, b, c)).toEqual(before)
    expect((await told(a, b)).at(-1)).toEqual({ type: 'split', alias: a, canonical: b, sensitivity: 2 })
    expect(await pairsOf(network, [a ?? '', b ?? ''])).toEqual([
      [a, c],
      [b, c],
    ])
  })

  test('a linked person linked again goes over whole; each link is taken back by its own alias and leaves the other', async () => {
    await decide('linkChildren', { keepId: a, aliasId: b })
    // Named by its alias: the person is meant, so its canonical id becomes the alias.
    await decide('linkChildren', { keepId: c, aliasId: b })
    expect(await idsOf(a)).toEqual([[c, a, b]])
    await decide('unlinkChildren', { aliasId: b })
    expect(await idsOf(a, b)).toEqual([[c, a], [b]])
    await decide('unlinkChildren', { aliasId: a })
    expect(await idsOf(a, b, c)).toEqual([[a], [b], [c]])
  })

  test('two of three linked, the third is one question and no longer two', async () => {
    expect(await pairsOf(network, [a ?? '', b ?? '', c ?? ''])).toHaveLength(3)
    await decide('linkChildren', { keepId: a, aliasId: b })
    expect(await pairsOf(network, [a ?? '', b ?? '', c ?? ''])).toEqual([[a, c]])
  })

  test('declared distinct from one record, a child is never offered with its other records, nor with those that come (EC-06)', async () => {
    await decide('linkChildren', { keepId: a, aliasId: b })
    await decide('declareDistinct', { childId: c, otherId: b })
    expect(await pairsOf(network, [c ?? ''])).toEqual([])
    const { identity } = (await seen(a))[0] ?? {}
    const [row] = await db().person.findMany({ where: { id: a ?? '' } })
    const more = {
      name: identity?.name,
      motherName: row?.motherName,
      birthDate: row?.birthDate?.toISOString().slice(0, 10),
    }
    const [late] = await alike(network, 1, more)
    await decide('linkChildren', { keepId: a, aliasId: late })
    expect(await pairsOf(network, [c ?? ''])).toEqual([])
    expect((await decide('linkChildren', { keepId: c, aliasId: late })).code).toBe('DECLARED_DISTINCT')
  })

  test('refused: the same record, a linked one, one nobody knows, an unlink of what is not linked', async () => {
    expect((await decide('linkChildren', { keepId: a, aliasId: a })).problems).toMatchObject([{ field: 'aliasId' }])
    const unknown = await decide('linkChildren', { keepId: randomUUID(), aliasId: a })
    expect(unknown).toMatchObject({ code: 'CHILD_NOT_FOUND', field: 'keepId' })
    expect(await decide('unlinkChildren', { aliasId: a })).toMatchObject({ code: 'NOT_LINKED', field: 'aliasId' })
    await decide('linkChildren', { keepId: a, aliasId: b })
    expect((await decide('linkChildren', { keepId: b, aliasId: a })).code).toBe('ALREADY_ONE_PERSON')
    expect((await decide('declareDistinct', { childId: b, otherId: a })).code).toBe('ALREADY_ONE_PERSON')
    expect((await decide('unlinkChildren', { aliasId: a })).code).toBe('NOT_LINKED')
  })

  test('of two links at the same moment that would make a circle only the first is taken', async () => {
    const answers = await Promise.all([
      decide('linkChildren', { keepId: a, aliasId: b }),
      decide('linkChildren', { keepId: b, aliasId: a }),
    ])
    expect(answers.map(({ code }) => code ?? 'taken').toSorted()).toEqual(['ALREADY_ONE_PERSON', 'taken'])
  })

  test('linked with a hidden child, the one person is hidden, and what is told is told at that level (PV-14)', async () => {
    await keepAt(network, b, 4)
    await decide('linkChildren', { keepId: a, aliasId: b })
    expect(await told(a)).toMatchObject([{ type: 'merged', sensitivity: 4 }])
    const asked = network.subgraph('civil-registry', 'kelurahan-panjang-wetan')
    const { data } = await asked(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { identity { name } } } }`,
      {
        r: [{ __typename: 'Child', id: a }],
      },
    )
    expect(data).toEqual({ _entities: [{ identity: null }] })
  })
})

describe('NIKs in doubt', () => {
  /** Someone like nobody else comes with this NIK to an officer who may not know of its hidden holder. */
  const stranger = (nik: string) =>
    registerAs(network)(
      boy({ name: 'Orang Lain', motherName: `Ibu ${nik.slice(-4)}`, nik }),
      {},
      'kelurahan-panjang-wetan',
    )

  test('two who claim one NIK are both kept and flagged, wait for an officer, and nobody learns of the hidden one (EC-01, PV-14)', async () => {
    const nik = nextNik()
    const [one] = await alike(network, 1, { nik })
    await keepAt(network, one, 4)
    const { data } = await stranger(nik)
    const other = data?.child.id
    const flag = { code: 'DIPAKAI_BERSAMA', level: 'BLOKIR' }
    expect((await seen(one, other)).map(({ identifierFlags }) => identifierFlags)).toEqual([
      [{ ...flag, recordId: one }],
      [{ ...flag, recordId: other }],
    ])
    const event = { type: 'identifier.flagged', ...flag, sensitivity: 4 }
    expect(await told(one, other)).toMatchObject([
      { ...event, type: 'NIK' },
      { ...event, type: 'NIK' },
    ])
    expect(await pairsOf(network, [other ?? ''])).toEqual([[one, other]])
  })

  test('one person with two NIKs is linked, the alias’s is marked as perhaps one too many, and an unlink takes the mark back (EC-02)', async () => {
    const [a, b] = await alike(network, 2, { nik: nextNik() }, { nik: nextNik() })
    await decide('linkChildren', { keepId: b, aliasId: a })
    const [person] = await seen(b)
    expect(person?.identifierFlags).toEqual([{ code: 'DIDUGA_GANDA', level: 'PERIKSA', recordId: a }])
    expect(await told(a)).toMatchObject([{ type: 'NIK', code: 'DIDUGA_GANDA', level: 'PERIKSA' }])
    await decide('unlinkChildren', { aliasId: a })
    expect((await seen(a, b)).map(({ identifierFlags }) => identifierFlags)).toEqual([[], []])
  })

  test('two records with one NIK that an officer links are one person with one NIK: no flag is left (EC-01)', async () => {
    const nik = nextNik()
    const [hidden] = await alike(network, 1, { nik })
    await keepAt(network, hidden, 4)
    const { data } = await stranger(nik)
    await decide('linkChildren', { keepId: hidden, aliasId: data?.child.id })
    expect((await seen(hidden))[0]?.identifierFlags).toEqual([])
    await decide('unlinkChildren', { aliasId: data?.child.id })
    expect((await seen(hidden))[0]?.identifierFlags).toMatchObject([{ code: 'DIPAKAI_BERSAMA' }])
  })

  test('whoever is not of the registry is told of no flag (PV-14)', async () => {
    const [a] = await alike(network, 1)
    const asked = network.subgraph('civil-registry', 'petugas-sosial')
    const { data } = await asked(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { identifierFlags { code } } } }`,
      {
        r: [{ __typename: 'Child', id: a }],
      },
    )
    expect(data).toEqual({ _entities: [{ identifierFlags: null }] })
  })
})
