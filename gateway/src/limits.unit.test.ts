import { getIntrospectionQuery, parse } from 'graphql'
import { expect, test } from 'vitest'
import { createOperationCheck, OPERATION_LIMITS, sizeOf } from './limits.ts'

const check = createOperationCheck(OPERATION_LIMITS)
const limitOf = (query: string, variables: unknown = {}) => check(query, variables)?.limit
const nested = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`
const repeat = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => one(at)).join(' ')

test.each([
  ['depth', 12, nested],
  ['rootFields', 20, (count: number) => `{ ${repeat(count, () => 'a')} }`],
  ['fields', 500, (count: number) => `{ x { ${repeat(count - 1, () => 'a')} } }`],
  ['aliases', 30, (count: number) => `{ x { ${repeat(count, (at) => `a${at}: __typename`)} } }`],
  ['directives', 30, (count: number) => `{ a ${repeat(count, () => '@skip(if: false)')} }`],
  ['tokens', 2_000, (count: number) => `query(${repeat((count - 7) / 4, (at) => `$v${at}: I`)}) { a }`],
])('an operation at the limit of %s (%d) passes, one more is refused', (limit, max, of) => {
  expect(limitOf(of(max))).toBeUndefined()
  expect(limitOf(of(max + (limit === 'tokens' ? 4 : 1)))).toBe(limit)
})

test('a fragment counts wherever it is spread', () => {
  const size = sizeOf(parse('{ a { ...f } b { ...f } } fragment f on T { x: y z }'))
  expect(size).toEqual({ depth: 2, fields: 6, rootFields: 2, aliases: 2, directives: 0 })
})

test('932 bytes of fragments nested 20 deep, each spread twice, are refused at once', () => {
  const fragments = repeat(20, (at) => `fragment f${at} on T { ...f${at + 1} ...f${at + 1} }`)
  const query = `{ a { ...f0 } } ${fragments} fragment f20 on T { b }`
  const before = process.cpuUsage()
  expect(limitOf(query)).toBe('fields')
  // Microseconds of the CPU: opened one by one, its two million fields take seconds.
  expect(process.cpuUsage(before).user).toBeLessThan(50_000)
})

test('fragments in a circle end; validation refuses them', () => {
  expect(limitOf('{ ...f } fragment f on Query { a ...g } fragment g on Query { b ...f }')).toBeUndefined()
})

test('the largest of several operations counts', () => {
  expect(limitOf(`query small { a } query large ${nested(13)}`)).toBe('depth')
})

test('introspection, as GraphiQL asks it, passes: its depth is bounded by graphql-js', () => {
  expect(limitOf(getIntrospectionQuery({ inputValueDeprecation: true, schemaDescription: true }))).toBeUndefined()
})

test('what does not parse is left to the server, which says where', () => {
  expect(limitOf('{ a ')).toBeUndefined()
  expect(limitOf('{ a("\u0000') ?? limitOf('')).toBeUndefined()
})

test('variables nested past the limit are refused, without a walk to their end', () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) as unknown
  expect(limitOf('{ a }', { input: deep })).toBe('variableDepth')
  expect(limitOf('{ a }', { input: { address: { rt: ['001'] } } })).toBeUndefined()
})

test('a verdict is remembered for short documents only, and never more than 500 of them', () => {
  for (let at = 0; at < 2_000; at++) expect(limitOf(`{ a${at} }`)).toBeUndefined()
  expect(limitOf(nested(13))).toBe('depth')
  expect(limitOf(nested(13))).toBe('depth')
})
