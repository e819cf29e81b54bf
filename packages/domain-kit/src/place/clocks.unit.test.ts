import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day } from '../test-values.ts'
import {
  addCalendarDays,
  addOfficeMinutes,
  addWorkingDays,
  createOfficeCalendar,
  isWorkingDay,
  officeMinutesBetween,
  workingDaysBetween,
} from './clocks.ts'

const pekalongan = createOfficeCalendar({
  zone: 'Asia/Jakarta',
  daysOff: ['2026-12-24'],
  workedDays: ['2026-12-25'],
})
const tarakan = createOfficeCalendar({ zone: 'Asia/Makassar' })
const at = (text: string) => Temporal.Instant.from(text)
const local = (moment: Temporal.ZonedDateTime) => moment.toString({ timeZoneName: 'never', smallestUnit: 'minute' })

describe('working days', () => {
  test('Monday to Friday are worked, Saturday and Sunday are not (ID-29)', () => {
    const week = ['2026-11-23', '2026-11-27', '2026-11-28', '2026-11-29'].map(day)
    expect(week.map((date) => isWorkingDay(pekalongan, date))).toEqual([true, true, false, false])
  })

  test.each(['2026-08-17', '2026-05-01', '2026-03-19', '2027-02-06'])('%s is a national holiday (ID-29)', (date) => {
    expect(isWorkingDay(tarakan, day(date))).toBe(false)
  })

  test('cuti bersama and local days come from config, and config can open a day the library closes (ID-29)', () => {
    expect([isWorkingDay(tarakan, day('2026-12-24')), isWorkingDay(pekalongan, day('2026-12-24'))]).toEqual([
      true,
      false,
    ])
    expect([isWorkingDay(tarakan, day('2026-12-25')), isWorkingDay(pekalongan, day('2026-12-25'))]).toEqual([
      false,
      true,
    ])
  })

  test('five working days after a Monday end at the close of the next Monday (ID-29)', () => {
    expect(local(addWorkingDays(pekalongan, at('2026-11-23T10:00+07:00'), 5))).toBe('2026-11-30T16:00+07:00')
  })

  test('a holiday in between does not count (ID-29)', () => {
    expect(local(addWorkingDays(tarakan, at('2026-08-14T10:00+08:00'), 1))).toBe('2026-08-18T16:00+08:00')
  })

  test('no days at all is the close of that day, or of the next worked one', () => {
    expect(local(addWorkingDays(tarakan, at('2026-11-23T10:00+08:00'), 0))).toBe('2026-11-23T16:00+08:00')
    expect(local(addWorkingDays(tarakan, at('2026-11-28T10:00+08:00'), 0))).toBe('2026-11-30T16:00+08:00')
  })
})

describe('near midnight (EC-65)', () => {
  const moment = at('2026-11-23T16:30:00Z') // 23:30 WIB on the 23rd, 00:30 WITA on the 24th

  test('the same moment is another day in Tarakan than in Pekalongan, and so is the deadline', () => {
    expect(local(addWorkingDays(pekalongan, moment, 1))).toBe('2026-11-24T16:00+07:00')
    expect(local(addWorkingDays(tarakan, moment, 1))).toBe('2026-11-25T16:00+08:00')
  })

  test("calendar days keep the place's wall clock, weekends and holidays included (ID-29)", () => {
    expect(local(addCalendarDays('Asia/Jakarta', moment, 3))).toBe('2026-11-26T23:30+07:00')
    expect(local(addCalendarDays('Asia/Makassar', moment, 3))).toBe('2026-11-27T00:30+08:00')
  })
})

