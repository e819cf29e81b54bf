import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PERSONAS } from '@satuanak/demo-city'
import { importFile, listRows } from '@satuanak/intake-kit'
import type { Intake, IntakeRow } from '@satuanak/intake-kit/rows'
import type { EducationApp } from '../app.ts'
import type { EducationFileKind } from './file-kind.ts'

/** Who brings lists in, by the personas. */
export const DISDIK = PERSONAS['dinas-pendidikan'].caller

interface Run {
  readonly dryRun?: boolean
  readonly batch?: number
  /** Stops after the first batch. */
  readonly stopping?: boolean
}

/** Temporary files, and imports of them in education's own process. */
export async function openDesk(app: EducationApp, kind: EducationFileKind) {
  const folder = await mkdtemp(join(tmpdir(), 'education-intake-'))
  const fileOf = async (content: string | Uint8Array, ending = 'csv') => {
    const path = join(folder, `${randomUUID()}.${ending}`)
    await writeFile(path, content)
    return path
  }
  const runFile = (path: string, { dryRun = false, batch = kind.batch, stopping = false }: Run = {}) => {
    const stop = new AbortController()
    const onProgress = () => (stopping ? stop.abort() : undefined)
    return importFile(app, DISDIK, { path, kind, dryRun, batch, signal: stop.signal, onProgress })
  }
  const run = async (lines: readonly string[], how: Run = {}) => runFile(await fileOf(lines.join('\r\n')), how)
  const rowsOf = async ({ id }: Intake) => {
    const rows = await listRows(app, DISDIK, kind.permissions, { intakeId: id, after: 0, limit: 1_000 })
    return rows.map(told)
  }
  return { app, folder, fileOf, run, runFile, rowsOf, close: () => rm(folder, { recursive: true }) }
}
export type Desk = Awaited<ReturnType<typeof openDesk>>

const told = ({ no, verdict, problems }: IntakeRow): string =>
  [no, verdict, ...problems.map(({ level, rule, column }) => `${level} ${rule} ${column}`)].join(' ')

/** Rows, new or changed, there already, refused. */
export const counts = ({ rowsDone, created, matched, refused }: Intake) => [rowsDone, created, matched, refused]
