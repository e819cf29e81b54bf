import {
  ChecklistIncomplete,
  PupilDone,
  PupilNotFound,
  SESSION_STATES,
  SessionNotOpen,
  StepNotTaken,
} from '@satuanak/offline-session/rules'
import { describe, expect, test } from 'vitest'
import { CONFLICTS, clockConflict, conflictBehind, expiryOf, verdictOf } from './domain.ts'
import { BundleNotFound } from './errors.ts'

const at = (text: string) => Temporal.Instant.from(text)
const WITA = 'Asia/Makassar'

describe('a bundle is open to the end of the third day of the office (EC-49)', () => {
  test('from the day it is taken, also where that is another day in UTC', () => {
    const expires = expiryOf(at('2026-11-26T16:30:00Z'), at('2026-11-26T00:00:00Z'), WITA)
    expect(expires.toString()).toBe('2026-11-29T16:00:00Z')
  })

  test('from the session’s own day where that is still to come', () => {
    const expires = expiryOf(at('2026-11-26T01:00:00Z'), at('2026-11-30T00:30:00Z'), WITA)
    expect(expires.toString()).toBe('2026-12-02T16:00:00Z')
  })
})

describe('the device’s clock is believed from the taking to the expiry, five minutes either way (ID-29)', () => {
  const bundle = { takenAt: at('2026-11-26T00:00:00Z'), expiresAt: at('2026-11-28T16:00:00Z') }
  test.each([
    ['2026-11-25T23:55:00Z', '2026-11-26T00:10:00Z', null],
    ['2026-11-25T23:54:59Z', '2026-11-26T00:10:00Z', 'JAM_ALAT'],
    ['2026-11-27T00:00:00Z', '2026-11-27T01:05:00Z', null],
    ['2026-11-27T00:00:00Z', '2026-11-27T01:05:01Z', 'JAM_ALAT'],
  ])('from %s to %s, uploaded at 01.00 on the 27th: %s', (from, to, conflict) => {
    expect(clockConflict(bundle, { from: at(from), to: at(to) }, at('2026-11-27T01:00:00Z'))).toBe(conflict)
  })

  test('at the expiry itself it is over', () => {
    const over = { from: bundle.expiresAt, to: bundle.expiresAt }
    expect(clockConflict(bundle, over, at('2026-12-01T00:00:00Z'))).toBe('LEWAT_MASA')
  })
})

test('whatever a step at the school is refused for is a conflict that says what to do; a fault is none', () => {
  const refused = [
    new PupilNotFound(),
    new PupilDone(),
    new ChecklistIncomplete(['KAMERA']),
    ...SESSION_STATES.map((state) => new SessionNotOpen(state)),
    ...(['NOT_ITS_TURN', 'UNKNOWN_OUTCOME', 'ENDS_BEFORE_IT_STARTS', 'BEFORE_THE_LAST'] as const).map(
      (why) => new StepNotTaken(why, null),
    ),
  ]
  for (const refusal of refused) expect(CONFLICTS).toHaveProperty(String(conflictBehind(refusal)))
  expect(conflictBehind(new BundleNotFound('result'))).toBeNull()
})

test('one conflict makes it BENTROK; else it is DITERAPKAN where this upload brought anything', () => {
  const kept = (uploadId: string, conflict: keyof typeof CONFLICTS | null = null) => ({ uploadId, conflict })
  expect(verdictOf([kept('a'), kept('b')], 'b')).toBe('DITERAPKAN')
  expect(verdictOf([kept('a'), kept('a')], 'b')).toBe('SUDAH_ADA')
  expect(verdictOf([kept('b'), kept('b', 'JAM_ALAT')], 'b')).toBe('BENTROK')
})
