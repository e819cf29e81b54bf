import type { AgencyCode, Role } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import { Caller } from '@satuanak/identity'

/** Someone to be in the demo city: who the gateway takes them for, and what they do, for the list of personas. */
export interface Persona {
  readonly caller: Caller
  readonly says: Sentence
}

/** Kemendagri codes of Kota Pekalongan, Pekalongan Utara (DOMAIN ID-23, ID-25). */
const PANJANG_WETAN = '33.75.03.1004'
const KRAPYAK = '33.75.03.1002'
/** Synthetic school numbers: region 99 is no province (PV-17). */
const SCHOOL = '99000001'
const PKBM = 'P9900001'

interface Who {
  readonly subject: string
  readonly name: string
  readonly agency: AgencyCode
  readonly roles: readonly Role[]
  readonly kelurahan?: readonly string[]
  readonly schools?: readonly string[]
}

const persona = (who: Who, id: string, en: string): Persona => ({
  caller: Caller.parse({ kelurahan: [], schools: [], ...who }),
  says: { id, en },
})

/** Nobody here exists: subjects are opaque, names are marked as examples. */
export const PERSONAS = {
  bapperida: persona(
    { subject: 'akun-bapperida-01', name: 'Ratna Wijayanti (contoh)', agency: 'BAPPERIDA', roles: ['BAPPERIDA'] },
    'Memantau seluruh kota: anak, rujukan dan riwayatnya, tanpa NIK dan tanpa catatan pekerja sosial.',
    'Watches the whole city: children, referrals and timelines, without NIK and without social workers’ notes.',
  ),
  dukcapil: persona(
    { subject: 'akun-dukcapil-01', name: 'Bambang Setiadi (contoh)', agency: 'DUKCAPIL', roles: ['OPERATOR_DUKCAPIL'] },
    'Mencari dan mendaftarkan anak, menerbitkan NIK, menjawab rujukan identitas.',
    'Finds and registers children, issues a NIK, answers referrals about identity.',
  ),
  perekaman: persona(
    { subject: 'akun-perekaman-01', name: 'Yuni Astuti (contoh)', agency: 'DUKCAPIL', roles: ['OPERATOR_PEREKAMAN'] },
    'Mencari anak dan melihat kelengkapan dokumennya sebelum perekaman KTP-el.',
    'Finds children and sees which papers they hold, ahead of KTP-el recording.',
  ),
  'operator-pencetakan': persona(
    { subject: 'akun-pencetakan-01', name: 'Arif Rahman (contoh)', agency: 'DUKCAPIL', roles: ['OPERATOR_PENCETAKAN'] },
    'Mencetak KTP-el dari antrean, menjaga stok, menyerahkan kartu ke sekolah dengan Berita Acara.',
    'Prints KTP-el cards from the queue, keeps the stock, hands cards over to schools with a Berita Acara.',
  ),
  'dinas-pendidikan': persona(
    { subject: 'akun-disdik-01', name: 'Slamet Riyanto (contoh)', agency: 'DISDIK', roles: ['DINAS_PENDIDIKAN'] },
    'Memverifikasi anak tidak sekolah, menempatkannya kembali, menjawab rujukan pendidikan.',
    'Verifies out-of-school records, places children back in learning, answers referrals about schooling.',
  ),
  'panitia-sekolah': persona(
    {
      subject: 'akun-panitia-01',
      name: 'Endang Lestari (contoh)',
      agency: 'DISDIK',
      roles: ['PANITIA_SEKOLAH'],
      schools: [SCHOOL],
    },
    'Panitia satu sekolah: hanya melihat murid sekolahnya sendiri.',
    'The committee of one school: sees that school’s own pupils only.',
  ),
  pkbm: persona(
    {
      subject: 'akun-pkbm-01',
      name: 'Agus Purnomo (contoh)',
      agency: 'DISDIK',
      roles: ['PANITIA_SEKOLAH'],
      schools: [PKBM],
    },
    'Pengelola satu PKBM: hanya melihat warga belajarnya sendiri.',
    'Runs one PKBM (community learning centre): sees its own learners only.',
  ),
  'kelurahan-panjang-wetan': persona(
    {
      subject: 'akun-kelurahan-01',
      name: 'Dewi Kartika (contoh)',
      agency: 'KELURAHAN',
      roles: ['ADMIN_KELURAHAN'],
      kelurahan: [PANJANG_WETAN],
    },
    'Admin Kelurahan Panjang Wetan: mendata dan memverifikasi anak di kelurahannya sendiri.',
    'Officer of Kelurahan Panjang Wetan: lists and verifies children of that kelurahan only.',
  ),
  'kelurahan-krapyak': persona(
    {
      subject: 'akun-kelurahan-02',
      name: 'Hadi Prasetyo (contoh)',
      agency: 'KELURAHAN',
      roles: ['ADMIN_KELURAHAN'],
      kelurahan: [KRAPYAK],
    },
    'Admin Kelurahan Krapyak: kelurahan tetangga, tidak melihat anak Panjang Wetan.',
    'Officer of the neighbouring Kelurahan Krapyak: does not see the children of Panjang Wetan.',
  ),
  relawan: persona(
    {
      subject: 'akun-relawan-01',
      name: 'Fitri Anggraini (contoh)',
      agency: 'KELURAHAN',
      roles: ['RELAWAN'],
      kelurahan: [PANJANG_WETAN],
    },
    'Relawan TUNTAS di Panjang Wetan: melaporkan anak tidak sekolah.',
    'TUNTAS volunteer in Panjang Wetan: reports out-of-school children.',
  ),
  'petugas-sosial': persona(
    { subject: 'akun-petugas-sosial-01', name: 'Joko Susanto (contoh)', agency: 'DINSOS', roles: ['PETUGAS_SOSIAL'] },
    'Petugas lapangan: mencatat pertemuan dengan anak jalanan, juga yang belum punya NIK.',
    'Outreach worker: records meetings with street children, also those without a NIK.',
  ),
  peksos: persona(
    { subject: 'akun-peksos-01', name: 'Sri Handayani (contoh)', agency: 'DINSOS', roles: ['PEKSOS'] },
    'Pekerja sosial: melakukan asesmen dan mengirim rujukan ke instansi lain.',
    'Social worker: completes assessments and sends referrals to other agencies.',
  ),
  'kasi-sosial': persona(
    { subject: 'akun-kasi-sosial-01', name: 'Wahyu Nugroho (contoh)', agency: 'DINSOS', roles: ['KASI_SOSIAL'] },
    'Kepala Seksi di Dinas Sosial: memeriksa penjangkauan, asesmen dan rujukan seksinya.',
    'Section head at Social Affairs: reviews outreach, assessments and referrals.',
  ),
  dinkes: persona(
    { subject: 'akun-dinkes-01', name: 'Lilis Suryani (contoh)', agency: 'DINKES', roles: ['ADMIN_OPD'] },
    'Dinas Kesehatan: menjawab rujukan kesehatan, hanya melihat bagian yang dibuka rujukan itu.',
    'Health Office: answers health referrals and sees only what a referral opens.',
  ),
  disnaker: persona(
    { subject: 'akun-disnaker-01', name: 'Rudi Gunawan (contoh)', agency: 'DISNAKER', roles: ['ADMIN_OPD'] },
    'Dinas Tenaga Kerja: menjawab rujukan tentang anak yang bekerja.',
    'Labour Office: answers referrals about children at work.',
  ),
  dpppa: persona(
    { subject: 'akun-dpppa-01', name: 'Nur Aini (contoh)', agency: 'DPPPA', roles: ['ADMIN_OPD'] },
    'Pemberdayaan Perempuan dan Perlindungan Anak: menjawab rujukan perlindungan.',
    'Women’s Empowerment and Child Protection: answers protection referrals.',
  ),
  'orang-tua': persona(
    { subject: 'akun-orang-tua-01', name: 'Siti Aminah (contoh)', agency: 'KELURAHAN', roles: ['ORANG_TUA'] },
    'Orang tua: dikenal oleh sistem, belum dapat membaca data anak.',
    'A parent: known to the system, cannot read children’s data yet.',
  ),
  dpo: persona(
    { subject: 'akun-dpo-01', name: 'Taufik Maulana (contoh)', agency: 'BAPPERIDA', roles: ['DPO'] },
    'Pejabat pelindungan data pribadi: memeriksa jejak audit, tidak melihat isi data.',
    'Data protection officer: examines the audit trail, sees no content.',
  ),
} as const satisfies Record<string, Persona>
export type PersonaId = keyof typeof PERSONAS

export const isPersonaId = (value: string): value is PersonaId => Object.hasOwn(PERSONAS, value)
