import type { MatchVerdict } from '@satuanak/contracts'
import { type Notice, warning } from '@satuanak/domain-kit'
import type { Cell, Cells, ColumnTable, RowProblem } from '@satuanak/intake-kit/rows'

/** The columns that are read, by the name under which an officer is told of them, and what offices call them. */
const COLUMNS = {
  NAMA: ['NAMA', 'NAMA_LENGKAP', 'NAMA_LGKP', 'NAMA_ANAK'],
  JK: ['JK', 'JENIS_KELAMIN', 'JENIS_KLMIN', 'JNS_KELAMIN', 'KELAMIN', 'SEX', 'L/P'],
  TGL_LAHIR: ['TGL_LAHIR', 'TANGGAL_LAHIR', 'TGL_LHR', 'TGL_LHIR'],
  TMPT_LAHIR: ['TMPT_LAHIR', 'TEMPAT_LAHIR', 'TMPT_LHR', 'TPT_LAHIR'],
  NAMA_IBU: ['NAMA_IBU', 'NAMA_LGKP_IBU', 'NAMA_IBU_KANDUNG', 'IBU', 'IBU_KANDUNG'],
  NIK: ['NIK', 'NO_NIK', 'NOMOR_NIK', 'NIK_ANAK'],
  NO_KK: ['NO_KK', 'NOMOR_KK', 'KK', 'NOMOR_KARTU_KELUARGA'],
  NO_AKTA: ['NO_AKTA', 'NO_AKTA_LAHIR', 'NO_AKTA_LHR', 'NOMOR_AKTA', 'AKTA', 'NO_AKTA_KELAHIRAN'],
  KELURAHAN: ['KELURAHAN', 'KODE_KELURAHAN', 'KODE_KEL', 'KODE_DESA', 'KODE_WILAYAH', 'KODE_KEL_DESA'],
  RT: ['RT', 'NO_RT'],
  RW: ['RW', 'NO_RW'],
  ALAMAT: ['ALAMAT', 'ALAMAT_LENGKAP', 'JALAN'],
} as const satisfies Readonly<Record<string, readonly string[]>>
type Column = keyof typeof COLUMNS

/** Population rows; without a name and a sex nobody can be registered. */
export const PERSON_COLUMNS: ColumnTable<Column> = { names: COLUMNS, needed: ['NAMA', 'JK'] }
export type PersonCells = Cells<Column>

/** What is said where nobody knows the mother: then none is written, and no two foundlings look alike by her (EC-12). */
export const isUnknownMother = (cell: Cell): boolean =>
  /^(tidak|tdk|belum) (diketahui|di ketahui|tahu)$|^n\.?\s?n\.?$/i.test(String(cell ?? ''))

/** The index found somebody who may be this child; an officer looks (ID-21). */
const MAY_BE_THERE = warning('ID-21', {
  id: 'Mirip anak yang sudah tercatat. Anak tetap dicatat; petugas memutuskan di meja telaah.',
  en: 'Looks like a child that is registered already. It was registered all the same; an officer decides at the review desk.',
})

/** The NIK is somebody else's by name or birth date: not registered, and Dukcapil decides (EC-01). */
const NIK_OF_ANOTHER = {
  level: 'E',
  rule: 'EC-01',
  message: {
    id: 'NIK ini sudah tercatat atas orang dengan nama atau tanggal lahir lain. Baris ini tidak dimasukkan: cocokkan dengan KK; bila memang dua orang, laporkan ke bagian data Dukcapil.',
    en: 'This NIK is held by someone with another name or birth date. The row was not taken in: compare with the KK; if these are two persons, tell the Dukcapil data section.',
  },
} as const satisfies Notice

export const nikOfAnother = (): RowProblem => ({ ...NIK_OF_ANOTHER, column: 'NIK' })

export function likenessProblems(match: MatchVerdict): RowProblem[] {
  return match === 'TIDAK_ADA' ? [] : [{ ...MAY_BE_THERE, column: null }]
}
