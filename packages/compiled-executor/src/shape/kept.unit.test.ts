import { expect, test } from 'vitest'
import type { Named } from '../own.ts'
import { hasExactly, kept } from './kept.ts'
import { type Complete, FAILED, INVALID, type ShapeRun } from './run.ts'

const run = (): ShapeRun => ({ variables: {}, path: [], errors: [], given: undefined })
const asItIs: Complete = (value) => value
const never: Complete = () => FAILED
const mayNotBeNull: Complete = (value) => (value === null ? INVALID : value)

const keep = (input: Named, completes: readonly Complete[]) =>
  kept({ names: Object.keys(input), completes }, input, run())

test('an object whose values may all stay is the answer itself, and is not written to', () => {
  const input = Object.freeze({ a: 1, b: Object.freeze({ c: 2 }) })
  expect(keep(input, [asItIs, asItIs])).toBe(input)
})
test('one value that may not stay makes a new object, in the same order, and leaves the old one', () => {
  const input = Object.freeze({ a: 1, b: 'wrong', c: 3 })
  const made = keep(input, [asItIs, never, asItIs])
  expect(JSON.stringify(made)).toBe('{"a":1,"b":null,"c":3}')
  expect(input.b).toBe('wrong')
})
test('a value that is not there is null', () => {
  expect(JSON.stringify(keep({ a: undefined, b: 2 }, [asItIs, asItIs]))).toBe('{"a":null,"b":2}')
})
test('where a value may not be null, what comes after is not looked at', () => {
  const seen: unknown[] = []
  const look: Complete = (value) => {
    seen.push(value)
    return value
  }
  expect(keep({ a: null, b: 2 }, [mayNotBeNull, look])).toBe(FAILED)
  expect(seen).toEqual([])
})
test.each([
  [{ a: 1, b: 2 }, true],
  [{ b: 2, a: 1 }, false],
  [{ a: 1 }, false],
  [{ a: 1, b: 2, c: 3 }, false],
  [{ __typename: 'T', a: 1, b: 2 }, false],
])('%j has exactly a and b, in this order: %s', (object, has) => {
  expect(hasExactly(object, ['a', 'b'])).toBe(has)
})
