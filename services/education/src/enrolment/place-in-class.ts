import { fields, optional, orRefuse, text, uuid, wholeNumber } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { EducationApp } from '../app.ts'
import { type ClassPlace, goesForward, hasGrade, parseSchoolYear, runsInYear, schoolYearOf } from './domain-classes.ts'
import { ClassDoesNotFit } from './errors.ts'
import { getKeptEnrolmentInTx } from './get-kept-enrolment.ts'
import { findClasses, saveClassInTx } from './repository.ts'

export interface PlaceInClass {
  readonly requestId: string
  readonly enrolmentId: string
  /** `2026/2027`. */
  readonly schoolYear: string
  readonly grade?: number | null | undefined
  readonly rombel: string
}

/**
 * Writes down in which class (rombel) a pupil is in a school year; again for the same year, it is corrected. From year to
 * year the grade goes on, or is repeated, and never back (ID-14).
 * @returns the enrolment's id.
 * @throws InvalidInput, EnrolmentNotFound, ClassDoesNotFit, NotPermitted for another school's pupil, RequestIdReused.
 */
export function placeInClass(app: EducationApp, caller: Caller, command: PlaceInClass): Promise<string> {
  const { value } = orRefuse(check(command, app.today()))
  const request = { name: 'placeInClass', requestId: command.requestId, input: command }
  return app.once(caller, request, async (tx) => {
    const permission = 'enrolment.keep'
    const { enrolment } = await getKeptEnrolmentInTx(app, tx, { caller, permission, id: value.enrolmentId })
    const { schoolYear, grade, rombel } = value
    const place: ClassPlace = { schoolYear, grade, rombel }
    if (!runsInYear(enrolment, schoolYear)) throw new ClassDoesNotFit('schoolYear')
    const others = ((await findClasses(tx, [enrolment.id])).get(enrolment.id) ?? []).filter(
      (one) => one.schoolYear !== schoolYear,
    )
    if (!hasGrade(enrolment.level, grade) || !goesForward([...others, place])) throw new ClassDoesNotFit('grade')
    await saveClassInTx(tx, enrolment.id, place, { by: caller.subject, at: app.now() })
    await audit(tx, caller, permission, [enrolment.childId], { deed: 'placeInClass' })
    return enrolment.id
  })
}

function check(command: PlaceInClass, today: Temporal.PlainDate) {
  const years = { from: schoolYearOf(today.subtract({ years: 13 })), to: schoolYearOf(today.add({ years: 1 })) }
  return fields({
    enrolmentId: uuid(command.enrolmentId, { rule: 'AT-14' }),
    schoolYear: parseSchoolYear(command.schoolYear, years),
    grade: optional(command.grade, (grade) => wholeNumber(grade, { rule: 'ID-14', from: 1, to: 12 })),
    rombel: text(command.rombel, { rule: 'ID-14', max: 40 }),
  })
}
