import { type ChildId, Npsn } from '@satuanak/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currentEnrolment, type Enrolment, enrolmentsEndedBy } from './domain.ts'
import { AlreadyEnrolled, EnrolmentOverlaps } from './errors.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const SMP = Npsn.parse('99000001')
const PKBM = Npsn.parse('P9900001')
const enrolled = (startedOn: string, endedOn: string | null = null, npsn = SMP): Enrolment => ({
  id: `${npsn} ${startedOn}`,
  childId: '01930000-0000-7000-8000-000000000001' as ChildId,
  npsn,
  level: npsn === SMP ? 'SMP' : 'PAKET_B',
  grade: null,
  startedOn: day(startedOn),
  endedOn: endedOn === null ? null : day(endedOn),
  entryReason: null,
  exitReason: null,
  movedTo: null,
})
const place = (startedOn: string, npsn = PKBM) => ({ npsn, level: 'PAKET_B', startedOn: day(startedOn) }) as const

test('a child who was in no school ends nothing by enrolling', () => {
  expect(enrolmentsEndedBy(place('2026-11-23'), [])).toEqual([])
})

test('a move to another school ends what runs (AT-14)', () => {
  const running = enrolled('2026-07-15')
  expect(enrolmentsEndedBy(place('2026-11-23'), [running])).toEqual([running])
})

test('a step up within the same school ends what runs', () => {
  const paketA = { ...enrolled('2025-07-15', null, PKBM), level: 'PAKET_A' } as const
  expect(enrolmentsEndedBy(place('2026-11-23'), [paketA])).toEqual([paketA])
})

test('where two ids turned out to be one child, all that ran under either ends', () => {
  const [one, other] = [enrolled('2026-07-15'), { ...enrolled('2026-08-01'), npsn: Npsn.parse('99000002') }]
  expect(enrolmentsEndedBy(place('2026-11-23'), [other, one])).toEqual([other, one])
})

test('the same school and level twice is refused', () => {
  expect(() => enrolmentsEndedBy(place('2026-11-23'), [enrolled('2026-07-15', null, PKBM)])).toThrow(AlreadyEnrolled)
})

test('a first day before a later time at school is refused', () => {
  expect(() => enrolmentsEndedBy(place('2026-07-14'), [enrolled('2026-07-15')])).toThrow(EnrolmentOverlaps)
  expect(() => enrolmentsEndedBy(place('2026-07-14'), [enrolled('2025-07-15', '2026-07-15')])).toThrow(
    EnrolmentOverlaps,
  )
})

test('the present school is the one that runs today, else the one about to begin', () => {
  const [past, now, next] = [
    enrolled('2024-07-15', '2025-07-15'),
    enrolled('2025-07-15', '2026-12-01', PKBM),
    enrolled('2026-12-01'),
  ]
  expect(currentEnrolment([next, now, past], day('2026-11-23'))).toBe(now)
  expect(currentEnrolment([next, now, past], day('2026-12-01'))).toBe(next)
  expect(currentEnrolment([next, past], day('2026-11-23'))).toBe(next)
  expect(currentEnrolment([past], day('2026-11-23'))).toBeNull()
})

test('whatever is asked for, a child is at one school at a time', () => {
  const asked = fc.array(fc.record({ after: fc.integer({ min: -400, max: 400 }), npsn: fc.constantFrom(SMP, PKBM) }))
  fc.assert(
    fc.property(asked, fc.integer({ min: -400, max: 400 }), (asks, on) => {
      let kept: readonly Enrolment[] = []
      for (const { after, npsn } of asks) kept = enrolledAt(kept, place(daysFrom(after), npsn))
      const running = kept.filter(({ startedOn, endedOn }) => isWithin(day(daysFrom(on)), startedOn, endedOn))
      expect(running.length).toBeLessThanOrEqual(1)
    }),
  )
})

const daysFrom = (days: number): string => day('2026-11-23').add({ days }).toString()
const isWithin = (on: Temporal.PlainDate, from: Temporal.PlainDate, until: Temporal.PlainDate | null): boolean =>
  Temporal.PlainDate.compare(from, on) <= 0 && (until === null || Temporal.PlainDate.compare(on, until) < 0)

/** What is on record after one more ask, taken or refused. */
function enrolledAt(kept: readonly Enrolment[], asked: ReturnType<typeof place>): readonly Enrolment[] {
  try {
    const ended = enrolmentsEndedBy(asked, kept)
    const begun = { ...enrolled(asked.startedOn.toString(), null, asked.npsn), level: asked.level }
    return [...kept.map((one) => (ended.includes(one) ? { ...one, endedOn: asked.startedOn } : one)), begun]
  } catch (refusal) {
    if (refusal instanceof AlreadyEnrolled || refusal instanceof EnrolmentOverlaps) return kept
    throw refusal
  }
}
