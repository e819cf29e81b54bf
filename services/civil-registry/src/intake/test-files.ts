import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PERSONAS } from '@satuanak/demo-city'
import { listRows } from '@satuanak/intake-kit'
import type { IntakeRow } from '@satuanak/intake-kit/rows'
import type { RegistryApp } from '../app.ts'
import type { RegistryNetwork } from '../test-registry.ts'
import { INTAKE_PERMISSIONS } from './file-kind.ts'
import { type ImportFile, importFile } from './import-file.ts'

/** Files of rows as the intake's tests write them, and the intake as they run it. */

export const DUKCAPIL = PERSONAS.dukcapil.caller
export const HEADING = ['NAMA', 'JK', 'TGL_LAHIR', 'NAMA_IBU', 'NIK', 'KELURAHAN'] as const

let serial = 0
/** A child like no other test's: every one by its own name, mother and day. */
export function child(more: Partial<Record<(typeof HEADING)[number], string>> = {}) {
  serial += 1
  const word = [...String(serial)].map((digit) => 'bcdfghklmn'.charAt(Number(digit))).join('a')
  const day = String(1 + (serial % 27)).padStart(2, '0')
  const month = String(1 + (serial % 11)).padStart(2, '0')
  return {
    NAMA: `Q${word}a W${word}i`,
    JK: 'L',
    TGL_LAHIR: `2014-${month}-${day}`,
    NAMA_IBU: `Z${word}o X${word}u`,
    NIK: `990101${day}${month}14${String(serial).padStart(4, '0')}`,
    KELURAHAN: '33.75.03.1004',
    ...more,
  }
}
export type Row = ReturnType<typeof child>

export const csv = (rows: readonly Row[], separator = ','): string =>
  [HEADING.join(separator), ...rows.map((row) => HEADING.map((column) => row[column]).join(separator))].join('\r\n')

/** Temporary files, and imports of them in the registry's own process. */
export async function openDesk(network: RegistryNetwork) {
  const folder = await mkdtemp(join(tmpdir(), 'intake-'))
  const app: RegistryApp = network.service('civil-registry').app
  const fileOf = async (content: string | Uint8Array, ending = 'csv') => {
    const path = join(folder, `${randomUUID()}.${ending}`)
    await writeFile(path, content)
    return path
  }
  const run = async (rows: readonly Row[] | string, more: Partial<ImportFile> = {}) => {
    const path = await fileOf(typeof rows === 'string' ? rows : csv(rows))
    return importFile(app, DUKCAPIL, { path, dryRun: false, ...more })
  }
  const rowsOf = async (intakeId: string) => {
    const rows = await listRows(app, DUKCAPIL, INTAKE_PERMISSIONS, { intakeId, after: 0, limit: 1_000 })
    return rows.map(told)
  }
  /** The ids of who bears this name, oldest first. */
  const named = async (name: string) => {
    const rows = await app.db.person.findMany({ where: { name }, select: { id: true }, orderBy: { id: 'asc' } })
    return rows.map(({ id }) => id)
  }
  const close = () => rm(folder, { recursive: true })
  return { app, folder, fileOf, run, rowsOf, named, close }
}
export type Desk = Awaited<ReturnType<typeof openDesk>>

const told = ({ no, verdict, problems }: IntakeRow): string =>
  [no, verdict, ...problems.map(({ level, rule }) => `${level} ${rule}`).filter((one) => one !== 'W ID-06')].join(' ')
