import { type Intake, type IntakeRow, type RowProblem, readCells } from '@satuanak/intake-kit/rows'
import type { EducationApp, EducationTx } from '../../app.ts'
import { type KeptSchool, keepToldSchoolsInTx, type ToldSchool } from '../../school/keep-told-schools.ts'
import type { EducationFileKind } from '../file-kind.ts'
import { type Place, placesInTx } from '../met.ts'
import { type CheckedSchoolRow, checkSchoolRow } from './check-school-row.ts'
import { placeMissing, SCHOOL_COLUMNS, seatsUnknown, toldBefore, toldOtherwise } from './domain.ts'

/** Dapodik's list of schools: each is added, or changed by what the list says of it, by its NPSN (ID-13). */
export const SCHOOLS: EducationFileKind = {
  kind: 'SEKOLAH',
  reading: ' as sekolah',
  done: 'added or changed',
  hasUnknown: false,
  // Nothing that is said of a school tells of a child.
  permissions: { run: 'school.import', read: 'school.import', level: 1 },
  columns: SCHOOL_COLUMNS,
  batch: 1_000,
  prepare: (app, _caller, intake, { heading, rows }) => {
    const lines = rows.flatMap((row): Line[] => {
      const cells = readCells(SCHOOL_COLUMNS, heading, row)
      return cells === null ? [] : [{ no: row.no, checked: checkSchoolRow(cells) }]
    })
    // No column of a NIK or a KK number.
    return { columns: intake.columns, take: (tx) => takeLines(app, tx, intake, lines) }
  },
}

interface Line {
  readonly no: number
  readonly checked: CheckedSchoolRow
}

async function takeLines(
  app: EducationApp,
  tx: EducationTx,
  intake: Intake,
  lines: readonly Line[],
): Promise<IntakeRow[]> {
  const told = lines.flatMap(({ checked }) => checked.told ?? [])
  const places = await placesInTx(
    app,
    tx,
    intake,
    told.map((one) => ({ key: one.npsn, says: one })),
  )
  const placeOf = new Map(told.map((one, at) => [one, places[at]]))
  const first = told.filter((one) => placeOf.get(one) === 'PERTAMA')
  const answers = await keepToldSchoolsInTx(tx, first, intake)
  const answerTo = new Map(first.map((one, at) => [one, answers[at]]))
  return lines.map(({ no, checked }): IntakeRow => {
    const { told: one, problems } = checked
    if (one === null) return { no, verdict: 'DITOLAK', childId: null, problems }
    return { no, childId: null, ...outcome(one, problems, answerTo.get(one), placeOf.get(one)) }
  })
}

/** What an officer is told of a row. */
function outcome(
  { capacity }: ToldSchool,
  problems: readonly RowProblem[],
  answer: KeptSchool | undefined,
  place: Place | undefined,
): Pick<IntakeRow, 'verdict' | 'problems'> {
  if (place === 'LAIN') return { verdict: 'DITOLAK', problems: [...problems, toldOtherwise()] }
  if (place === 'SAMA') return { verdict: 'SUDAH_ADA', problems: [toldBefore()] }
  switch (answer) {
    case 'BARU':
      return { verdict: 'BARU', problems: capacity === null ? [...problems, seatsUnknown()] : problems }
    case 'DITERAPKAN':
      return { verdict: 'DITERAPKAN', problems }
    case 'TANPA_TEMPAT':
      return { verdict: 'DITOLAK', problems: [...problems, placeMissing()] }
    default:
      return { verdict: 'SUDAH_ADA', problems: [] }
  }
}
