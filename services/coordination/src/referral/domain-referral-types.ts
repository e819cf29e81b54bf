import { AGENCIES, type AgencyCode, type Grantable } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'

/**
 * How long the receiver has. Working days end at the close of office, the others run by the clock (ID-29). `basis`: `S`
 * the source document says so, `D` our default where it is silent (DOMAIN §8).
 */
export type Limit = { readonly basis: 'S' | 'D' } & (
  | { readonly workingDays: number }
  | { readonly days: number }
  | { readonly months: number }
  | { readonly hours: number }
)

/** One flow of DOMAIN §8. */
export interface ReferralFlow {
  readonly title: Sentence
  readonly from: readonly AgencyCode[]
  readonly to: readonly AgencyCode[]
  readonly limit: Limit
  /** The minimum set its receiver needs (PV-12): a referral opens these parts of the child, or fewer, never others. */
  readonly parts: readonly Grantable[]
  /** The closing events: what a completion may say. */
  readonly outcomes: readonly Outcome[]
}

/** How a referral ended, as the office says it. */
export const OUTCOMES = {
  TERDAFTAR: { id: 'Terdaftar di satuan pendidikan', en: 'Enrolled' },
  TERBIT: { id: 'Dokumen terbit', en: 'Papers issued' },
  TIDAK_DAPAT: { id: 'Tidak dapat, dengan alasan', en: 'Not possible, for the reason given' },
  BANTUAN_DIBERIKAN: { id: 'Bantuan diberikan', en: 'Aid given' },
  BANTUAN_DITOLAK: { id: 'Bantuan ditolak, dengan alasan', en: 'Aid refused, for the reason given' },
  RENCANA_DISEPAKATI: { id: 'Rencana disepakati', en: 'Plan agreed' },
  RENCANA_AMAN: { id: 'Rencana pengamanan disusun', en: 'Safe plan made' },
  BERHENTI_BEKERJA: { id: 'Berhenti bekerja dan belajar kembali', en: 'Left work, in learning' },
  LAYANAN_DIBERIKAN: { id: 'Layanan diberikan', en: 'Service given' },
  ANGKUTAN_TERSEDIA: { id: 'Angkutan atau tempat terdekat dipakai', en: 'Transport or a nearer place in use' },
  SURAT_DITERIMA: { id: 'Surat sekolah diterima', en: 'School letter received' },
  DIREKAM: { id: 'Direkam', en: 'Recorded' },
  KARTU_DITERIMA: { id: 'Kartu diterima', en: 'Card received' },
  MENJADI_ATS: { id: 'Didata sebagai anak tidak sekolah', en: 'Listed as out of school' },
  TERKONFIRMASI: { id: 'Terkonfirmasi', en: 'Confirmed' },
  TIDAK_TERKONFIRMASI: { id: 'Tidak terkonfirmasi', en: 'Denied' },
  TIDAK_DIKETAHUI: { id: 'Tidak diketahui', en: 'Unknown' },
  ALAMAT_DIPERBAIKI: { id: 'Alamat diperbaiki', en: 'Address corrected' },
  DITERIMA_DI_RUMAH_PERLINDUNGAN: { id: 'Diterima di rumah perlindungan', en: 'In the shelter' },
  DITERIMA_KEMBALI: { id: 'Diterima kembali dengan Berita Acara', en: 'Received, Berita Acara signed' },
  KUASA_DITUNJUK: { id: 'Kuasa hukum ditunjuk', en: 'Counsel named' },
  LAPORAN_SELESAI: { id: 'Laporan sosial disampaikan', en: 'Social report delivered' },
  TERIDENTIFIKASI: { id: 'Teridentifikasi', en: 'Identified' },
  TIDAK_DITEMUKAN: { id: 'Tidak ditemukan', en: 'Not found' },
  DATA_DIPERBAIKI: { id: 'Data diperbaiki', en: 'Data corrected' },
  MASIH_BERSEKOLAH: { id: 'Masih bersekolah', en: 'Still attending' },
} as const satisfies Record<string, Sentence>
export type Outcome = keyof typeof OUTCOMES

const ANY = AGENCIES
/** ATS causes found by a kelurahan; Bapperida leads for ATS and may send them too (RF-R1). */
const ATS_LEAD = ['KELURAHAN', 'BAPPERIDA'] as const

