import { expect, test } from 'vitest'
import { add, inWords, NOTHING, type Tally } from './tally.ts'

const failing: Tally = { passed: 2, skipped: 0, failures: [{ what: 'walls', why: 'a → b' }] }

test('the last line says how many passed and failed, and of skipped ones only where there are any', () => {
  expect(inWords(NOTHING)).toBe('0 passed, 0 failed')
  expect(inWords({ passed: 12, skipped: 1, failures: failing.failures })).toBe('12 passed, 1 failed, 1 skipped')
})

test('tallies add up and no failure is lost', () => {
  expect(add(failing, NOTHING, failing)).toEqual({
    passed: 4,
    skipped: 0,
    failures: [...failing.failures, ...failing.failures],
  })
})
