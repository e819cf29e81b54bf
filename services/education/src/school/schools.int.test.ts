import { schemaDrift } from '@satuanak/service-kit'
import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { prismaFolder } from '../service.ts'
import { type House, KRAPYAK, OTHER_SMP, openHouse, PKBM, SMP } from '../test-house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse(inject('postgresUrl'))
})
afterAll(() => house?.close())

interface Page {
  readonly schools: {
    readonly nodes: readonly { readonly npsn: string }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  }
}
const list = async (args: string) => {
  const query = `{ schools(${args}) { nodes { npsn name levels provider kelurahan capacity } pageInfo { hasNextPage endCursor } } }`
  return (await house.as('orang-tua').ok<Page>(query)).schools
}
const numbers = ({ nodes }: Page['schools']) => nodes.map(({ npsn }) => npsn)

test('the SQL migrations say what schema.prisma says', async () => {
  expect(await schemaDrift({ databaseUrl: house.network.databaseUrl('education'), folder: prismaFolder })).toBeNull()
})

test('anyone may look for a school by place, level, provider and name (ID-14)', async () => {
  expect(numbers(await list(`kelurahan: "${KRAPYAK}"`))).toEqual([OTHER_SMP])
  expect(numbers(await list('level: PAKET_B'))).toEqual([PKBM])
  expect(numbers(await list('provider: SCHOOL'))).toEqual([SMP, OTHER_SMP])
  expect(numbers(await list('search: "smp negeri 52"'))).toEqual([OTHER_SMP])
  expect(numbers(await list('search: "%"'))).toEqual([])
})

test('pages follow each other without a gap or a repetition, by name', async () => {
  const first = await list('first: 2')
  const second = await list(`first: 2, after: "${first.pageInfo.endCursor}"`)
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false])
  expect([...numbers(first), ...numbers(second)]).toEqual([PKBM, SMP, OTHER_SMP])
})

test('an NPSN is read as people write it, and one that nobody has is null (ID-13)', async () => {
  const ask = (npsn: string) => house.as('pkbm').ok(`query ($npsn: String!) { school(npsn: $npsn) { npsn } }`, { npsn })
  expect(await ask('p 9900001')).toEqual({ school: { npsn: PKBM } })
  expect(await ask('99999999')).toEqual({ school: null })
  expect(await ask('x'.repeat(200_000))).toEqual({ school: null })
})

test('a school is an entity that other subgraphs may name', async () => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on School { name } } }`
  const representations = [SMP, '99999999'].map((npsn) => ({ __typename: 'School', npsn }))
  const { data } = await house.as('bapperida')(query, { r: representations })
  expect(data?._entities).toEqual([{ name: 'SMP Negeri 51 Contoh' }, null])
})

const BAD_QUERIES = [
  ['a kelurahan that is none', 'kelurahan: "33.75"', 'kelurahan', 'ID-23'],
  ['a huge search', `search: "${'x'.repeat(2000)}"`, 'search', 'ID-13'],
  ['invisible characters in the search', 'search: "smp\\u202e"', 'search', 'ID-13'],
] as const

test.for(BAD_QUERIES)('a list with %s is refused with field and rule', async ([, args, field, rule]) => {
  const answer = await house.as('orang-tua')(`{ schools(${args}) { nodes { npsn } } }`)
  expect(answer.errors[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', field, rule })
})

test('a page of schools costs one statement whatever its length (no N+1)', async () => {
  const [few, many] = [await statementsOf(() => list('first: 1')), await statementsOf(() => list('first: 3'))]
  expect([few.length, many.length]).toEqual([1, 1])
})
