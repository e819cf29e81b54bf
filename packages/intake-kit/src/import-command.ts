import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { Refusal } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { SqlClient } from '@satuanak/messaging'
import type { IntakeApp } from './app.ts'
import type { FileKind } from './file-kind.ts'
import { importFile, type Progress } from './import-file.ts'
import { countProblems, listRows } from './list-rows.ts'
import type { Intake, IntakeRow } from './rows/index.ts'

/** A service's `npm run import`: what it can take in, and how it is asked for. */
export interface ImportCommand<Client extends SqlClient, App extends IntakeApp<Client>> {
  readonly usage: string
  /** Its own options, of texts; `--dry-run` and `--report` are there already. */
  readonly options: readonly string[]
  /** As what the file is to be taken in; null where the options are not understood. */
  kindOf(options: Readonly<Record<string, string | undefined>>): FileKind<Client, App> | null
}

export interface Surroundings<App> {
  readonly app: App
  readonly caller: Caller
  /** Aborted when the operator wants to stop. */
  readonly signal: AbortSignal
  /** Writes one line. */
  readonly print: (line: string) => void
  /** Shows how far it has come, in the place of what it showed before. */
  readonly progress: (line: string) => void
}

interface Asked<Client extends SqlClient, App extends IntakeApp<Client>> {
  readonly path: string
  readonly kind: FileKind<Client, App>
  readonly dryRun: boolean
  readonly report: string | undefined
}

/**
 * `npm run import`: takes in a file and says what came of it. Nothing it prints or writes holds a NIK or a name.
 * @returns the exit code: 0 done, 1 the file cannot be taken in, 2 not understood, 130 stopped half way
 */
export async function importCommand<Client extends SqlClient, App extends IntakeApp<Client>>(
  command: ImportCommand<Client, App>,
  argv: readonly string[],
  around: Surroundings<App>,
): Promise<number> {
  const asked = read(command, argv)
  if (asked === null) {
    around.print(command.usage)
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

function read<Client extends SqlClient, App extends IntakeApp<Client>>(
  command: ImportCommand<Client, App>,
  argv: readonly string[],
): Asked<Client, App> | null {
  const own: ParseArgsOptionsConfig = Object.fromEntries(command.options.map((name) => [name, { type: 'string' }]))
  const options = { ...own, 'dry-run': { type: 'boolean' }, report: { type: 'string' } } as const
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true })
    const { 'dry-run': dryRun, report, ...rest } = values as Record<string, string | undefined>
    const [path, ...more] = positionals
    const kind = command.kindOf(rest)
    if (path === undefined || more.length > 0 || kind === null) return null
    return { path, kind, dryRun: Boolean(dryRun), report }
  } catch {
    return null
  }
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

async function run<Client extends SqlClient, App extends IntakeApp<Client>>(
  { path, kind, dryRun, report }: Asked<Client, App>,
  around: Surroundings<App>,
): Promise<number> {
  const { app, caller, signal, print, progress } = around
  const began = performance.now()
  const onProgress = (made: Progress) => progress(progressLine(made, (performance.now() - began) / 1000))
  const intake = await importFile(app, caller, { path, kind, dryRun, signal, onProgress })
  progress('')
  for (const line of summary(intake, kind)) print(line)
  for (const { level, rule, column, rows } of await countProblems(app, caller, kind.permissions, intake.id)) {
    print(`  ${level} ${rule.padEnd(6)} ${(column ?? '-').padEnd(10)} ${count(rows)} row${rows === 1 ? '' : 's'}`)
  }
  for (const { level, rule, column, message } of intake.remarks) {
    print(`  ${level} ${rule.padEnd(6)} ${column} (whole column): ${message.id} / ${message.en}`)
  }
  if (report !== undefined) {
    await writeReport(report, (after) =>
      listRows(app, caller, kind.permissions, { intakeId: intake.id, after, limit: PAGE }),
    )
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

function summary(
  intake: Intake,
  { done, hasUnknown }: { readonly done: string; readonly hasUnknown: boolean },
): string[] {
  const { id, fileName, dryRun, state, rowsDone, created, matched, refused, warned, unknown } = intake
  const nobodys = hasUnknown ? `, ${count(unknown)} not known` : ''
  const heading = state === 'SELESAI' ? 'done' : 'stopped; run the same command again to go on'
  return [
    `${dryRun ? 'Dry run' : 'Intake'} ${id} of ${fileName}: ${heading}`,
    `  ${count(rowsDone)} rows: ${count(created)} ${dryRun ? `would be ${done}` : done} (${count(warned)} to look at again), ${count(matched)} there already${nobodys}, ${count(refused)} refused`,
  ]
}

const PAGE = 5_000

/** @param after gives the rows after one, a page at a time */
async function writeReport(path: string, after: (row: number) => Promise<readonly IntakeRow[]>): Promise<void> {
  async function* lines() {
    yield '\ufeffBARIS;VERDIK;TINGKAT;KOLOM;ATURAN;PERBAIKAN;REMEDY\r\n'
    for (let last = 0; ; ) {
      const rows = await after(last)
      yield rows.map(rowLines).join('')
      if (rows.length < PAGE) return
      last = rows.at(-1)?.no ?? last
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
