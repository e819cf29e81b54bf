import { createOfficeCalendar } from '@satuanak/domain-kit/clocks'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  deadlines,
  isOpen,
  isOverdue,
  mayBecome,
  NEXT,
  REFERRAL_STATES,
  type Referral,
  type ReferralState,
  referralsCalledFor,
} from './domain.ts'
import { flowOf, REFERRAL_TYPES } from './domain-referral-types.ts'

const calendar = createOfficeCalendar({ zone: 'Asia/Jakarta' })
const at = (instant: string) => Temporal.Instant.from(instant)
const MONDAY = at('2026-11-23T02:00:00Z')
const state = fc.constantFrom(...REFERRAL_STATES)

describe('what may happen next (DOMAIN §8)', () => {
  test('a referral becomes only what its state allows, whatever it is asked to become', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 12 }), (asked) => {
        const seen: ReferralState[] = ['TERKIRIM']
        for (const wish of asked) if (mayBecome(seen.at(-1) ?? 'TERKIRIM', wish)) seen.push(wish)
        for (const [index, to] of seen.entries()) {
          const from = seen[index - 1]
          if (from !== undefined) expect(NEXT[from]).toContain(to)
        }
        // Nothing comes back, and nothing is completed that was not accepted.
        expect(new Set(seen).size).toBe(seen.length)
        if (seen.includes('SELESAI')) expect(seen).toContain('DITERIMA')
      }),
    )
  })

  test('no path leads from an end state', () => {
    fc.assert(fc.property(state, state, (from, to) => isOpen(from) || !mayBecome(from, to)))
    expect(REFERRAL_STATES.filter((one) => !isOpen(one))).toEqual(['DITOLAK', 'SELESAI'])
  })
})

describe('due times (ID-29)', () => {
  test('identity papers are due at the close of the fifth working day (RF-02)', () => {
    expect(deadlines('RF-02', 1, calendar, MONDAY).dueAt).toEqual(at('2026-11-30T09:00:00Z'))
  })

  test('a placement is due fourteen days later at the same hour (RF-01)', () => {
    expect(deadlines('RF-01', 1, calendar, MONDAY).dueAt).toEqual(at('2026-12-07T02:00:00Z'))
  })

  test('signs of violence are due within 24 hours, weekend or not (RF-05)', () => {
    const saturday = at('2026-11-28T14:00:00Z')
    expect(deadlines('RF-05', 1, calendar, saturday).dueAt).toEqual(at('2026-11-29T14:00:00Z'))
  })

  test('a school letter is due a calendar month later (RF-09)', () => {
    expect(deadlines('RF-09', 1, calendar, MONDAY).dueAt).toEqual(at('2026-12-23T02:00:00Z'))
  })

  test('the end of a petirahan is due at the close of the same day (RF-17)', () => {
    expect(deadlines('RF-17', 1, calendar, MONDAY).dueAt).toEqual(at('2026-11-23T09:00:00Z'))
  })

  test('sent on a Friday, it is to be acknowledged by Monday’s close of office', () => {
    const friday = at('2026-11-27T08:00:00Z')
    expect(deadlines('RF-01', 1, calendar, friday).ackDueAt).toEqual(at('2026-11-30T09:00:00Z'))
  })

  test('what a referral opens stays open past its due date, and not for ever', () => {
    fc.assert(
      fc.property(fc.constantFrom(...REFERRAL_TYPES), fc.integer({ min: 0, max: 3650 }), (type, later) => {
        const now = MONDAY.add({ hours: later * 24 })
        const { dueAt, expiresAt } = deadlines(type, 1, calendar, now)
        expect(Temporal.Instant.compare(now, dueAt)).toBeLessThanOrEqual(0)
        expect(expiresAt).toEqual(dueAt.add({ hours: 30 * 24 }))
      }),
    )
  })
})

describe('overdue', () => {
  const referral = (more: object): Referral =>
    ({ ackDueAt: at('2026-11-24T09:00:00Z'), dueAt: at('2026-12-07T02:00:00Z'), ...more }) as Referral

  test('not accepted within a working day is overdue, accepted is not', () => {
    const wednesday = at('2026-11-25T02:00:00Z')
    expect(isOverdue(referral({ state: 'TERKIRIM' }), wednesday)).toBe(true)
    expect(isOverdue(referral({ state: 'DITERIMA' }), wednesday)).toBe(false)
  })

  test('accepted and not completed by its due date is overdue', () => {
    expect(isOverdue(referral({ state: 'DITERIMA' }), at('2026-12-07T02:00:01Z'))).toBe(true)
  })

  test('what has ended is never overdue', () => {
    for (const ended of ['DITOLAK', 'SELESAI']) {
      expect(isOverdue(referral({ state: ended }), at('2030-01-01T00:00:00Z'))).toBe(false)
    }
  })
})

describe('what an assessment sends by itself (TPI-04)', () => {
  test('a child who dropped out calls for placement, whether or not education stands among the needs (RF-01)', () => {
    expect(referralsCalledFor({ droppedOut: true, needs: [] })).toEqual(['RF-01'])
    expect(referralsCalledFor({ droppedOut: true, needs: ['EDUCATION'] })).toEqual(['RF-01'])
    expect(referralsCalledFor({ droppedOut: false, needs: ['EDUCATION'] })).toEqual(['RF-01'])
  })

  test('a child without papers calls for the civil registry (RF-02)', () => {
    expect(referralsCalledFor({ droppedOut: true, needs: ['IDENTITY'] })).toEqual(['RF-01', 'RF-02'])
  })

  test('protection, health and aid wait for an officer’s own decision', () => {
    expect(referralsCalledFor({ droppedOut: false, needs: ['PROTECTION', 'HEALTH', 'FAMILY_AID'] })).toEqual([])
  })
})

test('all 25 flows of DOMAIN §8 are there, each with a sender, a receiver and a closing event', () => {
  expect(REFERRAL_TYPES).toHaveLength(25)
  const lame = REFERRAL_TYPES.filter((type) => {
    const { from, to, outcomes } = flowOf(type)
    return from.length === 0 || to.length === 0 || outcomes.length === 0
  })
  expect(lame).toEqual([])
})
