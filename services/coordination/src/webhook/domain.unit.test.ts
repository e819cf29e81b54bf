import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BACKOFF, bodyOf, isHopeless, nextTry, retryAfterOf } from './domain.ts'

const NOW = Temporal.Instant.from('2026-11-23T02:00:00Z')
const DAY = 86_400_000
const wait = (at: Temporal.Instant | null) => (at === null ? null : at.since(NOW).total('milliseconds'))

describe('the next try', () => {
  test('is never sooner than its pause, nor more than a fifth later, and there are eight', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0, max: 1, noNaN: true }), (tries, chance) => {
        const pause = BACKOFF[tries - 1]
        const waited = wait(nextTry(tries, { retryAfter: null }, { now: NOW, chance }))
        if (pause === undefined) return waited === null
        return waited !== null && waited >= pause && waited <= pause * 1.2 + 1
      }),
    )
  })

  test('waits as long as the portal asks, a day at most, but not less than its pause', () => {
    const moment = { now: NOW, chance: 0 }
    expect(wait(nextTry(1, { retryAfter: 600 }, moment))).toBe(600_000)
    expect(wait(nextTry(1, { retryAfter: 1e9 }, moment))).toBe(DAY)
    expect(wait(nextTry(4, { retryAfter: 1 }, moment))).toBe(600_000)
  })
})

test.for([
  ['120', 120],
  ['0', 0],
  ['Mon, 23 Nov 2026 02:01:00 GMT', 60],
  ['Mon, 23 Nov 2020 02:01:00 GMT', 0],
  ['-5', null],
  ['Mon, 99 Nov 2026 02:01:00 GMT', null],
  ['nanti', null],
  ['9'.repeat(70), null],
] as const)('Retry-After: %s', ([header, seconds]) => {
  expect(retryAfterOf(header, NOW)).toBe(seconds)
})

test('three days without anything delivered are enough', () => {
  expect(isHopeless(NOW.subtract({ hours: 71 }), NOW)).toBe(false)
  expect(isHopeless(NOW.subtract({ hours: 72 }), NOW)).toBe(true)
})

test('a message says what happened, when, and the ids to ask for', () => {
  const ids = { childId: '01930000-0000-7000-8000-000000000001' }
  expect(JSON.parse(bodyOf({ about: 'social.child.protected.v1', topic: 'case', at: NOW, ids }))).toEqual({
    type: 'social.child.protected.v1',
    timestamp: '2026-11-23T02:00:00.000Z',
    data: { topic: 'case', ...ids },
  })
})
