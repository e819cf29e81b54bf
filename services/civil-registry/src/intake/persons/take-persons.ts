import type { ChildId, Particulars } from '@satuanak/contracts'
import { matchKeys } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import { type Batch, findMet, saveMetInTx } from '@satuanak/intake-kit'
import { type ColumnsSeen, type Intake, type IntakeRow, readCells, seeRow } from '@satuanak/intake-kit/rows'
import type { RegistryApp, RegistryTx } from '../../app.ts'
import {
  judgeNewcomers,
  type Newcomer,
  type Registration,
  registerChildrenInTx,
} from '../../identity/register-children.ts'
import { INTAKE_PERMISSIONS, type RegistryFileKind } from '../file-kind.ts'
import { findPrinted, savePrintsInTx } from '../repository.ts'
import { type CheckedRow, checkRow } from './check-row.ts'
import { likenessProblems, nikOfAnother, PERSON_COLUMNS } from './domain.ts'

/** A file of population rows: each is registered as `registerChild` would. */
export const PERSONS: RegistryFileKind = {
  kind: 'PENDUDUK',
  reading: '',
  done: 'registered',
  hasUnknown: false,
  permissions: INTAKE_PERMISSIONS,
  columns: PERSON_COLUMNS,
  batch: 2_000,
  prepare: (app, caller, intake, batch) => {
    const { lines, columns } = read(app, batch, intake.columns)
    const take = intake.dryRun ? tryLines : takeLines
    return { columns, take: (tx) => take(app, tx, caller, intake, lines) }
  },
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
    const cells = readCells(PERSON_COLUMNS, heading, row)
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
  const [printed, met] = [await findPrinted(tx, prints), new Map(await findMet(tx, intake.id, prints))]
  const coming = sound.filter(({ print }) => !printed.has(print) && !met.has(print))
  const answers = await judgeNewcomers(app, tx, caller, coming.map(isNewcomer))
  const nobody = new Set(answers.flatMap((answer) => (answer.verdict === 'BARU' ? [answer.childId] : [])))
  const answerOf = new Map(coming.map((line, at) => [line.no, answers[at]]))
  const fresh = firstOfEach(coming.filter(({ no }) => answerOf.get(no)?.verdict === 'BARU'))
  const remembered = [...fresh].map(({ print, particulars }) => ({ print, content: personPrint(app, particulars) }))
  await saveMetInTx(tx, intake.id, remembered)
  for (const { print, content } of remembered) met.set(print, content)
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
