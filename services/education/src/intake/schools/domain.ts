import { information, type Notice, problem, warning } from '@satuanak/domain-kit'
import { type Cell, type Cells, type ColumnTable, type RowProblem, toProblem } from '@satuanak/intake-kit/rows'
import { SCHOOL_KINDS, type SchoolKind } from '../../school/keep-told-schools.ts'

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

/** Bentuk pendidikan: every kind of school but a course provider (LKP), whose courses are no schooling (ID-14). */
export const FORM_NAMES = (Object.keys(SCHOOL_KINDS) as SchoolKind[]).filter((kind) => kind !== 'LKP')

/** What lists write instead, with their separators taken out. */
const ALSO: Readonly<Record<string, SchoolKind>> = {
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
export function readForm(cell: Cell): SchoolKind | null {
  const word = String(cell ?? '')
    .toUpperCase()
    .replace(/[^A-Z]/g, '')
  return FORM_NAMES.find((name) => name === word) ?? ALSO[word] ?? null
}

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
