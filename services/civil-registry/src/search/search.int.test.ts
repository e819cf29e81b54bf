import { PERSONAS } from '@satuanak/demo-city'
import { statementsOf } from '@satuanak/testkit'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RegistryNetwork, startRegistry } from '../test-registry.ts'
import { isLike, wordsOf } from './domain.ts'
import { type Place, type SearchChildren, searchChildren } from './search-children.ts'

let network: RegistryNetwork

beforeAll(async () => {
  network = await startRegistry()
})
afterAll(() => network?.close())

const dbOf = () => network.service('civil-registry').app.db

interface Row {
  readonly id: string
  readonly name: string
  readonly mother: string | null
  readonly birthDate: string | null
  readonly kelurahan: string | null
}

/** Writes persons by plain SQL, which knows of no search. */
async function write(rows: readonly Row[]): Promise<void> {
  await dbOf().$executeRaw`
    INSERT INTO person (id, name, name_key, sex, birth_date, birth_precision, mother_key, kelurahan, match_verdict, registered_by, registered_at)
    SELECT id, name, name, 'L', birth_date, 'HARI', mother, kelurahan, 'TIDAK_ADA', 'DUKCAPIL', now()
    FROM jsonb_to_recordset(${JSON.stringify(rows.map(({ birthDate, ...row }) => ({ ...row, birth_date: birthDate })))}::jsonb)
      AS one (id uuid, name text, birth_date date, mother text, kelurahan text)`
}

type Asked = Omit<SearchChildren, 'after' | 'limit'>

/** Every page from the first to the last, each looking at `most` persons. */
async function walk(persona: 'dukcapil' | 'kelurahan-panjang-wetan', asked: Asked, limit: number, most?: number) {
  const { app } = network.service('civil-registry')
  const seen: string[] = []
  let after: Place | null = null
  do {
    const { places, stoppedAt } = await searchChildren(
      app,
      PERSONAS[persona].caller,
      { ...asked, after, limit },
      ...(most === undefined ? [] : [most]),
    )
    seen.push(...places.map(([, id]) => id))
    after = stoppedAt ?? (places.length === limit ? (places.at(-1) ?? null) : null)
  } while (after !== null)
  return seen
}

/** What is meant, person by person: no index, no page, nothing bounded. */
function model(rows: readonly Row[], asked: Asked, own: string | null): readonly string[] {
  const holds = (key: string | null, words: readonly string[], same: (one: string, other: string) => boolean) =>
    words.every((word) => (key ?? '').split(' ').some((standing) => same(word, standing)))
  const fits = (row: Row, same: (one: string, other: string) => boolean) =>
    holds(row.name, wordsOf(asked.name), same) &&
    holds(row.mother, asked.motherName ? wordsOf(asked.motherName) : [], same) &&
    (!asked.birthYear || row.birthDate?.startsWith(String(asked.birthYear)) === true) &&
    (!asked.birthDate || row.birthDate === asked.birthDate) &&
    (!asked.kelurahan || row.kelurahan === asked.kelurahan) &&
    (own === null || row.kelurahan === own)
  const byId = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const exact = byId.filter((row) => fits(row, (one, other) => one === other))
  return [...exact, ...byId.filter((row) => fits(row, isLike) && !exact.includes(row))].map(({ id }) => id)
}

const OWN = '33.75.03.1004'
const WORDS = [
  'BUDI',
  'BUDY',
  'BUDII',
  'ARDI',
  'ANDI',
  'NUR',
  'NUUR',
  'SOEHARTO',
  'SUHARTO',
  'SUHATRO',
  'DJOKO',
  'JOKO',
  'YOKO',
]
const name = fc.uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(' '))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { freq: 3 })
const kelurahan = fc.constantFrom(OWN, '33.75.01.1005')
const birthDate = fc.constantFrom('2011-01-01', '2011-12-31', '2012-01-01')
const row = fc.record({
  id: fc.uuid({ version: 7 }),
  name,
  mother: maybe(name),
  birthDate: maybe(birthDate),
  kelurahan: maybe(kelurahan),
})
const asked = fc.record({
  name,
  motherName: maybe(name),
  birthYear: maybe(fc.constantFrom(2011, 2012)),
  birthDate: fc.option(birthDate, { freq: 1 }),
  kelurahan: maybe(kelurahan),
})

test('a search finds exactly whom a plain reading of every name finds, exact names first, however short its stretches and pages (ID-20, ID-22)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(row, { maxLength: 25, selector: ({ id }) => id }),
      fc.array(asked, { minLength: 3, maxLength: 3 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      async (rows, queries, limit, most) => {
        await dbOf().$executeRaw`DELETE FROM person`
        await write(rows)
        for (const query of queries) {
          expect(await walk('dukcapil', query, limit, most)).toEqual(model(rows, query, null))
          expect(await walk('kelurahan-panjang-wetan', query, 100)).toEqual(model(rows, query, OWN))
        }
      },
    ),
    { numRuns: 25 },
  )
})

const PLACE = { mother: 'SITI', birthDate: '2012-01-01', kelurahan: OWN }
const ask = (asked: object) => walk('dukcapil', { name: 'x', ...asked }, 20)

