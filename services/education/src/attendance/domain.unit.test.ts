import { expect, test } from 'vitest'
import { attendsAfter, NO_MARKS } from './domain.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const running = { startedOn: day('2026-08-24'), endedOn: null }
const today = day('2026-11-23')
const marks = (HADIR: number, ALPA: number) => ({ counts: { ...NO_MARKS, HADIR, ALPA }, today })

test('who was there on half of the days marked attends; excused and ill are not there (AT-15)', () => {
  expect([attendsAfter(30, running, marks(10, 10)), attendsAfter(30, running, marks(9, 10))]).toEqual([true, false])
  expect(attendsAfter(30, running, { counts: { HADIR: 5, IZIN: 3, SAKIT: 3, ALPA: 0 }, today })).toBe(false)
})

test('before the day nobody can say, and on the day itself one can (AT-15)', () => {
  expect(attendsAfter(91, running, marks(20, 0))).toBe(true)
  expect(attendsAfter(92, running, marks(20, 0))).toBeNull()
})

test('where the school marked no day nobody can say (AT-15)', () => {
  expect(attendsAfter(30, running, { counts: NO_MARKS, today })).toBeNull()
})

test('who had left by that day does not attend, whatever the marks say (AT-15)', () => {
  expect(attendsAfter(30, { ...running, endedOn: day('2026-09-23') }, marks(20, 0))).toBe(false)
  expect(attendsAfter(30, { ...running, endedOn: day('2026-09-24') }, marks(20, 0))).toBe(true)
})
