import { labelledSet } from '@satuanak/demo-city'
import { expect, test } from 'vitest'
import { FIELDS } from './domain-compare.ts'
import { type Odds, PARAMETERS } from './domain-weights.ts'
import { estimateFrom } from './test-estimates.ts'
import { measure, precisionOf } from './test-figures.ts'

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
  expect(figures.review.right / figures.truePairs).toBeGreaterThanOrEqual(0.98)
})

test('an officer is asked about one pair in every five records at most, and looks for little in vain (ID-21)', () => {
  expect((figures.review.right + figures.review.wrong) / figures.records).toBeLessThan(0.2)
  expect(figures.compared / figures.records).toBeLessThan(40)
})

test('estimated again, without its labels, the table comes out as it is written (ID-21)', () => {
  const { m, u } = estimateFrom(set, 1, 300_000)
  const apart = FIELDS.filter((field) => field !== 'NIK').flatMap((field) =>
    Object.entries<Odds>(PARAMETERS[field])
      // What was hardly seen among some 400 pairs says little.
      .filter(([, [seen]]) => seen >= 0.05)
      .map(([outcome, [givenM, givenU]]) => {
        const [newM = 0, newU = 0] = [m, u].map((shares) => (shares[field] as Record<string, number>)[outcome])
        return { outcome: `${field} ${outcome}`, bits: Math.log2(newM / newU) - Math.log2(givenM / givenU) }
      }),
  )
  expect(apart.length).toBeGreaterThanOrEqual(20)
  expect(apart.filter(({ bits }) => Math.abs(bits) > 2)).toEqual([])
})
