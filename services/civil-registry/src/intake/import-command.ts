import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { Refusal } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { CODINGS } from '../ktp-recording/file-status.ts'
import type { Intake, IntakeKind, IntakeRow } from './domain.ts'
import type { FileKind } from './file-kind.ts'
import { importFile, type Progress } from './import-file.ts'
import { ktpStatuses } from './ktp-status/take-statuses.ts'
import { countProblems, listRows } from './list-rows.ts'
import { PERSONS } from './persons/take-persons.ts'

const USAGE = `Usage: npm run import -- <file.csv|file.xlsx> [--as penduduk|ktp-status] [--coding nasional|opensid]
                                [--dry-run] [--report out.csv]
  --as        what the rows are: penduduk (persons, unless given), or ktp-status (NIK, STATUS, TGL_STATUS, SUMBER)
  --coding    of ktp-status: nasional (SIAK's names, unless given), or opensid (1 to 8, or their names)
  --dry-run   say what would come of each row; write nothing of it
  --report    write the rows that were refused, are not known, were there already or need a second look: row, column,
              rule, remedy
Ctrl-C stops after the rows under way; the same command goes on from there.`

export interface Surroundings {
  readonly app: RegistryApp
  readonly caller: Caller
  /** Aborted when the operator wants to stop. */
  readonly signal: AbortSignal
  /** Writes one line. */
  readonly print: (line: string) => void
  /** Shows how far it has come, in the place of what it showed before. */
  readonly progress: (line: string) => void
}

interface Asked {
  readonly path: string
  readonly kind: FileKind
  readonly dryRun: boolean
  readonly report: string | undefined
}

/**
 * `npm run import`: takes in a file and says what came of it. Nothing it prints or writes holds a NIK or a name.
 * @returns the exit code: 0 done, 1 the file cannot be taken in, 2 not understood, 130 stopped half way
 */
export async function importCommand(argv: readonly string[], around: Surroundings): Promise<number> {
  const asked = read(argv)
  if (asked === null) {
    around.print(USAGE)
    return 2
  }
  try {
    return await run(asked, around)
  } catch (error) {
    const said = error instanceof Refusal ? error.sentence : unreadable(error)
    if (said === null) throw error
    around.print(said.id)
    around.print(said.en)
    return 1
  }
}

function read(argv: readonly string[]): Asked | null {
  const options = {
    as: { type: 'string' },
    coding: { type: 'string' },
    'dry-run': { type: 'boolean' },
    report: { type: 'string' },
  } as const
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
    const [path, ...more] = positionals
    const kind = kindOf(values)
    if (path === undefined || more.length > 0 || kind === null) return null
    return { path, kind, dryRun: values['dry-run'] ?? false, report: values.report }
  } catch {
    return null
  }
}

function kindOf({ as = 'penduduk', coding }: { readonly as?: string; readonly coding?: string }): FileKind | null {
  if (as === 'penduduk') return coding === undefined ? PERSONS : null
  const known = CODINGS.find((one) => one === (coding ?? 'nasional'))
  return as === 'ktp-status' && known !== undefined ? ktpStatuses(known) : null
}

const CANNOT_OPEN = ['ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR']

function unreadable(error: unknown) {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return CANNOT_OPEN.includes(code)
    ? {
        id: `File tidak dapat dibuka (${code}). Periksa nama dan izin filenya.`,
        en: `The file cannot be opened (${code}). Check its name and permissions.`,
      }
    : null
}

async function run({ path, kind, dryRun, report }: Asked, around: Surroundings): Promise<number> {
  const { app, caller, signal, print, progress } = around
  const began = performance.now()
  const onProgress = (made: Progress) => progress(progressLine(made, (performance.now() - began) / 1000))
  const intake = await importFile(app, caller, { path, kind, dryRun, signal, onProgress })
  progress('')
  for (const line of summary(intake)) print(line)
  for (const { level, rule, column, rows } of await countProblems(app, caller, intake.id)) {
    print(`  ${level} ${rule.padEnd(6)} ${(column ?? '-').padEnd(10)} ${count(rows)} row${rows === 1 ? '' : 's'}`)
  }
  for (const { level, rule, column, message } of intake.remarks) {
    print(`  ${level} ${rule.padEnd(6)} ${column} (whole column): ${message.id} / ${message.en}`)
  }
  if (report !== undefined) {
    await writeReport(report, app, caller, intake)
    print(`Row by row: ${report}`)
  }
  return intake.state === 'SELESAI' ? 0 : 130
}

const count = (rows: number): string => rows.toLocaleString('en')

function progressLine({ intake, rows, fraction }: Progress, seconds: number): string {
  const left = fraction > 0.001 ? clock((seconds / fraction) * (1 - fraction)) : '…'
  const pace = count(Math.round(rows / Math.max(seconds, 0.001)))
  return `${count(intake.rowsDone)} rows, ${pace} rows/s, ${Math.floor(fraction * 100)} %, about ${left} left`
}

function clock(seconds: number): string {
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

/** What was done with a row that brought something new. */
const DONE = { PENDUDUK: 'registered', STATUS_KTP: 'applied' } as const satisfies Record<IntakeKind, string>

function summary(intake: Intake): string[] {
  const { id, fileName, kind, dryRun, state, rowsDone, created, matched, refused, warned, unknown } = intake
  const done = DONE[kind]
  const nobodys = kind === 'STATUS_KTP' ? `, ${count(unknown)} not known` : ''
  const heading = state === 'SELESAI' ? 'done' : 'stopped; run the same command again to go on'
  return [
    `${dryRun ? 'Dry run' : 'Intake'} ${id} of ${fileName}: ${heading}`,
    `  ${count(rowsDone)} rows: ${count(created)} ${dryRun ? `would be ${done}` : done} (${count(warned)} to look at again), ${count(matched)} there already${nobodys}, ${count(refused)} refused`,
  ]
}

const PAGE = 5_000

async function writeReport(path: string, app: RegistryApp, caller: Caller, intake: Intake): Promise<void> {
  async function* lines() {
    yield '\ufeffBARIS;VERDIK;TINGKAT;KOLOM;ATURAN;PERBAIKAN;REMEDY\r\n'
    for (let after = 0; ; ) {
      const rows = await listRows(app, caller, { intakeId: intake.id, after, limit: PAGE })
      yield rows.map(rowLines).join('')
      if (rows.length < PAGE) return
      after = rows.at(-1)?.no ?? after
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path, { mode: 0o600 }))
}

function rowLines({ no, verdict, problems }: IntakeRow): string {
  const lines = problems.map(({ level, column, rule, message }) => [level, column ?? '', rule, message.id, message.en])
  return (lines.length > 0 ? lines : [['', '', '', '', '']])
    .map((line) => `${[no, verdict, ...line].map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(';')}\r\n`)
    .join('')
}
