import type { ChildId, Particulars } from '@satuanak/contracts'
import { matchKeys } from '@satuanak/domain-kit'
import { audit, type Caller, permit } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import {
  judgeNewcomers,
  type Newcomer,
  type Registration,
  registerChildrenInTx,
} from '../identity/register-children.ts'
import { type CheckedRow, checkRow } from './check-row.ts'
import {
  type ColumnsSeen,
  type Heading,
  type Intake,
  type IntakeCounts,
  type IntakeRow,
  likenessProblems,
  nikOfAnother,
  type RawRow,
  readCells,
  seeRow,
} from './domain.ts'
import { IntakeAtWork } from './errors.ts'
import {
  findDryPrinted,
  findIntake,
  findPrinted,
  lockIntakeInTx,
  saveDryPrintsInTx,
  savePrintsInTx,
  saveProgressInTx,
  saveRowsInTx,
} from './repository.ts'

/** The next rows of a file, in its order and without a gap. */
export interface Batch {
  readonly heading: Heading
  readonly rows: readonly RawRow[]
}

/**
 * Takes the next rows of an intake in one transaction: the persons, what came of each row and how far the intake has
 * come are written together or not at all, so that whoever goes on after a crash doubles nothing (EC-46).
 * @returns the intake as it stands then.
 * @throws NotPermitted, IntakeAtWork where another process has taken these rows or is taking them.
 */
export async function takeRows(app: RegistryApp, caller: Caller, intake: Intake, batch: Batch): Promise<Intake> {
  permit(caller, 'intake.run', { level: 4 })
  const { lines, columns } = read(app, batch, intake.columns)
  return app.inTransaction(async (tx) => {
    const now = await lockIntakeInTx(tx, intake.id)
    if (now?.state !== 'BERJALAN' || now.rowsDone !== intake.rowsDone) throw new IntakeAtWork()
    const taken = intake.dryRun
      ? await tryLines(app, tx, caller, intake, lines)
      : await takeLines(app, tx, caller, intake, lines)
    await saveRowsInTx(tx, intake.id, taken.filter(isWorthKeeping))
    const counts = countOf(taken, batch.rows.length)
    await saveProgressInTx(tx, intake.id, counts, columns)
    await audit(tx, caller, 'intake.run', [], { intake: intake.id, dryRun: intake.dryRun, ...counts })
    return (await findIntake(tx, intake.id)) ?? now
  })
}

/** A row that has been checked, and by what it is known again. */
interface Line extends CheckedRow {
  readonly no: number
  /** Of the NIK, or of the whole row where there is none; hexadecimal. */
  readonly print: string
}

