import type { Level } from '@satuanak/contracts'
import { ageOn, type Day, dayFromCivil, isoDate, MINUTES, type Minute } from '../calendar.ts'
import type { CityEnrolment, CitySchool } from '../model.ts'
import type { Telling } from './telling.ts'

/** 1–12: the grade a child of this age is in; 0: not yet at school; 13: finished. */
export type Grade = number

/** Most enter SD at 7, many at 6 (PD-05), counted on 1 July. */
export function gradeFor({ random, schoolYear }: Telling, born: Day): Grade {
  const age = ageOn(born, schoolYear.ageDay)
  if (age < 6) return 0
  return Math.min(13, age - 6 + (random.chance(0.45) ? 1 : 0))
}

export const levelOf = (grade: Grade): 'SD' | 'SMP' | 'SMA' => (grade <= 6 ? 'SD' : grade <= 9 ? 'SMP' : 'SMA')
const PAKET = { SD: 'PAKET_A', SMP: 'PAKET_B', SMA: 'PAKET_C' } as const satisfies Record<string, Level>

/** A pupil who has gone through school as everybody does; null where no seat was left. */
export function enrolAsUsual(
  telling: Telling,
  grade: Grade,
  kecamatan: string,
  special: boolean,
): CityEnrolment | null {
  const level = levelOf(grade)
  const school = telling.seats.take(special ? 'SLB' : level, kecamatan)
  if (school === null) return null
  const firstGrade = level === 'SD' ? 1 : level === 'SMP' ? 7 : 10
  const started = dayFromCivil(telling.schoolYear.year - (grade - firstGrade), 7, 15)
  return enrolment(telling, school, level, grade, started)
}

/** Back in learning in the middle of things: mostly a Paket class at a PKBM or SKB, sometimes a school (AT-14). */
export function enrolAgain(telling: Telling, grade: Grade, kecamatan: string, at: Minute): CityEnrolment | null {
  const level = levelOf(Math.min(12, grade))
  const formal = telling.random.chance(0.2)
  const school = telling.seats.take(formal ? level : 'PAKET', kecamatan)
  const day = Math.floor(at / MINUTES)
  return school && enrolment(telling, school, formal ? level : PAKET[level], Math.min(12, grade), day)
}

function enrolment(telling: Telling, school: CitySchool, level: Level, grade: Grade, started: Day): CityEnrolment {
  // The system took over older enrolments a year and a bit ago: an id is never older than that.
  const writtenOn = Math.max(started, telling.today - 390)
  return {
    id: telling.identifiers.uuid(writtenOn * MINUTES + 10 * 60),
    npsn: school.npsn,
    level,
    grade,
    startedOn: isoDate(started),
  }
}
