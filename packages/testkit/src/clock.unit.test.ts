import { expect, test } from 'vitest'
import { createClock, MONDAY_MORNING } from './clock.ts'

test('the clock stands still, on a Monday in office hours, until a test moves it', () => {
  const clock = createClock()
  expect(clock.now().toString()).toBe(MONDAY_MORNING)
  expect(clock.now().equals(clock.now())).toBe(true)
  const jakarta = clock.now().toZonedDateTimeISO('Asia/Jakarta')
  expect([jakarta.dayOfWeek, jakarta.hour]).toEqual([1, 9])
})

test('it is set to a moment, or moved on by a duration', () => {
  const clock = createClock('2026-01-01T00:00:00Z')
  clock.advance({ hours: 36 })
  expect(clock.now().toString()).toBe('2026-01-02T12:00:00Z')
  clock.set('2026-07-01T00:00:00Z')
  expect(clock.now().toString()).toBe('2026-07-01T00:00:00Z')
})
