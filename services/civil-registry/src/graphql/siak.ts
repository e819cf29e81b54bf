import { builder } from './builder.ts'

export const SiakField = builder.enumType('SiakField', {
  description: 'What an akta and SIAK both say of a person (BLG-04).',
  values: ['NAMA', 'JENIS_KELAMIN', 'TANGGAL_LAHIR', 'TEMPAT_LAHIR', 'NAMA_IBU'] as const,
})
export const SiakSourceEnum = builder.enumType('SiakSource', {
  description: 'Who answered: the ministry’s register, or SIAK_TIRUAN, the stand-in of a house without a connection.',
  values: ['SIAK', 'SIAK_TIRUAN'] as const,
})
export const NikVerdictEnum = builder.enumType('NikVerdict', {
  description: 'Whether SIAK knows the NIK, and says of the person what the registry does (BLG-04).',
  values: ['COCOK', 'TIDAK_COCOK', 'TIDAK_DITEMUKAN', 'MENUNGGU_VERIFIKASI'] as const,
})
