import type { KtpSiakField } from '@satuanak/contracts'

/** By whose word BLG-04 went: what the officer saw at SIAK's own terminal, or what the register or its stand-in said. */
export const SIAK_WORDS = ['PETUGAS', 'SIAK', 'SIAK_TIRUAN'] as const
type SiakWord = (typeof SIAK_WORDS)[number]

/** What the register said of a pupil's NIK (BLG-04). */
type SiakVerdict = 'COCOK' | 'TIDAK_COCOK' | 'TIDAK_DITEMUKAN' | 'MENUNGGU_VERIFIKASI'

/** How a pupil was checked in SIAK: both words where there are two. */
export interface SiakCheck {
  /** Null while nothing is decided: the register has not answered, or knows nobody by the NIK. */
  readonly source: SiakWord | null
  /** Null where the register had not been asked. */
  readonly verdict: SiakVerdict | null
  /** What the register named. */
  readonly differing: readonly KtpSiakField[]
}

/** The officer's word alone: all that a step entered without a network can carry (EC-49). */
export const BY_OFFICER: SiakCheck = { source: 'PETUGAS', verdict: null, differing: [] }