const workingDays = (count: number, basis: 'S' | 'D'): Limit => ({ workingDays: count, basis })
const days = (count: number, basis: 'S' | 'D'): Limit => ({ days: count, basis })
const title = (id: string, en: string): Sentence => ({ id, en })

// biome-ignore format: DOMAIN §8 as a table, one flow per block
const FLOWS = {
  'RF-01': { title: title('Penempatan anak putus sekolah', 'Placement of a child who dropped out'), from: ['DINSOS'], to: ['DISDIK'],
    limit: days(14, 'D'), parts: ['identity', 'outreach', 'assessment'], outcomes: ['TERDAFTAR', 'TIDAK_DAPAT'] },
  'RF-02': { title: title('Anak tanpa NIK atau akta', 'Child without NIK or birth certificate'), from: ANY, to: ['DUKCAPIL'],
    limit: workingDays(5, 'D'), parts: ['identity', 'papers', 'outreach'], outcomes: ['TERBIT', 'TIDAK_DAPAT'] },
  'RF-03': { title: title('Tidak ada biaya atau seragam', 'No money or uniform'), from: ATS_LEAD, to: ['DINSOS'],
    limit: workingDays(10, 'S'), parts: ['identity', 'ats'], outcomes: ['BANTUAN_DIBERIKAN', 'BANTUAN_DITOLAK'] },
  'RF-04': { title: title('Konseling dan rencana kembali belajar', 'Counselling and a plan to return'), from: ATS_LEAD, to: ['DPPPA'],
    limit: workingDays(10, 'D'), parts: ['identity', 'ats'], outcomes: ['RENCANA_DISEPAKATI'] },
  'RF-05': { title: title('Dugaan kekerasan', 'Signs of violence'), from: ANY, to: ['DPPPA', 'DINSOS'],
    limit: { hours: 24, basis: 'D' }, parts: ['identity', 'ats'], outcomes: ['RENCANA_AMAN'] },
  'RF-06': { title: title('Anak bekerja', 'Child at work'), from: ATS_LEAD, to: ['DISNAKER', 'DISDIK'],
    limit: days(14, 'D'), parts: ['identity', 'ats'], outcomes: ['BERHENTI_BEKERJA'] },
  'RF-07': { title: title('Kesehatan atau disabilitas', 'Health or disability'), from: ANY, to: ['DINKES', 'DISDIK'],
    limit: days(14, 'D'), parts: ['identity', 'ats'], outcomes: ['LAYANAN_DIBERIKAN'] },
  'RF-08': { title: title('Sekolah jauh dari rumah', 'School far from home'), from: ANY, to: ['DISDIK', 'DISHUB'],
    limit: days(30, 'D'), parts: ['identity', 'school'], outcomes: ['ANGKUTAN_TERSEDIA'] },
  'RF-09': { title: title('Anak di rumah perlindungan belum bersekolah', 'Sheltered child not in school'), from: ['RPPSA'], to: ['DISDIK', 'KEMENAG'],
    limit: { months: 1, basis: 'S' }, parts: ['identity', 'school'], outcomes: ['SURAT_DITERIMA'] },
  'RF-10': { title: title('Murid berusia 16 tahun: perekaman KTP-el', 'Pupil of 16: KTP-el recording'), from: ['DISDIK'], to: ['DUKCAPIL'],
    limit: days(60, 'D'), parts: ['identity', 'school'], outcomes: ['DIREKAM'] },
  'RF-11': { title: title('Kartu murid yang genap 17 tahun', 'Card of a pupil who turned 17'), from: ['DUKCAPIL'], to: ['DISDIK'],
    limit: days(14, 'D'), parts: ['identity'], outcomes: ['KARTU_DITERIMA'] },
  'RF-12': { title: title('Tidak diterima pada PPDB', 'Not admitted through PPDB'), from: ['DISDIK'], to: ['DISDIK', 'KELURAHAN'],
    limit: days(7, 'D'), parts: ['identity', 'school'], outcomes: ['TERDAFTAR', 'MENJADI_ATS'] },
  'RF-13': { title: title('Konfirmasi jalur afirmasi', 'Confirmation of an afirmasi claim'), from: ['DISDIK'], to: ['DINSOS'],
    limit: workingDays(1, 'D'), parts: ['identity'], outcomes: ['TERKONFIRMASI', 'TIDAK_TERKONFIRMASI', 'TIDAK_DIKETAHUI'] },
  'RF-14': { title: title('Pindah domisili', 'Moved away'), from: ['KELURAHAN'], to: ['KELURAHAN', 'DUKCAPIL'],
    limit: days(7, 'D'), parts: ['identity', 'ats'], outcomes: ['TERKONFIRMASI', 'ALAMAT_DIPERBAIKI'] },
  'RF-15': { title: title('Perlu rumah perlindungan', 'In need of shelter'), from: ['DINSOS'], to: ['RPPSA'],
    limit: days(7, 'S'), parts: ['identity', 'papers', 'outreach', 'assessment'], outcomes: ['DITERIMA_DI_RUMAH_PERLINDUNGAN'] },
  'RF-16': { title: title('Terminasi dari rumah perlindungan', 'Leaving the shelter'), from: ['RPPSA'], to: ['DINSOS', 'DISDIK'],
    limit: days(12, 'S'), parts: ['identity', 'school'], outcomes: ['DITERIMA_KEMBALI'] },
  'RF-17': { title: title('Petirahan selesai', 'End of a petirahan'), from: ['RPPSA'], to: ['DINSOS', 'DISDIK'],
    limit: workingDays(0, 'S'), parts: ['identity', 'school'], outcomes: ['DITERIMA_KEMBALI'] },
  'RF-18': { title: title('Pendampingan hukum', 'Legal aid'), from: ['RPPSA'], to: ['LBH'],
    limit: days(3, 'D'), parts: ['identity'], outcomes: ['KUASA_DITUNJUK'] },
  // Police and Bapas have no desk in this house: Dinsos takes their notice, and its Peksos answers it.
  'RF-19': { title: title('Anak berhadapan dengan hukum', 'Child in contact with the law'), from: ['DINSOS'], to: ['DINSOS'],
    limit: days(3, 'D'), parts: [], outcomes: ['LAPORAN_SELESAI'] },
  'RF-20': { title: title('Anak tak beridentitas', 'Unidentified child'), from: ['DINSOS'], to: ['DUKCAPIL'],
    limit: days(3, 'D'), parts: ['outreach'], outcomes: ['TERIDENTIFIKASI', 'TIDAK_DITEMUKAN'] },
  'RF-21': { title: title('Rekaman ganda', 'Duplicate record'), from: ['DUKCAPIL'], to: ['DUKCAPIL'],
    limit: days(30, 'D'), parts: ['identity'], outcomes: ['DATA_DIPERBAIKI'] },
  'RF-22': { title: title('Data SIAK berbeda dari akta', 'SIAK data differ from the akta'), from: ['DUKCAPIL'], to: ['DUKCAPIL'],
    limit: days(3, 'D'), parts: ['identity', 'papers'], outcomes: ['DATA_DIPERBAIKI'] },
  'RF-23': { title: title('Kembali ke jalan setelah pernyataan', 'Back on the street after a statement'), from: ['DINSOS'], to: ['SATPOLPP', 'DPPPA'],
    limit: days(7, 'D'), parts: ['outreach'], outcomes: ['RENCANA_DISEPAKATI'] },
  'RF-24': { title: title('Pemantauan anak yang kembali bersekolah', 'Follow-up of a child back in school'), from: ['DISDIK'], to: ['KELURAHAN', 'DINSOS'],
    limit: days(90, 'D'), parts: ['identity', 'school'], outcomes: ['MASIH_BERSEKOLAH', 'MENJADI_ATS'] },
  'RF-25': { title: title('Penyandang disabilitas belum bersekolah', 'Disabled child not in school'), from: ATS_LEAD, to: ['DISDIK'],
    limit: days(30, 'D'), parts: ['identity', 'ats'], outcomes: ['TERDAFTAR'] },
} as const satisfies Record<string, ReferralFlow>

/** `RF-01` … `RF-25`. */
export type ReferralType = keyof typeof FLOWS
export const REFERRAL_TYPES = Object.keys(FLOWS) as [ReferralType, ...ReferralType[]]

/** The flow of DOMAIN §8 that a type names. */
export const flowOf = (type: ReferralType): ReferralFlow => FLOWS[type]

export const isReferralType = (code: string): code is ReferralType => Object.hasOwn(FLOWS, code)
