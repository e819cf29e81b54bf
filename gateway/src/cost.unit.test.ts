import { buildSchema, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse } from 'graphql'
import { expect, test } from 'vitest'
import { costOf } from './cost.ts'

const schema = buildSchema(`
  type Query { me: Person children(first: Int, after: String): Children! search(name: String): [Child!] }
  type Person { name: String }
  type Children { nodes: [Child]! pageInfo: PageInfo! }
  type PageInfo { hasNextPage: Boolean! }
  type Child { id: ID! school: School papers: [Paper!]! names: [String!]! siblings(first: Int): Children! }
  type School { name: String }
  type Paper { kind: String }
`)

function cost(text: string, variables: Record<string, unknown> = {}): number {
  const { definitions } = parse(text)
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const one of definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one)
  return costOf(schema, definitions[0] as OperationDefinitionNode, fragments, variables)
}

test('an object costs 1, what stands in it nothing', () => {
  expect(cost('{ me { name a: name } }')).toBe(1)
  expect(cost('{ __typename __schema { types { name } } }')).toBe(0)
})

test('a page costs itself and what is asked of each of its members', () => {
  expect(cost('{ children(first: 3) { nodes { id } } }')).toBe(1 + 3)
  expect(cost('{ children(first: 3) { nodes { id school { name } } pageInfo { hasNextPage } } }')).toBe(1 + 3 * 2 + 1)
})

test('without `first` it is the usual page, and no longer than the longest', () => {
  expect(cost('{ children { nodes { id } } }')).toBe(1 + 20)
  expect(cost('{ children(first: 1000000) { nodes { id } } }')).toBe(1 + 100)
  expect(cost('{ children(first: -5) { nodes { id } } }')).toBe(1 + 1)
})

test('`first` may be a variable', () => {
  const query = 'query ($n: Int) { children(first: $n) { nodes { id } } }'
  expect([cost(query, { n: 7 }), cost(query), cost(query, { n: 'viel' })]).toEqual([8, 21, 21])
})

test('a list that says nothing of its length is counted with 10; a list of scalars comes with its object', () => {
  expect(cost('{ search(name: "a") { id names papers { kind } } }')).toBe(10 * (1 + 10))
})

test('pages within pages multiply', () => {
  const query = '{ children(first: 100) { nodes { siblings(first: 100) { nodes { school { name } } } } } }'
  expect(cost(query)).toBe(1 + 100 * (1 + (1 + 100 * 2)))
})

test('a fragment costs what its fields cost wherever it is spread, and a circle ends', () => {
  expect(
    cost(
      '{ children(first: 4) { ...page } me { ...who } } fragment page on Children { nodes { ...c } } fragment c on Child { school { name } } fragment who on Person { name }',
    ),
  ).toBe(1 + 4 * 2 + 1)
  expect(
    cost('{ search { ...c } } fragment c on Child { school { name } siblings(first: 2) { nodes { ...c } } }'),
  ).toBe(10 * (1 + 1 + 1 + 2))
})

test('fragments that double 20 times are counted in one visit each', () => {
  const doubling = Array.from({ length: 20 }, (_, at) => `fragment f${at} on Child { ...f${at + 1} ...f${at + 1} }`)
  const query = `{ search { ...f0 } } ${doubling.join(' ')} fragment f20 on Child { school { name } }`
  expect(cost(query)).toBe(10 * (1 + 2 ** 20))
})
