import { expect, test } from 'vitest'
import { expiryOf, pauseUntil } from './domain.ts'

const NOW = Temporal.Instant.from('2026-11-23T02:00:00Z')
const record = { name: 'Bagas Pratama', sex: 'L', birthDate: null, birthPlace: null, motherName: null } as const

test('an answer is good for 30 days, "not found" until the next day at the same hour (BLG-04)', () => {
  expect(expiryOf({ found: true, record }, NOW).toString()).toBe('2026-12-23T02:00:00Z')
  expect(expiryOf({ found: false }, NOW).toString()).toBe('2026-11-24T02:00:00Z')
})

test('a register that stays away is left alone for longer each time, never for more than an hour', () => {
  const minutes = [1, 2, 3, 6, 7, 100].map((failures) => NOW.until(pauseUntil(failures, NOW)).total('minutes'))
  expect(minutes).toEqual([1, 2, 4, 32, 60, 60])
})
