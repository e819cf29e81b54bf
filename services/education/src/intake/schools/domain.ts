import type { Level } from '@satuanak/contracts'
import { information, type Notice, problem, warning } from '@satuanak/domain-kit'
import { type Cell, type Cells, type ColumnTable, type RowProblem, toProblem } from '@satuanak/intake-kit/rows'

/**
 * The columns that are read, and what Dapodik's lists and the offices call them. The name of a kelurahan is not read:
 * only its Kemendagri code says which it is (ID-23).
 */
const COLUMNS = {
  NPSN: ['NPSN', 'NO_NPSN', 'NOMOR_NPSN', 'NPSN_SEKOLAH', 'KODE_SEKOLAH'],
  NAMA: ['NAMA', 'NAMA_SEKOLAH', 'NAMA_SATUAN_PENDIDIKAN', 'SATUAN_PENDIDIKAN', 'NAMA_SP', 'SEKOLAH'],
  BENTUK: ['BENTUK', 'BENTUK_PENDIDIKAN', 'BENTUK_SEKOLAH', 'BENTUK_SATUAN_PENDIDIKAN', 'BP', 'JENIS_SEKOLAH'],
  KODE_KELURAHAN: [
    'KODE_KELURAHAN',
    'KODE_KEL',
    'KODE_DESA',
    'KODE_DESA_KELURAHAN',
    'KODE_KEL_DESA',
    'KODE_KELURAHAN_DESA',
    'KODE_DAGRI',
    'KODE_KEMENDAGRI',
  ],
  DAYA_TAMPUNG: ['DAYA_TAMPUNG', 'KAPASITAS', 'KAPASITAS_SEKOLAH', 'JUMLAH_DAYA_TAMPUNG'],
} as const satisfies Readonly<Record<string, readonly string[]>>
type Column = keyof typeof COLUMNS

export const SCHOOL_COLUMNS: ColumnTable<Column> = { names: COLUMNS, needed: ['NPSN', 'NAMA', 'BENTUK'] }
export type SchoolCells = Cells<Column>

const PAKET = ['PAKET_A', 'PAKET_B', 'PAKET_C'] as const
const form = <const Provider extends string>(provider: Provider, ...levels: readonly Level[]) => ({ provider, levels })

/** Bentuk pendidikan: who teaches there, and all that may be taught (ID-14). A course provider (LKP) is no schooling. */
export const FORMS = {
  KB: form('SCHOOL', 'PAUD'),
  TPA: form('SCHOOL', 'PAUD'),
  SPS: form('SCHOOL', 'PAUD'),
  TK: form('SCHOOL', 'PAUD'),
  RA: form('MADRASAH', 'PAUD'),
  SD: form('SCHOOL', 'SD'),
  MI: form('MADRASAH', 'SD'),
  SMP: form('SCHOOL', 'SMP'),
  MTS: form('MADRASAH', 'SMP'),
  SMA: form('SCHOOL', 'SMA'),
  SMK: form('SCHOOL', 'SMA'),
  MA: form('MADRASAH', 'SMA'),
  MAK: form('MADRASAH', 'SMA'),
  TKLB: form('SLB', 'PAUD'),
  SDLB: form('SLB', 'SD'),
  SMPLB: form('SLB', 'SMP'),
  SMALB: form('SLB', 'SMA'),
  SLB: form('SLB', 'PAUD', 'SD', 'SMP', 'SMA'),
  PKBM: form('PKBM', 'PAUD', ...PAKET),
  SKB: form('SKB', 'PAUD', ...PAKET),
} as const
export type FormName = keyof typeof FORMS

/** What lists write instead, with their separators taken out. */
const ALSO: Readonly<Record<string, FormName>> = {
  KELOMPOKBERMAIN: 'KB',
  TEMPATPENITIPANANAK: 'TPA',
  TAMANKANAKKANAK: 'TK',
  RAUDHATULATHFAL: 'RA',
  SEKOLAHDASAR: 'SD',
  MADRASAHIBTIDAIYAH: 'MI',
  SEKOLAHMENENGAHPERTAMA: 'SMP',
  MADRASAHTSANAWIYAH: 'MTS',
  SEKOLAHMENENGAHATAS: 'SMA',
  SEKOLAHMENENGAHKEJURUAN: 'SMK',
  MADRASAHALIYAH: 'MA',
  SEKOLAHLUARBIASA: 'SLB',
  PUSATKEGIATANBELAJARMASYARAKAT: 'PKBM',
  SANGGARKEGIATANBELAJAR: 'SKB',
}

/** `SMP`, `MTs`, `Sekolah Dasar`: the form that a cell names, null where it names none of the list. */
export function readForm(cell: Cell): FormName | null {
  const word = String(cell ?? '')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
  return Object.hasOwn(FORMS, word) ? (word as FormName) : (ALSO[word] ?? null)
}

/** ID-13: P begins the number of a PKBM or an SKB, K that of a course provider; anybody may have eight digits. */
export const mayHaveNumber = (name: FormName, npsn: string): boolean =>
  /^\d/.test(npsn) || (npsn.startsWith('P') && (name === 'PKBM' || name === 'SKB'))

/** As it is said of a row. */
const said = (notice: Notice, column: Column): RowProblem => toProblem(notice, column)

/** The school is new, and the row does not say where it stands. */
export const placeMissing = (): RowProblem => said(PLACE_MISSING, 'KODE_KELURAHAN')
const PLACE_MISSING = problem('ID-23', {
  id: 'Sekolah ini belum terdaftar, jadi kode kelurahannya wajib. Isi kolom KODE_KELURAHAN dengan kode Kemendagri 10 angka.',
  en: 'This school is not on the list yet, so it needs a place. Give its Kemendagri code of 10 digits as KODE_KELURAHAN.',
})

/** The same NPSN stood further up, and said something else. */
export const toldOtherwise = (): RowProblem => said(TOLD_OTHERWISE, 'NPSN')
const TOLD_OTHERWISE = problem('ID-13', {
  id: 'NPSN ini sudah ada di baris sebelumnya dengan isi lain. Hapus salah satu baris, lalu impor lagi.',
  en: 'This NPSN stands in an earlier row that says something else. Delete one of the two and import again.',
})

/** The row repeats an earlier one. */
export const toldBefore = (): RowProblem => said(TOLD_BEFORE, 'NPSN')
const TOLD_BEFORE = information('ID-13', {
  id: 'Baris ini mengulang baris sebelumnya dengan NPSN yang sama. Hasilnya lihat pada baris pertama.',
  en: 'This row repeats an earlier one with the same NPSN. What came of it is said at the first.',
})

/** Nothing is said of the seats of a new school. */
export const seatsUnknown = (): RowProblem => said(SEATS_UNKNOWN, 'DAYA_TAMPUNG')
const SEATS_UNKNOWN = warning('EC-32', {
  id: 'Daya tampung tidak disebut: dicatat 0. Lengkapi sebelum penerimaan murid baru.',
  en: 'Nothing is said of its capacity: written down as 0. Fill it in before admission begins.',
})
