import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyOf } from './representation.ts'

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