test('a name, mother, birth date or place that changes is found as it is now, and one that is gone not at all (ID-20)', async () => {
  const [one, other] = ['0199a000-0000-7000-8000-000000000001', '0199a000-0000-7000-8000-000000000002']
  await write([
    { id: one, name: 'PERMADI', ...PLACE },
    { id: other, name: 'PERMADI', ...PLACE },
  ])
  expect(await ask({ name: 'Permadi' })).toEqual([one, other])
  await dbOf().$executeRaw`UPDATE person SET name_key = 'GANTI NAMA' WHERE id = ${one}::uuid`
  expect(await ask({ name: 'Permadi' })).toEqual([other])
  expect(await ask({ name: 'Ganti', motherName: 'Siti', birthYear: 2012, kelurahan: OWN })).toEqual([one])
  await dbOf().$executeRaw`
    UPDATE person SET mother_key = 'LAIN', birth_date = '2014-05-05', kelurahan = '33.75.01.1005' WHERE id = ${one}::uuid`
  expect(await ask({ name: 'Ganti', motherName: 'Lain', birthYear: 2014, kelurahan: '33.75.01.1005' })).toEqual([one])
  expect(await ask({ name: 'Ganti', kelurahan: OWN })).toEqual([])
  await dbOf().$executeRaw`DELETE FROM person`
  expect(await ask({ name: 'Ganti' })).toEqual([])
  expect(await ask({ name: 'Permadi' })).toEqual([])
})

test('words each of which very many bear end a page early, saying so and how to narrow it, and the next page goes on (ID-20)', async () => {
  const many = (word: string, block: string, key: string) => dbOf().$executeRaw`
    INSERT INTO search.person_word (kind, word, person_id, name_key)
    SELECT 'N', ${word}, (${block} || lpad(n::text, 12, '0'))::uuid, ${key} FROM generate_series(1, 10001) n`
  await many('UMUM', '0199b000-0000-7000-8000-', 'UMUM')
  await many('SERING', '0199b000-0000-7000-8001-', 'SERING')
  const last = '0199b000-0000-7000-8002-000000000001'
  await write([{ id: last, name: 'UMUM SERING', ...PLACE }])
  const page = async (after: string | null) => {
    const { searchChildren: found } = await network.subgraph('civil-registry', 'dukcapil', 'id').ok<{
      searchChildren: {
        nodes: object[]
        warnings: object[]
        pageInfo: { endCursor: string | null; hasNextPage: boolean }
      }
    }>(
      `query ($after: String) { searchChildren(name: "Umum Sering", after: $after) {
          nodes { id } warnings { field rule message } pageInfo { endCursor hasNextPage } } }`,
      { after },
    )
    return found
  }
  const first = await page(null)
  expect(first).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true } })
  expect(first.warnings).toEqual([
    { field: 'name', rule: 'ID-20', message: expect.stringMatching(/tahun lahir.*kelurahan/) },
  ])
  const second = await page(first.pageInfo.endCursor)
  expect(second).toMatchObject({ nodes: [{ id: last }], warnings: [], pageInfo: { hasNextPage: false } })
})

test('every kind of search reads its index, and no table from end to end', async () => {
  const db = dbOf()
  await db.$executeRaw`DELETE FROM search.person_word`
  const idOf = (n: number) => `0199c000-0000-7000-8000-${String(n).padStart(12, '0')}`
  /** A word of its own, more than a slip away from every other. */
  const rare = (n: number) =>
    n
      .toString(5)
      .padStart(6, '0')
      .replaceAll(/\d/g, (digit) => 'BACEDIFOGU'.slice(Number(digit) * 2, Number(digit) * 2 + 2))
  const pick = (n: number) => WORDS[n % WORDS.length] ?? ''
  await write(
    Array.from({ length: 1_000 }, (_, n) => ({
      id: idOf(n),
      name: `${pick(n)} ${pick(n >> 4)} ${rare(n)}`,
      ...PLACE,
    })),
  )
  await db.$executeRawUnsafe('ANALYZE')
  const kinds: Record<string, object> = {
    'one word': { name: 'Budi' },
    'two words': { name: 'Soeharto Budi' },
    'a rare word': { name: rare(77) },
    'a slip': { name: `${rare(77)}X` },
    'birth date': { name: 'Budi', birthDate: '2012-01-01' },
    'birth year': { name: 'Budi', birthYear: 2012 },
    mother: { name: 'Budi', motherName: 'Siti' },
    kelurahan: { name: 'Budi', kelurahan: OWN },
  }
  for (const [kind, asked] of Object.entries(kinds)) {
    const statements = await statementsOf(() => walk('kelurahan-panjang-wetan', { name: 'x', ...asked }, 20))
    const plans: object[] = []
    for (const text of statements) plans.push(await db.$queryRawUnsafe(`EXPLAIN (GENERIC_PLAN) ${text}`))
    const plan = JSON.stringify(plans)
    expect(plan, kind).toContain('Index Only Scan using person_word_pkey')
    expect(plan, kind).not.toMatch(/Seq Scan on (person|word)/)
  }
})
