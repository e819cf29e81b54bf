import { ATS_REASONS, type AtsOpd, type AtsReason } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'

/** Of what kind a cause is (aspek penyebab, DOMAIN §4.2). */
export const ASPEK = [
  'MOTIVASI',
  'EKONOMI',
  'GEOGRAFIS',
  'BUDAYA',
  'SOSIAL',
  'PSIKOLOGIS',
  'ADMINISTRASI',
  'KESEHATAN',
  'HUKUM',
] as const
type Aspek = (typeof ASPEK)[number]

/** A reason of the list (DOMAIN §4.2). */
export interface Reason {
  readonly label: Sentence
  /** None where the list names none. */
  readonly aspek: readonly Aspek[]
  /** The agencies that may answer for it (OPD pengampu), the usual one first; none: Bapperida decides. */
  readonly opds: readonly AtsOpd[]
  /** The ministry's number as far as it can be inferred; null where nobody knows one. */
  readonly ministryId: number | null
}

const reason = (
  ministryId: number | null,
  id: string,
  en: string,
  aspek: readonly Aspek[],
  opds: readonly AtsOpd[],
): Reason => ({ label: { id, en }, aspek, opds, ministryId })

// biome-ignore format: DOMAIN §4.2 as a table, one reason a line
export const REASONS = {
  A01: reason(1, 'Tidak mau bersekolah', 'Does not want to go to school', ['MOTIVASI'], ['DISDIK', 'DPPPA']),
  A02: reason(2, 'Tidak ada biaya', 'No money', ['EKONOMI'], ['DINSOS', 'DISDIK']),
  A03: reason(3, 'Sekolah jauh dari rumah', 'School far from home', ['GEOGRAFIS'], ['DISDIK', 'DISHUB']),
  A04: reason(4, 'Sudah cukup dengan pendidikan sekarang', 'Content with the schooling so far', ['BUDAYA', 'MOTIVASI'], ['DISDIK']),
  A05: reason(5, 'Menikah atau mengurus rumah tangga', 'Married or keeping house', ['SOSIAL'], ['DPPPA', 'DISDIK']),
  A06: reason(6, 'Kekerasan, perundungan atau trauma di sekolah', 'Violence, bullying or trauma at school', ['SOSIAL', 'PSIKOLOGIS'], ['DPPPA', 'DISDIK']),
  A07: reason(7, 'Bekerja', 'Works', ['EKONOMI'], ['DISNAKER', 'DISDIK']),
  A08: reason(8, 'Pengaruh lingkungan atau teman', 'Influence of surroundings or friends', ['SOSIAL'], ['DPPPA', 'DISDIK']),
  A09: reason(9, 'Beranggapan sekolah tidak penting', 'Thinks that school does not matter', ['BUDAYA'], ['DISDIK']),
  A10: reason(10, 'Tidak memiliki seragam', 'No uniform', ['EKONOMI'], ['DINSOS', 'DISDIK']),
  A11: reason(11, 'Tidak memiliki akta kelahiran', 'No birth certificate', ['ADMINISTRASI'], ['DUKCAPIL']),
  A12: reason(12, 'Masalah kesehatan atau disabilitas', 'Health or disability', ['KESEHATAN'], ['DINKES', 'DINSOS', 'DISDIK']),
  A13: reason(13, 'Lainnya', 'Another reason', [], []),
  A14: reason(null, 'Dikeluarkan', 'Was expelled', ['SOSIAL'], ['DISDIK']),
  A15: reason(null, 'Mengundurkan diri', 'Withdrew', [], ['DISDIK']),
  A16: reason(null, 'Berhadapan dengan hukum', 'In contact with the law', ['HUKUM'], ['DINSOS', 'DPPPA']),
} as const satisfies Record<AtsReason, Reason>

/** Which agencies answer for which reason in this city, the usual one first (TUN-07). */
export type OpdsOf = Readonly<Record<AtsReason, readonly AtsOpd[]>>

/** The list of DOMAIN §4.2, with what this city says otherwise; of A13 no list says anything. */
export function opdsOfCity(otherwise: Readonly<Partial<Record<Exclude<AtsReason, 'A13'>, readonly AtsOpd[]>>>): OpdsOf {
  const said: Readonly<Partial<Record<AtsReason, readonly AtsOpd[]>>> = otherwise
  const pairs = ATS_REASONS.map((code) => [code, said[code] ?? REASONS[code].opds] as const)
  // Every reason is there once; TypeScript cannot follow entries.
  return Object.fromEntries(pairs) as Record<AtsReason, readonly AtsOpd[]>
}
