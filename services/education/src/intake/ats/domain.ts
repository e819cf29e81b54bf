import { information, type Notice, problem, warning } from '@satuanak/domain-kit'
import { type Cell, type Cells, type ColumnTable, type RowProblem, toProblem } from '@satuanak/intake-kit/rows'

/**
 * The columns of the ministry's export that are read (AT-13), and what else offices call them. Its own region codes
 * (`kode_wilayah`, `kode_desa`) are not Kemendagri's and are not read, nor are school, year and approvals.
 */
const COLUMNS = {
  PESERTA_DIDIK_ID: ['PESERTA_DIDIK_ID', 'ID_PESERTA_DIDIK'],
  STATUS: ['STATUS', 'STATUS_ATS', 'KATEGORI', 'KATEGORI_ATS'],
  NAMA: ['NAMA', 'NAMA_LENGKAP', 'NAMA_PESERTA_DIDIK'],
  JENIS_KELAMIN: ['JENIS_KELAMIN', 'JK', 'L/P'],
  TANGGAL_LAHIR: ['TANGGAL_LAHIR', 'TGL_LAHIR'],
  TEMPAT_LAHIR: ['TEMPAT_LAHIR', 'TMPT_LAHIR'],
  NAMA_IBU_KANDUNG: ['NAMA_IBU_KANDUNG', 'NAMA_IBU', 'IBU_KANDUNG'],
  NIK: ['NIK', 'NO_NIK'],
  NO_KK: ['NO_KK', 'NOMOR_KK'],
  KODE_DAGRI: ['KODE_DAGRI', 'KODE_KEMENDAGRI', 'KODE_KELURAHAN'],
  RT: ['RT', 'NO_RT'],
  RW: ['RW', 'NO_RW'],
  ALAMAT_JALAN: ['ALAMAT_JALAN', 'ALAMAT'],
  SOFT_DELETE_ATS: ['SOFT_DELETE_ATS', 'SOFT_DELETE'],
} as const satisfies Readonly<Record<string, readonly string[]>>
type Column = keyof typeof COLUMNS

export const ATS_COLUMNS: ColumnTable<Column> = {
  names: COLUMNS,
  needed: ['PESERTA_DIDIK_ID', 'STATUS', 'NAMA', 'JENIS_KELAMIN'],
}
export type AtsCells = Cells<Column>

/** Whether the ministry has taken the row back. */
export const isTakenBack = (cell: Cell): boolean => /^(1|true|ya|t)$/i.test(String(cell ?? ''))

/** As it is said of a row. */
const said = (notice: Notice, column: Column): RowProblem => toProblem(notice, column)

/** The ministry has taken the row back. */
export const takenBack = (): RowProblem => said(TAKEN_BACK, 'SOFT_DELETE_ATS')
const TAKEN_BACK = problem('AT-13', {
  id: 'Kementerian sudah menghapus baris ini dari daftarnya. Tidak ada yang perlu dilakukan.',
  en: 'The ministry has taken this row off its list. There is nothing to do.',
})

/** The pupil came in before, by this file or another. Says nothing of what became of the record. */
export const cameBefore = (): RowProblem => said(CAME_BEFORE, 'PESERTA_DIDIK_ID')
const CAME_BEFORE = information('AT-03', {
  id: 'Peserta didik ini sudah pernah masuk dari daftar kementerian; catatannya tidak diubah. Bila perlu, laporkan lagi satu per satu.',
  en: 'This pupil came in from the ministry’s list before; the record was not touched. Report it by itself where need be.',
})

/** Nobody's working list has it but the Education Office's. */
export const placeUnknown = (): RowProblem => said(PLACE_UNKNOWN, 'KODE_DAGRI')
const PLACE_UNKNOWN = warning('ID-23', {
  id: 'Kode kelurahan (KODE_DAGRI) kosong: anak tidak muncul di daftar kelurahan mana pun. Dinas Pendidikan mencari tempat tinggalnya.',
  en: 'The code of the kelurahan (KODE_DAGRI) is empty: no kelurahan has the child on its list. The Education Office finds out where it lives.',
})
