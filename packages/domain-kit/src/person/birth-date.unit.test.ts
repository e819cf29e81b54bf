import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyDay, day, rulesOf, taken } from '../test-values.ts'
import {
  ageOn,
  type BirthDate,
  dateOfAge,
  formatBirthDate,
  isOfExactPrecision,
  type Precision,
  parseBirthDate,
} from './birth-date.ts'

const today = day('2026-03-10')
const read = (input: unknown, precision?: Precision) =>
  parseBirthDate(input, { today, ...(precision && { precision }) })

describe('reading a birth date', () => {
  test.each([
    ['2013-05-20', '2013-05-20', 'HARI'],
    ['20-05-2013', '2013-05-20', 'HARI'],
    ['20/5/2013', '2013-05-20', 'HARI'],
    ['2013-05', '2013-05-15', 'BULAN'],
    ['2013', '2013-07-01', 'TAHUN'],
    ['±2013', '2013-07-01', 'TAKSIRAN'],
    ['~ 2013', '2013-07-01', 'TAKSIRAN'],
  ])('%s is %s, known to the %s (ID-22)', (text, date, precision) => {
    expect(taken(read(text))).toEqual({ date: day(date), precision })
    expect(read(text).raw).toBe(text)
  })

  test('a Temporal.PlainDate is taken as it is', () => {
    expect(taken(read(day('2013-05-20')))).toEqual({ date: day('2013-05-20'), precision: 'HARI' })
  })

  test.each([
    ['BULAN', '2013-05-15'],
    ['TAHUN', '2013-07-01'],
    ['TAKSIRAN', '2013-07-01'],
  ] as const)('a whole date known only to the %s is kept as SIAK writes it, and says so (ID-22)', (precision, date) => {
    expect(taken(read('2013-05-20', precision))).toEqual({ date: day(date), precision })
    expect(rulesOf(read('2013-05-20', precision))).toEqual(['I ID-22'])
  })

  test('a text that says less than the declared precision is refused (ID-22)', () => {
    expect(rulesOf(read('2013', 'HARI'))).toEqual(['E ID-22'])
    expect(rulesOf(read('2013', 'BULAN'))).toEqual(['E ID-22'])
    expect(rulesOf(read('±2013', 'TAHUN'))).toEqual(['E ID-22'])
    expect(rulesOf(read('2013', 'TAKSIRAN'))).toEqual([])
  })

  test.each([
    [''],
    [null],
    ['2013-02-30'],
    ['30-02-2013'],
    ['2013-13'],
    ['kemarin'],
    [20130520],
    ['2'.repeat(1_000_000)],
  ])('what is no date is refused (ID-22)', (input) => {
    expect(rulesOf(read(input))).toEqual(['E ID-22'])
  })

  test.each([['2026-03-11'], ['2026-04'], ['2027'], ['±2027'], ['1900-01-01'], ['0013-05-20']])(
    '%s has not come yet or is too long ago: refused (EC-17)',
    (text) => {
      expect(rulesOf(read(text))).toEqual(['E EC-17'])
    },
  )

  test('this month and this year may stand for a day still to come (ID-22)', () => {
    expect(rulesOf(read('2026-03-10'))).toEqual([])
    expect(rulesOf(read('2026-03'))).toEqual([])
    expect(rulesOf(read('2026'))).toEqual([])
  })

  test.each([['2013-07-01'], ['2013-12-31'], ['2013-05-15']])(
    '%s may stand for an unknown day: an officer is to ask (EC-11)',
    (text) => {
      expect(rulesOf(read(text))).toEqual(['W EC-11'])
      expect(rulesOf(read(text, 'TAHUN')).filter((rule) => rule.startsWith('W'))).toEqual([])
    },
  )

  test('an age of 0 or 40 is flagged where a pupil is expected (EC-17)', () => {
    const ats = { today, expected: { from: 6, to: 21 } }
    expect(rulesOf(parseBirthDate('2026-01-02', ats))).toEqual(['W EC-17'])
    expect(rulesOf(parseBirthDate('1986-01-02', ats))).toEqual(['W EC-17'])
    expect(rulesOf(parseBirthDate('2013-05-20', ats))).toEqual([])
  })

  test('only a date known to the day decides what turns on the day (ID-22)', () => {
    const known = (precision: Precision) => isOfExactPrecision({ date: day('2013-07-01'), precision })
    expect((['HARI', 'BULAN', 'TAHUN', 'TAKSIRAN'] as const).map(known)).toEqual([true, false, false, false])
  })

  test('parse(format(date)) = date, at every precision (ID-22)', () => {
    const precisions = fc.constantFrom<Precision>('HARI', 'BULAN', 'TAHUN', 'TAKSIRAN')
    fc.assert(
      fc.property(anyDay({ from: '1907-01-01', to: '2026-03-10' }), precisions, (date, precision) => {
        const birthDate: BirthDate = taken(read(date, precision))
        expect(taken(read(formatBirthDate(birthDate)))).toEqual(birthDate)
      }),
    )
  })
})

describe('age', () => {
  test('the birthday itself counts: exactly 6 on 1 July is 6 (EC-40, PD-06)', () => {
    expect(ageOn(day('2024-06-30'), day('2018-07-01'))).toBe(5)
    expect(ageOn(day('2024-07-01'), day('2018-07-01'))).toBe(6)
  })

  test('who is born on 29 February turns 17 on 1 March of a common year (EC-40)', () => {
    expect(ageOn(day('2029-02-28'), day('2012-02-29'))).toBe(16)
    expect(ageOn(day('2029-03-01'), day('2012-02-29'))).toBe(17)
    expect(dateOfAge(day('2012-02-29'), 17)).toEqual(day('2029-03-01'))
    expect(dateOfAge(day('2012-02-29'), 4)).toEqual(day('2016-02-29'))
  })

  test('nobody has an age below zero', () => {
    expect(ageOn(day('2020-01-01'), day('2026-07-01'))).toBe(0)
  })

  test('dateOfAge is the first day on which ageOn is that age', () => {
    fc.assert(
      fc.property(anyDay({ from: '1950-01-01', to: '2030-12-31' }), fc.integer({ min: 1, max: 100 }), (born, years) => {
        const birthday = dateOfAge(born, years)
        expect(ageOn(birthday, born)).toBe(years)
        expect(ageOn(birthday.subtract({ days: 1 }), born)).toBe(years - 1)
      }),
    )
  })
})
