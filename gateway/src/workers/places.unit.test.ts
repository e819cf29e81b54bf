import { expect, test } from 'vitest'
import { deathsInARow, freeNumber, pauseAfter } from './places.ts'

test('a new worker takes the lowest number that is free', () => {
  expect([freeNumber([]), freeNumber([1, 2]), freeNumber([3, 1])]).toEqual([1, 3, 2])
})

test('the pause before a replacement grows to ten seconds while replacements do not last', () => {
  const pauses = [1, 2, 3, 4, 5, 6, 7, 50].map(pauseAfter)
  expect(pauses).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000])
})

test('a worker that lasted half a minute begins a new row of deaths', () => {
  expect(deathsInARow(5, 29_999)).toBe(6)
  expect(deathsInARow(5, 30_000)).toBe(1)
})
