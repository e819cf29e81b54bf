import { z } from 'zod'

/** Who may act: the scopes of DOMAIN PV-18, in the offices' own words. */
export const ROLES = [
  'ADMIN_KELURAHAN',
  'RELAWAN',
  'BAPPERIDA',
  'ADMIN_OPD',
  'PANITIA_SEKOLAH',
  'DINAS_PENDIDIKAN',
  'OPERATOR_DUKCAPIL',
  'OPERATOR_PEREKAMAN',
  'OPERATOR_PENCETAKAN',
  'PETUGAS_SOSIAL',
  'PEKSOS',
  'KASI_SOSIAL',
  'KABID_SOSIAL',
  'KADIS_SOSIAL',
  'PNY',
  'BIM',
  'TATA_USAHA',
  'PERAWAT',
  'KEPALA_RPPSA',
  'ORANG_TUA',
  'DPO',
] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>
