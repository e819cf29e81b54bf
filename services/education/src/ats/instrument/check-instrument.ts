import { LEVELS } from '@satuanak/contracts'
import { fields, type Notice, oneOf, optional, parseNpsn, problem, text, uuid, wholeNumber } from '@satuanak/domain-kit'
import {
  type Answers,
  AREA_DIFFICULTY,
  CHILD_MARRIAGE,
  DAILY_ACTIVITIES,
  FAMILY_AID,
  INCOME_BANDS,
  isGradeOf,
  JOBS,
  LIVES_WITH,
  PARENTS_CONDITION,
  PARENTS_MARRIAGE,
  PATHS,
  READINESS,
  WISHES,
} from './domain.ts'

/** What was asked whenever a record is verified (TUN-06, AT-05). */
type Asked = 'wish' | 'parentsMarriage' | 'livesWith' | 'dailyActivity' | 'childMarriage'

/** The form as it comes: every answer by its code. */
export type RecordAtsInstrument = {
  readonly requestId: string
  readonly recordId: string
} & { readonly [Key in Asked]: string } & {
  readonly [Key in Exclude<keyof Answers, Asked | 'lastGrade' | 'leftYear'>]?: string | null | undefined
} & { readonly lastGrade?: number | null | undefined; readonly leftYear?: number | null | undefined }

/** The form of TUN-06 and AT-08 to AT-11: each answer by its own list, then what contradicts itself. */
export function checkInstrument(command: RecordAtsInstrument, today: Temporal.PlainDate) {
  const { lastLevel, lastGrade, lastNpsn, lastSchoolName, leftYear } = command
  const code = <const T extends string>(input: unknown, codes: readonly T[], rule: string) =>
    optional(input, (given) => oneOf(given, codes, { rule }))
  return fields(
    {
      recordId: uuid(command.recordId),
      wish: oneOf(command.wish, WISHES, { rule: 'AT-05' }),
      parentsMarriage: oneOf(command.parentsMarriage, PARENTS_MARRIAGE, { rule: 'TUN-06' }),
      livesWith: oneOf(command.livesWith, LIVES_WITH, { rule: 'TUN-06' }),
      dailyActivity: oneOf(command.dailyActivity, DAILY_ACTIVITIES, { rule: 'TUN-06' }),
      childMarriage: oneOf(command.childMarriage, CHILD_MARRIAGE, { rule: 'TUN-06' }),
      lastLevel: code(lastLevel, LEVELS, 'AT-08'),
      lastGrade: optional(lastGrade, (grade) => wholeNumber(grade, { rule: 'AT-08', from: 1, to: 12 })),
      lastNpsn: optional(lastNpsn, parseNpsn),
      lastSchoolName: optional(lastSchoolName, (school) => text(school, { rule: 'AT-08', max: 160 })),
      leftYear: optional(leftYear, (year) =>
        wholeNumber(year, { rule: 'AT-08', from: today.year - LONGEST_AGO, to: today.year }),
      ),
      parentsCondition: code(command.parentsCondition, PARENTS_CONDITION, 'AT-09'),
      fatherJob: code(command.fatherJob, JOBS, 'AT-09'),
      motherJob: code(command.motherJob, JOBS, 'AT-09'),
      guardianJob: code(command.guardianJob, JOBS, 'AT-09'),
      income: code(command.income, INCOME_BANDS, 'AT-09'),
      familyAid: code(command.familyAid, FAMILY_AID, 'AT-09'),
      areaDifficulty: code(command.areaDifficulty, AREA_DIFFICULTY, 'AT-10'),
      readiness: code(command.readiness, READINESS, 'AT-11'),
      suggestedPath: code(command.suggestedPath, PATHS, 'AT-11'),
    },
    contradictions,
  )
}

/** A child on the list is 25 at most (AT-10), and went to no school before 4. */
const LONGEST_AGO = 21

type LastSchool = Pick<Answers, 'lastLevel' | 'lastGrade' | 'lastSchoolName'> & { readonly lastNpsn: unknown }

function contradictions({ lastLevel, lastGrade, lastNpsn, lastSchoolName }: LastSchool): Notice[] {
  const wrong = [
    lastGrade !== null && (lastLevel === null || !isGradeOf(lastLevel, lastGrade)) && GRADE_OF_ANOTHER_LEVEL,
    lastNpsn !== null && lastSchoolName !== null && ONE_SCHOOL,
  ]
  return wrong.filter((notice) => notice !== false)
}

const GRADE_OF_ANOTHER_LEVEL = problem(
  'ID-14',
  {
    id: 'Kelas ini tidak ada di jenjang terakhir. SD dan Paket A kelas 1–6, SMP dan Paket B 7–9, SMA dan Paket C 10–12.',
    en: 'This grade is not one of the last level. SD and Paket A: 1–6, SMP and Paket B: 7–9, SMA and Paket C: 10–12.',
  },
  'lastGrade',
)
const ONE_SCHOOL = problem(
  'AT-08',
  {
    id: 'Isi NPSN sekolah terakhir, atau namanya bila NPSN tidak diketahui; jangan keduanya.',
    en: 'Give the last school’s NPSN, or its name where nobody knows the NPSN; not both.',
  },
  'lastSchoolName',
)