describe('office minutes', () => {
  test.each([
    ['within the morning', '2026-11-23T08:00+07:00', 30, '2026-11-23T08:30+07:00'],
    ['over the midday rest', '2026-11-23T11:50+07:00', 30, '2026-11-23T13:20+07:00'],
    ['up to the closing', '2026-11-23T15:30+07:00', 30, '2026-11-23T16:00+07:00'],
    ['over night', '2026-11-23T15:50+07:00', 30, '2026-11-24T07:50+07:00'],
    ["over Friday's longer rest", '2026-11-27T11:20+07:00', 30, '2026-11-27T13:20+07:00'],
    ['over a weekend', '2026-11-27T16:20+07:00', 30, '2026-11-30T07:50+07:00'],
    ['begun before opening', '2026-11-23T05:00+07:00', 30, '2026-11-23T08:00+07:00'],
    ['begun on a Sunday', '2026-11-29T10:00+07:00', 0, '2026-11-30T07:30+07:00'],
    ['a whole week of 37.5 hours', '2026-11-23T07:30+07:00', 2250, '2026-11-27T16:30+07:00'],
  ])('%s (ID-29)', (_case, from, minutes, due) => {
    expect(local(addOfficeMinutes(pekalongan, at(from), minutes))).toBe(due)
  })

  test('waiting a and then b is waiting a + b (ID-29)', () => {
    const minutes = fc.integer({ min: 1, max: 3000 })
    const start = fc
      .integer({ min: 0, max: 60 * 24 * 365 })
      .map((late) => at('2026-01-01T00:00Z').add({ minutes: late }))
    fc.assert(
      fc.property(start, minutes, minutes, (from, a, b) => {
        const inTwo = addOfficeMinutes(tarakan, addOfficeMinutes(tarakan, from, a).toInstant(), b)
        expect(inTwo.epochMilliseconds).toBe(addOfficeMinutes(tarakan, from, a + b).epochMilliseconds)
      }),
    )
  })
})

describe('measuring what has passed', () => {
  test('office minutes between two moments are what had to be added to the one to reach the other (ID-29)', () => {
    const start = fc
      .integer({ min: 0, max: 60 * 24 * 90 })
      .map((late) => at('2026-10-01T00:00Z').add({ minutes: late }))
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: 3000 }), (from, minutes) => {
        const to = addOfficeMinutes(tarakan, from, minutes).toInstant()
        expect(officeMinutesBetween(tarakan, from, to)).toBe(minutes)
      }),
    )
  })

  test('working days between receipt and the close of the n-th working day are n (ID-29)', () => {
    const start = fc
      .integer({ min: 0, max: 60 * 24 * 90 })
      .map((late) => at('2026-10-01T00:00Z').add({ minutes: late }))
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 40 }), (from, days) => {
        expect(workingDaysBetween(tarakan, from, addWorkingDays(tarakan, from, days).toInstant())).toBe(days)
      }),
    )
  })

  test('nothing has passed between a moment and an earlier one', () => {
    const [later, earlier] = [at('2026-11-24T03:00Z'), at('2026-11-23T03:00Z')]
    expect([officeMinutesBetween(tarakan, later, earlier), workingDaysBetween(tarakan, later, earlier)]).toEqual([0, 0])
  })
})

describe('config mistakes are told at start', () => {
  test.each([
    ['a day that does not exist', { daysOff: ['2026-02-30'] }],
    ['no opening at all', { hours: {} }],
    ['a weekday 8', { hours: { 8: [['08:00', '16:00']] } }],
    ['closing before opening', { hours: { 1: [['16:00', '08:00']] } }],
    ['no time of day', { hours: { 1: [['8 am', '16:00']] } }],
  ] as const)('%s', (_case, config) => {
    expect(() => createOfficeCalendar({ zone: 'Asia/Jakarta', ...config })).toThrow(RangeError)
  })

  test('a negative or broken count of days or minutes', () => {
    const now = at('2026-11-23T10:00Z')
    for (const count of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => addWorkingDays(tarakan, now, count)).toThrow(RangeError)
      expect(() => addOfficeMinutes(tarakan, now, count)).toThrow(RangeError)
      expect(() => addCalendarDays('Asia/Jakarta', now, count)).toThrow(RangeError)
    }
  })
})
