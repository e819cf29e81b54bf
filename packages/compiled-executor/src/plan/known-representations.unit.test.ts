import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KnownRepresentations, keyOf } from './known-representations.ts'

// Few names and values, so that many pairs are nearly the same.
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>('', '1', '1;', 'a', '1"a', 'n', '{', 1, 11, 0, -0, 0.5, true, false, null),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'a1;', '1"a', '__proto__', ''), tie('any'), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})).any

test('two values have the same key if they are the same JSON, and only then', () => {
  fc.assert(
    fc.property(value, value, (one, other) => {
      expect(keyOf(one) === keyOf(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
    }),
    { numRuns: 5_000 },
  )
})

test('what is no JSON has no key: it is asked for by itself', () => {
  for (const one of [Number.NaN, 1n, new Date(0), new Map(), () => 1, undefined]) {
    expect(keyOf(one)).toBeUndefined()
    expect(keyOf({ a: [one, 1] })).toBeUndefined()
  }
})

test('a field that is undefined is as one that is not there', () => {
  expect(keyOf({ a: 1, b: undefined })).toBe(keyOf({ a: 1 }))
})

const text = fc.constantFrom('a', 'b', '1"a')
const representation = fc.oneof(
  fc.record({ __typename: text, id: text }),
  fc.record({ __typename: text, code: text }),
  fc.record({ id: text, __typename: text }),
  fc.record({ __typename: text, id: fc.constantFrom(1, null, true) }),
  fc.record({ __typename: text, id: text, code: text }, { requiredKeys: ['__typename'] }),
)

test('each representation has the place of the first that is the same JSON', () => {
  fc.assert(
    fc.property(fc.array(representation, { maxLength: 12 }), (many) => {
      const known = new KnownRepresentations()
      const texts = many.map((one) => JSON.stringify(one))
      expect(many.map((one, at) => known.placeOf(one, at))).toEqual(texts.map((one) => texts.indexOf(one)))
    }),
    { numRuns: 2_000 },
  )
})
