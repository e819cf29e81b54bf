import { date, fields, list, orRefuse, problem, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { EducationApp } from '../app.ts'
import { getKeptEnrolmentsInTx } from '../enrolment/get-kept-enrolment.ts'
import { type Mark, runsOn } from './domain.ts'
import { NotPupilThen } from './errors.ts'
import { saveMarksInTx } from './repository.ts'

/** One day's list of a class: enrolments by their mark. */
export interface RecordAttendance {
  readonly requestId: string
  readonly on: Temporal.PlainDate
  readonly hadir: readonly string[]
  readonly izin: readonly string[]
  readonly sakit: readonly string[]
  readonly alpa: readonly string[]
}

/** What was written down. */
export interface AttendanceTaken {
  readonly on: Temporal.PlainDate
  readonly marks: number
}

/** Of each mark; a class is smaller. */
const MOST = 100

/**
 * Writes down who of a school's pupils was there on a day (AT-15); again for the same day, it is corrected. All or
 * nothing: one who is not the school's own, or was no pupil on that day, stops the whole list.
 * @throws InvalidInput, EnrolmentNotFound, NotPupilThen, NotPermitted, RequestIdReused.
 */
export async function recordAttendance(
  app: EducationApp,
  caller: Caller,
  command: RecordAttendance,
): Promise<AttendanceTaken> {
  const { value } = orRefuse(check(command, app.today()))
  const marks = marksOf(value)
  const day = value.on
  const request = {
    name: 'recordAttendance',
    requestId: command.requestId,
    input: { ...command, on: command.on.toString() },
  }
  await app.once(caller, request, async (tx) => {
    const ids = marks.map(({ enrolmentId }) => enrolmentId)
    const permission = 'enrolment.keep'
    const enrolments = await getKeptEnrolmentsInTx(app, tx, { caller, permission, ids })
    const others = enrolments.filter((one) => !runsOn(one, day)).map(({ id }) => id)
    if (others.length > 0) throw new NotPupilThen(others)
    await saveMarksInTx(tx, { day, marks, by: caller.subject, at: app.now() })
    const children = enrolments.map(({ childId }) => childId)
    await audit(tx, caller, permission, children, { deed: 'recordAttendance', on: day.toString() })
    return command.requestId
  })
  return { on: day, marks: marks.length }
}

type Lists = Readonly<Record<'hadir' | 'izin' | 'sakit' | 'alpa', readonly string[]>>

const marksOf = ({ hadir, izin, sakit, alpa }: Lists) => [
  ...as('HADIR', hadir),
  ...as('IZIN', izin),
  ...as('SAKIT', sakit),
  ...as('ALPA', alpa),
]
const as = (mark: Mark, ids: readonly string[]) => ids.map((enrolmentId) => ({ enrolmentId, mark }))

function check({ on, hadir, izin, sakit, alpa }: RecordAttendance, today: Temporal.PlainDate) {
  const pupils = (ids: readonly string[]) => list(ids, (id) => uuid(id), { rule: 'AT-15', max: MOST })
  return fields(
    {
      // What has not happened is not written down; a list is corrected within its school year.
      on: date(on, { rule: 'AT-15', earliest: today.subtract({ years: 1 }), latest: today }),
      hadir: pupils(hadir),
      izin: pupils(izin),
      sakit: pupils(sakit),
      alpa: pupils(alpa),
    },
    (lists) => {
      const ids = marksOf(lists).map(({ enrolmentId }) => enrolmentId)
      if (ids.length === 0) return [NOBODY]
      return new Set(ids).size === ids.length ? [] : [TWICE]
    },
  )
}

const NOBODY = problem(
  'AT-15',
  { id: 'Daftar hadir masih kosong. Isi sekurangnya satu murid.', en: 'The list is empty. Mark at least one pupil.' },
  'hadir',
)
const TWICE = problem(
  'AT-15',
  { id: 'Ada murid yang ditandai dua kali. Pilih satu tanda saja.', en: 'A pupil is marked twice. Choose one mark.' },
  'hadir',
)