function read(app: RegistryApp, { heading, rows }: Batch, seen: ColumnsSeen) {
  const today = app.today()
  const lines: Line[] = []
  let columns = seen
  for (const row of rows) {
    const cells = readCells(heading, row)
    if (cells === null) continue
    columns = seeRow(columns, cells)
    const checked = checkRow(cells, today)
    lines.push({ ...checked, no: row.no, print: checked.particulars ? printOf(app, checked.particulars) : '' })
  }
  return { lines, columns }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function printOf(app: RegistryApp, particulars: Particulars): string {
  const { nik } = particulars
  return hex(nik === null ? app.fingerprint(`row ${JSON.stringify(particulars)}`) : app.fingerprint(`nik ${nik}`))
}

type Sound = Line & { readonly particulars: Particulars }
const isSound = (line: Line): line is Sound => line.particulars !== null
const isNewcomer = ({ particulars, held }: Sound): Newcomer => ({ particulars, held })

/** Rows without a NIK that came in before are known by their print; all others the identity index judges. */
async function takeLines(app: RegistryApp, tx: RegistryTx, caller: Caller, intake: Intake, lines: readonly Line[]) {
  const sound = lines.filter(isSound)
  const withoutNik = sound.filter(({ particulars }) => particulars.nik === null)
  const printed = new Map(
    await findPrinted(
      tx,
      withoutNik.map(({ print }) => print),
    ),
  )
  const first = firstOfEach(withoutNik.filter(({ print }) => !printed.has(print)))
  const coming = sound.filter((line) => line.particulars.nik !== null || first.has(line))
  const answers = await registerChildrenInTx(app, tx, caller, { source: intake.id, newcomers: coming.map(isNewcomer) })
  const answerOf = new Map(coming.map((line, at) => [line.no, answers[at]]))
  const fresh: { print: string; childId: ChildId }[] = []
  for (const line of first) {
    const answer = answerOf.get(line.no)
    if (answer?.verdict !== 'BARU') continue
    fresh.push({ print: line.print, childId: answer.childId })
    printed.set(line.print, answer.childId)
  }
  await savePrintsInTx(tx, fresh)
  return lines.map((line) => {
    const known = printed.get(line.print) ?? null
    return outcome(line, answerOf.get(line.no) ?? (known && { verdict: 'SUDAH_ADA', childId: known }))
  })
}

/** As `takeLines` would, and as far as this dry run has come: nobody is written, so it remembers by prints. */
async function tryLines(app: RegistryApp, tx: RegistryTx, caller: Caller, intake: Intake, lines: readonly Line[]) {
  const sound = lines.filter(isSound)
  const prints = sound.map(({ print }) => print)
  const [printed, met] = [await findPrinted(tx, prints), new Map(await findDryPrinted(tx, intake.id, prints))]
  const coming = sound.filter(({ print }) => !printed.has(print) && !met.has(print))
  const answers = await judgeNewcomers(app, tx, caller, coming.map(isNewcomer))
  const nobody = new Set(answers.flatMap((answer) => (answer.verdict === 'BARU' ? [answer.childId] : [])))
  const answerOf = new Map(coming.map((line, at) => [line.no, answers[at]]))
  const fresh = firstOfEach(coming.filter(({ no }) => answerOf.get(no)?.verdict === 'BARU'))
  const remembered = [...fresh].map(({ print, particulars }) => ({ print, person: personPrint(app, particulars) }))
  await saveDryPrintsInTx(tx, intake.id, remembered)
  for (const { print, person } of remembered) met.set(print, person)
  const tried = lines.map((line): IntakeRow => {
    const answer = answerOf.get(line.no)
    if (!isSound(line) || fresh.has(line)) return outcome(line, answer)
    if (answer && answer.verdict !== 'BARU') return outcome(line, answer)
    const known = printed.get(line.print) ?? null
    const isSame = known !== null || met.get(line.print) === personPrint(app, line.particulars)
    return outcome(line, isSame ? { verdict: 'SUDAH_ADA', childId: known } : { verdict: 'NIK_DIPAKAI' })
  })
  return tried.map((row) => (row.childId !== null && nobody.has(row.childId) ? { ...row, childId: null } : row))
}

function firstOfEach(lines: readonly Sound[]): Set<Sound> {
  return new Set(new Map(lines.toReversed().map((line) => [line.print, line])).values())
}

const personPrint = (app: RegistryApp, { name, birthDate }: Particulars): string =>
  hex(app.fingerprint(`person ${matchKeys(name)[0]} ${birthDate}`))

/** `childId` is null where a dry run met the same row before: that child is not there yet. */
type Answer = Registration | { readonly verdict: 'SUDAH_ADA'; readonly childId: ChildId | null }

/** What an officer is told of a row; what is not registered is refused. */
function outcome({ no, problems }: Line, answer: Answer | null | undefined): IntakeRow {
  switch (answer?.verdict) {
    case 'BARU':
      return {
        no,
        verdict: 'BARU',
        childId: answer.childId,
        problems: [...problems, ...likenessProblems(answer.match)],
      }
    case 'SUDAH_ADA':
      return { no, verdict: 'SUDAH_ADA', childId: answer.childId, problems: [] }
    case 'NIK_DIPAKAI':
      return { no, verdict: 'DITOLAK', childId: null, problems: [...problems, nikOfAnother()] }
    default:
      return { no, verdict: 'DITOLAK', childId: null, problems }
  }
}

const isWorthKeeping = ({ verdict, problems }: IntakeRow): boolean => verdict !== 'BARU' || problems.length > 0

function countOf(taken: readonly IntakeRow[], rowsDone: number): IntakeCounts {
  const of = (verdict: IntakeRow['verdict']) => taken.filter((row) => row.verdict === verdict)
  const created = of('BARU')
  return {
    rowsDone,
    created: created.length,
    matched: of('SUDAH_ADA').length,
    refused: of('DITOLAK').length,
    warned: created.filter(({ problems }) => problems.length > 0).length,
  }
}
