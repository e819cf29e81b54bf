import { labelledSet } from '@satuanak/demo-city'
import { expect, test } from 'vitest'
import { estimateFrom, weightsBeside } from './test-estimates.ts'
import { measure, precisionOf, recallOf } from './test-figures.ts'

/** Small enough for every run; `npm run bench -- matching` measures 100,000. */
const set = await labelledSet({
  seed: 2026,
  records: 12_000,
  duplicates: 0.05,
  today: Temporal.PlainDate.from('2026-11-23'),
})
const figures = measure(set)

test('near-certain pairs are one child’s in 999 of 1,000, twins and siblings’ NIKs among them (ID-21, EC-01, EC-06)', () => {
  expect(figures.automatic.right).toBeGreaterThan(150)
  expect(precisionOf(figures.automatic)).toBeGreaterThanOrEqual(0.999)
})

test('of the children written down twice an officer is asked about 98 in 100, those that no key finds counted (ID-21)', () => {
  expect(figures.truePairs).toBe(600)
  expect(recallOf(figures.review, figures)).toBeGreaterThanOrEqual(0.98)
})

test('an officer is asked about one pair in every five records at most, and looks for little in vain (ID-21)', () => {
  expect((figures.review.right + figures.review.wrong) / figures.records).toBeLessThan(0.2)
  expect(figures.compared / figures.records).toBeLessThan(40)
})

test('estimated again, without its labels, the table comes out as it is written (ID-21)', () => {
  // What was hardly seen among some 400 pairs says little.
  const seen = weightsBeside(estimateFrom(set, 1, 300_000)).filter(({ written }) => written.m >= 0.05)
  expect(seen.length).toBeGreaterThanOrEqual(20)
  expect(seen.filter(({ written, estimated }) => Math.abs(estimated.weight - written.weight) > 2)).toEqual([])
})
