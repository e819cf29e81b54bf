import type { Caller } from '@satuanak/identity'
import type { Batch } from '@satuanak/intake-kit'
import { type Intake, type IntakeRow, readCells, seeRow } from '@satuanak/intake-kit/rows'
import type { RegistryApp, RegistryTx } from '../../app.ts'
import { findChildrenByNiks } from '../../identity/find-children-by-niks.ts'
import type { Coding } from '../../ktp-recording/file-status.ts'
import { type StatusAnswer, tellKtpStatusesInTx } from '../../ktp-recording/tell-ktp-statuses.ts'
import { INTAKE_PERMISSIONS, type RegistryFileKind } from '../file-kind.ts'
import { type CheckedStatusRow, checkStatusRow, type StatusRow } from './check-status-row.ts'
import { asksOfficer, goesBack, heldByTwo, nobodyKnown, STATUS_COLUMNS, wasOlder } from './domain.ts'

/** A file of KTP-el statuses in one coding: each is recorded as `recordKtpStatus` would (KT-01, KT-02). */
export const ktpStatuses = (coding: Coding): RegistryFileKind => ({
  kind: 'STATUS_KTP',
  reading: ` as ktp-status in ${coding}`,
  done: 'applied',
  hasUnknown: true,
  permissions: INTAKE_PERMISSIONS,
  columns: STATUS_COLUMNS,
  // Each person is locked until the batch is written: few enough that officers at their desks hardly wait.
  batch: 500,
  prepare: (app, caller, intake, batch) => {
    const { lines, columns } = read(app, coding, intake, batch)
    return { columns, take: (tx) => takeLines(app, tx, caller, { intake, lines }) }
  },
})

interface Line {
  readonly no: number
  readonly checked: CheckedStatusRow
}

function read(app: RegistryApp, coding: Coding, intake: Intake, { heading, rows }: Batch) {
  const measure = { coding, now: app.now(), today: app.today(), zone: app.zone }
  const lines: Line[] = []
  let columns = intake.columns
  for (const raw of rows) {
    const cells = readCells(STATUS_COLUMNS, heading, raw)
    if (cells === null) continue
    columns = seeRow(columns, cells)
    lines.push({ no: raw.no, checked: withOrigin(checkStatusRow(cells, measure), coding) })
  }
  return { lines, columns }
}

/** A file in OpenSID's coding that does not name its source is OpenSID's. */
function withOrigin(checked: CheckedStatusRow, coding: Coding): CheckedStatusRow {
  if (checked.row === null || checked.row.origin !== null || coding !== 'opensid') return checked
  return { row: { ...checked.row, origin: 'OPENSID' } }
}

interface Taking {
  readonly intake: Intake
  readonly lines: readonly Line[]
}

/** What bears no date is true as of the intake's start, also where it goes on later (EC-46). */
async function takeLines(app: RegistryApp, tx: RegistryTx, caller: Caller, { intake, lines }: Taking) {
  const sound = lines.flatMap(({ checked: { row } }) => row ?? [])
  const found = await findChildrenByNiks(app, tx, caller, { niks: sound.map(({ nik }) => nik), source: intake.id })
  const statuses = sound.flatMap((row) => {
    const holders = found.get(row.nik)
    return holders ? [{ row, listed: { ...statusOf(row), holders } }] : []
  })
  const answers = await tellKtpStatusesInTx(app, tx, caller, {
    source: intake.id,
    asOf: intake.startedAt,
    statuses: statuses.map(({ listed }) => listed),
    dryRun: intake.dryRun,
  })
  const answerTo = new Map(statuses.map(({ row }, at) => [row, answers[at]]))
  return lines.map(({ no, checked }): IntakeRow => {
    if (checked.row === null) return { no, verdict: 'DITOLAK', childId: null, problems: checked.problems }
    return { no, ...outcome(answerTo.get(checked.row)) }
  })
}

const statusOf = ({ status, at, origin }: StatusRow) => ({ status, at, origin })

/** What an officer is told of a row. */
function outcome(answer: StatusAnswer | undefined): Omit<IntakeRow, 'no'> {
  switch (answer?.verdict) {
    case 'DITERAPKAN': {
      const { childId, decision } = answer
      const isAsked = decision.state === 'PERLU_PETUGAS'
      const problems = isAsked ? [asksOfficer(decision.reason === 'STATUS_TIDAK_DIKENAL')] : []
      return { verdict: 'DITERAPKAN', childId, problems }
    }
    case 'SUDAH_ADA':
      return { verdict: 'SUDAH_ADA', childId: answer.childId, problems: answer.older ? [wasOlder()] : [] }
    case 'MUNDUR':
      return { verdict: 'DITOLAK', childId: answer.childId, problems: [goesBack()] }
    case 'NIK_DIPAKAI_BERSAMA':
      return { verdict: 'DITOLAK', childId: null, problems: [heldByTwo()] }
    case undefined:
      return { verdict: 'TIDAK_DIKENAL', childId: null, problems: [nobodyKnown()] }
  }
}
