import { expect, test } from 'vitest'
import { goesForward, hasGrade, parseSchoolYear, runsInYear, schoolYearOf } from './domain-classes.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('a school year begins on 1 July', () => {
  expect(schoolYearOf(day('2026-06-30'))).toBe('2025/2026')
  expect(schoolYearOf(day('2026-07-01'))).toBe('2026/2027')
})

test.for([
  ['2026/2027', true],
  ['2026/2028', false],
  ['2026', false],
  ['2030/2031', false],
  ['1999/2000', false],
] as const)('%s is a school year within the bounds: %s', ([text, ok]) => {
  expect(parseSchoolYear(text, { from: '2013/2014', to: '2027/2028' }).ok).toBe(ok)
})

test('a class belongs to a year in which the pupil is there on some day', () => {
  const enrolment = { startedOn: day('2025-07-14'), endedOn: day('2026-07-01') }
  expect(['2024/2025', '2025/2026', '2026/2027'].map((year) => runsInYear(enrolment, year))).toEqual([
    false,
    true,
    false,
  ])
  expect(runsInYear({ startedOn: day('2025-07-14'), endedOn: null }, '2027/2028')).toBe(true)
})

test('a level has its own grades, PAUD none (ID-14)', () => {
  expect([hasGrade('SMP', 7), hasGrade('SMP', 6), hasGrade('PAKET_B', 9), hasGrade('SMP', null)]).toEqual([
    true,
    false,
    true,
    false,
  ])
  expect([hasGrade('PAUD', null), hasGrade('PAUD', 1)]).toEqual([true, false])
})

test('grades go on from year to year or are repeated, never back (ID-14)', () => {
  const year = (schoolYear: string, grade: number) => ({ schoolYear, grade, rombel: 'A' })
  expect(goesForward([year('2026/2027', 8), year('2025/2026', 7)])).toBe(true)
  expect(goesForward([year('2025/2026', 7), year('2026/2027', 7)])).toBe(true)
  expect(goesForward([year('2025/2026', 8), year('2026/2027', 7)])).toBe(false)
})
