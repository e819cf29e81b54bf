import type { AgencyCode, Role } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'

/** What the city calls its agencies, for a reader who is told whom to ask. */
export const AGENCY_NAMES = {
  DUKCAPIL: { id: 'Dinas Kependudukan dan Pencatatan Sipil', en: 'the Civil Registry Office (Dukcapil)' },
  DISDIK: { id: 'Dinas Pendidikan', en: 'the Education Office (Dinas Pendidikan)' },
  DINSOS: { id: 'Dinas Sosial', en: 'the Social Affairs Office (Dinas Sosial)' },
  BAPPERIDA: { id: 'Bapperida', en: 'the Planning Agency (Bapperida)' },
  KELURAHAN: { id: 'kantor kelurahan', en: 'the kelurahan office' },
  RPPSA: { id: 'RPPSA', en: 'the children’s shelter (RPPSA)' },
  DPPPA: {
    id: 'Dinas Pemberdayaan Perempuan dan Perlindungan Anak',
    en: 'the Women’s Empowerment and Child Protection Office (DPPPA)',
  },
  DINKES: { id: 'Dinas Kesehatan', en: 'the Health Office (Dinas Kesehatan)' },
  DISNAKER: { id: 'Dinas Tenaga Kerja', en: 'the Labour Office (Dinas Tenaga Kerja)' },
  DISHUB: { id: 'Dinas Perhubungan', en: 'the Transport Office (Dinas Perhubungan)' },
  SATPOLPP: { id: 'Satpol PP', en: 'the Public Order Agency (Satpol PP)' },
  KEMENAG: { id: 'Kantor Kementerian Agama', en: 'the Religious Affairs Office (Kemenag)' },
  LBH: { id: 'Lembaga Bantuan Hukum', en: 'the Legal Aid Institute (LBH)' },
} as const satisfies Record<AgencyCode, Sentence>

/** What the offices call their roles. */
export const ROLE_NAMES = {
  ADMIN_KELURAHAN: { id: 'Admin Kelurahan', en: 'kelurahan officer' },
  RELAWAN: { id: 'Relawan TUNTAS', en: 'TUNTAS volunteer' },
  BAPPERIDA: { id: 'Admin Bapperida', en: 'Bapperida officer' },
  ADMIN_OPD: { id: 'Admin OPD', en: 'agency (OPD) officer' },
  PANITIA_SEKOLAH: { id: 'panitia sekolah', en: 'school committee' },
  DINAS_PENDIDIKAN: { id: 'petugas Dinas Pendidikan', en: 'education officer' },
  OPERATOR_DUKCAPIL: { id: 'operator Dukcapil', en: 'civil registry operator' },
  OPERATOR_PEREKAMAN: { id: 'operator perekaman KTP-el', en: 'KTP-el recording operator' },
  OPERATOR_PENCETAKAN: { id: 'operator pencetakan KTP-el', en: 'KTP-el printing operator' },
  PETUGAS_SOSIAL: { id: 'petugas lapangan sosial', en: 'outreach worker' },
  PEKSOS: { id: 'pekerja sosial', en: 'social worker' },
  KASI_SOSIAL: { id: 'Kepala Seksi Sosial', en: 'social section head' },
  KABID_SOSIAL: { id: 'Kepala Bidang Sosial', en: 'social division head' },
  KADIS_SOSIAL: { id: 'Kepala Dinas Sosial', en: 'head of social affairs' },
  PNY: { id: 'seksi penyantunan RPPSA', en: 'shelter care section' },
  BIM: { id: 'seksi bimbingan RPPSA', en: 'shelter guidance section' },
  TATA_USAHA: { id: 'tata usaha RPPSA', en: 'shelter administration' },
  PERAWAT: { id: 'perawat RPPSA', en: 'shelter nurse' },
  KEPALA_RPPSA: { id: 'Kepala RPPSA', en: 'head of the shelter' },
  ORANG_TUA: { id: 'orang tua atau wali', en: 'parent or guardian' },
  DPO: { id: 'pejabat pelindungan data pribadi', en: 'data protection officer' },
} as const satisfies Record<Role, Sentence>
