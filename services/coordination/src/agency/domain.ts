import type { AgencyCode } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'

/** An agency of the directory: who can be sent a referral, and what it does for a child (DOMAIN §4.4, §8). */
export interface Agency {
  readonly code: AgencyCode
  readonly name: Sentence
  readonly services: readonly ServiceCode[]
  /** Runs a subgraph of its own; the others answer referrals in coordination's inbox (DESIGN §1). */
  readonly hasSubgraph: boolean
  /** Working days in which it acknowledges a referral. */
  readonly ackDays: number
}

/** What agencies offer, and how the city calls it. */
export const SERVICES_OFFERED = {
  AKTA_KELAHIRAN: { id: 'Akta kelahiran', en: 'Birth certificate' },
  NIK_KK: { id: 'NIK dan Kartu Keluarga', en: 'NIK and family card' },
  KIA: { id: 'Kartu Identitas Anak', en: 'Child identity card' },
  REKAM_KTP: { id: 'Perekaman KTP-el', en: 'KTP-el recording' },
  SEKOLAH_FORMAL: { id: 'Penempatan di sekolah formal', en: 'Placement in a formal school' },
  PAKET_KESETARAAN: { id: 'Paket A, B, C di PKBM atau SKB', en: 'Equivalency programme A, B, C at a PKBM or SKB' },
  BEASISWA: { id: 'Beasiswa dan PIP/KIP', en: 'Scholarships and PIP/KIP' },
  PENJANGKAUAN: { id: 'Penjangkauan dan asesmen sosial', en: 'Outreach and social assessment' },
  BANTUAN_SOSIAL: { id: 'Usulan bantuan sosial (PKH, BPNT)', en: 'Proposal for social aid (PKH, BPNT)' },
  LAPORAN_SOSIAL: { id: 'Laporan sosial dan pendampingan anak', en: 'Social report and accompaniment' },
  KOORDINASI_ATS: { id: 'Koordinasi penanganan anak tidak sekolah', en: 'Coordination for out-of-school children' },
  PENDATAAN: { id: 'Pendataan anak', en: 'Listing children' },
  VERIFIKASI_LAPANGAN: { id: 'Verifikasi lapangan', en: 'Field verification' },
  RUMAH_PERLINDUNGAN: { id: 'Rumah perlindungan', en: 'Shelter' },
  REHABILITASI_SOSIAL: { id: 'Rehabilitasi sosial dan petirahan', en: 'Social rehabilitation and petirahan' },
  PENDAMPINGAN_KORBAN: { id: 'Pendampingan korban kekerasan', en: 'Support for victims of violence' },
  KONSELING_KELUARGA: { id: 'Konseling anak dan keluarga', en: 'Counselling for child and family' },
  PEMERIKSAAN_KESEHATAN: { id: 'Pemeriksaan kesehatan', en: 'Health examination' },
  ALAT_BANTU: { id: 'Alat bantu disabilitas', en: 'Assistive devices' },
  PENGAWASAN_KERJA_ANAK: { id: 'Pengawasan pekerja anak', en: 'Supervision of child labour' },
  PELATIHAN_KERJA: { id: 'Pelatihan kerja', en: 'Job training' },
  ANGKUTAN_SEKOLAH: { id: 'Angkutan sekolah', en: 'School transport' },
  PENANGANAN_TERPADU: { id: 'Penanganan terpadu di jalan', en: 'Joint action on the street' },
  MADRASAH: { id: 'Penempatan di madrasah', en: 'Placement in a madrasah' },
  PESANTREN: { id: 'Penempatan di pesantren', en: 'Placement in a pesantren' },
  BANTUAN_HUKUM: { id: 'Bantuan hukum', en: 'Legal aid' },
} as const satisfies Record<string, Sentence>
export type ServiceCode = keyof typeof SERVICES_OFFERED
