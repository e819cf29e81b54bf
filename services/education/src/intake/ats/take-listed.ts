import type { Caller } from '@satuanak/identity'
import type { Batch } from '@satuanak/intake-kit'
import { type Intake, type IntakeRow, readCells, seeRow } from '@satuanak/intake-kit/rows'
import type { EducationApp, EducationTx } from '../../app.ts'
import { openListedInTx } from '../../ats/open-listed.ts'
import type { EducationFileKind } from '../file-kind.ts'
import { placesInTx } from '../met.ts'
import { type CheckedAtsRow, checkAtsRow } from './check-ats-row.ts'
import { ATS_COLUMNS, cameBefore } from './domain.ts'

/** The ministry's list of children out of school (AT-13): each opens a record, once for each pupil of the ministry's. */
export const MINISTRY_LIST: EducationFileKind = {
  kind: 'ATS_KEMENTERIAN',
  reading: ' as ats',
  done: 'put on the list',
  hasUnknown: false,
  // A pupil that came in before is told of whatever became of it, so no verdict tells how strictly the child is kept.
  permissions: { run: 'ats.report', read: 'ats.report', level: 3 },
  columns: ATS_COLUMNS,
  batch: 500,
  prepare: (app, caller, intake, batch) => {
    const { lines, columns } = read(app, intake, batch)
    return { columns, take: (tx) => takeLines(app, tx, caller, { intake, lines }) }
  },
}

interface Line extends CheckedAtsRow {
  readonly no: number
}

function read(app: EducationApp, intake: Intake, { heading, rows }: Batch) {
  const today = app.today()
  const lines: Line[] = []
  let columns = intake.columns
  for (const row of rows) {
    const cells = readCells(ATS_COLUMNS, heading, row)
    if (cells === null) continue
    columns = seeRow(columns, cells)
    lines.push({ no: row.no, ...checkAtsRow(cells, today) })
  }
  return { lines, columns }
}

interface Taking {
  readonly intake: Intake
  readonly lines: readonly Line[]
}

async function takeLines(app: EducationApp, tx: EducationTx, caller: Caller, { intake, lines }: Taking) {
  const sound = lines.flatMap(({ pupil }) => pupil ?? [])
  // The list has a pupil once for each year: whichever row comes first is taken, whatever the others say.
  const places = await placesInTx(
    app,
    tx,
    intake,
    sound.map(({ pupilId }) => ({ key: pupilId, says: null })),
  )
  const first = sound.filter((_, at) => places[at] === 'PERTAMA')
  const answers = await openListedInTx(app, tx, caller, { source: intake.id, pupils: first, dryRun: intake.dryRun })
  const opened = new Map(first.map((pupil, at) => [pupil, answers[at] ?? null]))
  return lines.map(({ no, pupil, problems }): IntakeRow => {
    if (pupil === null) return { no, verdict: 'DITOLAK', childId: null, problems }
    const answer = opened.get(pupil)
    if (!answer) return { no, verdict: 'SUDAH_ADA', childId: null, problems: [cameBefore()] }
    return { no, verdict: 'BARU', childId: answer.childId, problems }
  })
}
