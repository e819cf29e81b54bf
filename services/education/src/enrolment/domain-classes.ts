import type { Level } from '@satuanak/contracts'
import { accepted, type Parsed, refused, SCHOOL_FORMS } from '@satuanak/domain-kit'
import type { Enrolment } from './domain.ts'

/** A pupil's class (rombongan belajar) in one school year. */
export interface ClassPlace {
  /** `2026/2027`. */
  readonly schoolYear: string
  /** 1 to 12, in a Paket the grade it stands for; null before grade 1. */
  readonly grade: number | null
  /** As the school calls it, `7B`. */
  readonly rombel: string
}

/** A school year begins on 1 July (Dapodik, semester ganjil). */
const FIRST_MONTH = 7

/** The school year of that day, `2026/2027`. */
export function schoolYearOf(day: Temporal.PlainDate): string {
  const first = day.month >= FIRST_MONTH ? day.year : day.year - 1
  return `${first}/${first + 1}`
}

/** A school year as people write it. `E`: not two years that follow each other, or outside the bounds. */
export function parseSchoolYear(input: unknown, { from, to }: { from: string; to: string }): Parsed<string> {
  const raw = typeof input === 'string' ? input.slice(0, 40) : ''
  const [, first, second] = /^(\d{4})\/(\d{4})$/.exec(typeof input === 'string' ? input : '') ?? []
  if (first !== undefined && Number(second) === Number(first) + 1 && raw >= from && raw <= to) return accepted(raw, raw)
  return refused(raw, 'ID-14', {
    id: `Tulis tahun ajaran seperti 2026/2027, dari ${from} sampai ${to}.`,
    en: `Write the school year like 2026/2027, from ${from} to ${to}.`,
  })
}

/** Whether the pupil is at the school on any day of that school year. */
export function runsInYear({ startedOn, endedOn }: Pick<Enrolment, 'startedOn' | 'endedOn'>, year: string): boolean {
  const last = endedOn?.subtract({ days: 1 })
  return schoolYearOf(startedOn) <= year && (last === undefined || schoolYearOf(last) >= year)
}

/** Whether a level has this grade (ID-14): PAUD has none, every other has one. */
export function hasGrade(level: Level, grade: number | null): boolean {
  const { grades } = SCHOOL_FORMS[level]
  return grades === null ? grade === null : grade !== null && grade >= grades[0] && grade <= grades[1]
}

/** Whether grades never go back from one school year to a later one; a year may be repeated, or skipped. */
export function goesForward(classes: readonly ClassPlace[]): boolean {
  const grades = classes
    .toSorted((one, other) => one.schoolYear.localeCompare(other.schoolYear))
    .flatMap(({ grade }) => grade ?? [])
  return grades.every((grade, at) => at === 0 || grade >= (grades[at - 1] ?? 0))
}
