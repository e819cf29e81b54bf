import { expect, test } from 'vitest'
import { fieldPaths, placeErrors } from './fetch-paths.ts'

const child = (id: string) => ({ __typename: 'Child', id })
const entities = (selection: string, representations: readonly object[], more = {}) => ({
  query: `query ($representations: [_Any!]!, $all: Boolean) { _entities(representations: $representations) { ${selection} } }`,
  variables: { representations, ...more },
})

test('the fields of a root fetch stand at their response names', () => {
  const query = 'query { me { name } them: me { __typename } ... on Query { child { id } } __typename }'
  expect(fieldPaths({ query, variables: {} })).toEqual([['me'], ['them'], ['child']])
})

test('the fields of an entity fetch stand under each representation of their type', () => {
  const representations = [child('a'), { __typename: 'School', npsn: '1' }, child('b')]
  expect(fieldPaths(entities('... on Child { level n: note } ... on School { name }', representations))).toEqual([
    ['_entities', 0, 'level'],
    ['_entities', 0, 'n'],
    ['_entities', 1, 'name'],
    ['_entities', 2, 'level'],
    ['_entities', 2, 'n'],
  ])
})

test('a condition on an interface, and a named fragment, hold for every representation', () => {
  const { query, variables } = entities('... on Person { ...parts }', [child('a')])
  const fetch = { query: `${query} fragment parts on Person { level note }`, variables }
  expect(fieldPaths(fetch).map((path) => path[2])).toEqual(['level', 'note'])
})

test('what the representation already says, and what a condition leaves out, is not missing', () => {
  const selection = '... on Child { __typename id level @include(if: $all) note @skip(if: $all) }'
  expect(fieldPaths(entities(selection, [child('a')], { all: true }))).toEqual([['_entities', 0, 'level']])
})

test('an error inside an entity keeps its place; one at the entity or at all of them is repeated at each field', () => {
  const fetch = entities('... on Child { level note }', [child('a'), child('b')])
  const at = (...path: (string | number)[]) => ({ message: 'x', path })
  expect(placeErrors([at('_entities', 1, 'note', 'by')], fetch)).toEqual([at('_entities', 1, 'note', 'by')])
  expect(placeErrors([at('_entities', 1)], fetch)).toEqual([at('_entities', 1, 'level'), at('_entities', 1, 'note')])
  expect(placeErrors([at('_entities')], fetch)).toHaveLength(4)
  expect(placeErrors([{ message: 'x' }], fetch)).toHaveLength(4)
})
