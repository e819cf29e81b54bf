/** TUN-R1, but for DRAFT: what is reported here is complete. The main line first, then the side states. */
export const ATS_STATES = [
  'BELUM_VERIFIKASI',
  'DALAM_VERIFIKASI',
  'TERVERIFIKASI',
  'DIPETAKAN',
  'DIUSULKAN',
  'DITETAPKAN',
  'DIINTERVENSI',
  'SELESAI',
  'TIDAK_VALID',
  'TIDAK_DITEMUKAN',
  'PINDAH',
  'DUPLIKAT',
] as const
export type AtsState = (typeof ATS_STATES)[number]

/**
 * TUN-R1: what may follow. An enrolment closes a record wherever it stands (DOMAIN §9 ats.child.reentered); only from
 * DALAM_VERIFIKASI, so only with a field check, does a reported record become verified or invalid (TUN-R2); one that an
 * OPD gave back is verified as before, and mapped again (RF-R2).
 */
export const NEXT = {
  BELUM_VERIFIKASI: ['DALAM_VERIFIKASI', 'SELESAI'],
  DALAM_VERIFIKASI: ['TERVERIFIKASI', 'TIDAK_VALID', 'TIDAK_DITEMUKAN', 'PINDAH', 'DUPLIKAT', 'SELESAI'],
  TERVERIFIKASI: ['DIPETAKAN', 'SELESAI'],
  DIPETAKAN: ['DIUSULKAN', 'TERVERIFIKASI', 'SELESAI'],
  DIUSULKAN: ['DITETAPKAN', 'TERVERIFIKASI', 'SELESAI'],
  DITETAPKAN: ['DIINTERVENSI', 'SELESAI'],
  DIINTERVENSI: ['SELESAI'],
  SELESAI: [],
  TIDAK_VALID: [],
  TIDAK_DITEMUKAN: [],
  PINDAH: [],
  DUPLIKAT: [],
} as const satisfies Record<AtsState, readonly AtsState[]>

export const mayFollow = (from: AtsState, to: AtsState): boolean => (NEXT[from] as readonly AtsState[]).includes(to)

/** Nothing follows: the child is off the working list (AT-03). */
export const isFinal = (state: AtsState): boolean => NEXT[state].length === 0

/** Verified, and not yet at its end: from here on it is said why, and what is done (TUN-06 and after). */
export const isVerified = (state: AtsState): boolean => VERIFIED.has(state)
const VERIFIED: ReadonlySet<AtsState> = new Set([
  'TERVERIFIKASI',
  'DIPETAKAN',
  'DIUSULKAN',
  'DITETAPKAN',
  'DIINTERVENSI',
])

/** What a verification found where the child is not, or no longer, out of school (DOMAIN §4.2). */
export const OUTCOMES = ['V01', 'V02', 'V03', 'V04', 'V05', 'V06', 'V07', 'V08', 'V09', 'V10', 'V11'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Where each of these findings leads (DOMAIN §4.2, TUN-R1). */
export const STATE_AFTER = {
  V01: 'TIDAK_VALID',
  V02: 'TIDAK_VALID',
  V03: 'TIDAK_VALID',
  V04: 'PINDAH',
  V05: 'TIDAK_VALID',
  V06: 'TIDAK_DITEMUKAN',
  V07: 'TIDAK_VALID',
  V08: 'TIDAK_VALID',
  V09: 'DUPLIKAT',
  V10: 'TIDAK_VALID',
  V11: 'TIDAK_VALID',
} as const satisfies Record<Outcome, AtsState>
