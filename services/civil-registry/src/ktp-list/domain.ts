import type { ChildId, KtpAgeFlag, Npsn, Precision } from '@satuanak/contracts'

/**
 * A pupil's place on its school's list: proposed, an officer has to look (ID-22), waiting for a NIK (RF-02, BLG-R2),
 * confirmed for the next session, left out with a reason, recorded.
 */
export const CANDIDATE_STATES = [
  'DIUSULKAN',
  'PERLU_PETUGAS',
  'TERTUNDA',
  'DIKONFIRMASI',
  'DIKELUARKAN',
  'SELESAI',
] as const
export type CandidateState = (typeof CANDIDATE_STATES)[number]

/** Why a pupil waits (the first two) or is left out (BLG-R1, KT-09). */
export const CANDIDATE_REASONS = [
  'NIK_BELUM_ADA',
  'NIK_TIDAK_DI_SIAK',
  'SUDAH_CETAK',
  'PINDAH_SEKOLAH',
  'MENOLAK',
  'MENINGGAL',
] as const
export type CandidateReason = (typeof CANDIDATE_REASONS)[number]
export const EXCLUSIONS = ['SUDAH_CETAK', 'PINDAH_SEKOLAH', 'MENOLAK', 'MENINGGAL'] as const satisfies CandidateReason[]
export type Exclusion = (typeof EXCLUSIONS)[number]

/** Who put it on the list: the month's turn, or a list that someone handed in. */
export const CANDIDATE_SOURCES = ['BULANAN', 'BERKAS'] as const
export type CandidateSource = (typeof CANDIDATE_SOURCES)[number]

const NEXT = {
  DIUSULKAN: ['DIKONFIRMASI', 'DIKELUARKAN', 'TERTUNDA'],
  PERLU_PETUGAS: ['DIKONFIRMASI', 'DIKELUARKAN', 'TERTUNDA'],
  TERTUNDA: ['DIUSULKAN', 'PERLU_PETUGAS', 'DIKELUARKAN'],
  DIKONFIRMASI: ['DIKELUARKAN', 'TERTUNDA', 'SELESAI'],
  DIKELUARKAN: ['DIUSULKAN', 'PERLU_PETUGAS', 'TERTUNDA'],
  SELESAI: [],
} as const satisfies Record<CandidateState, readonly CandidateState[]>

export const mayFollow = (from: CandidateState, to: CandidateState): boolean =>
  (NEXT[from] as readonly CandidateState[]).includes(to)

/** What is done with a pupil on the list. */
export const DECISIONS = ['KONFIRMASI', 'KELUARKAN', 'USULKAN_LAGI'] as const
export type Decision = (typeof DECISIONS)[number]

/** What the registry knows of a pupil, as far as the list asks. */
export interface Pupil {
  readonly birthDate: string | null
  readonly precision: Precision
  readonly hasNik: boolean
}

export interface Listing {
  readonly state: CandidateState
  readonly reason: CandidateReason | null
  readonly sixteenOn: Temporal.PlainDate | null
  readonly uncertain: boolean
}

/** BLG-01: aged 16 and over. */
const AGE = 16

const sixteenthBirthday = ({ birthDate }: Pupil): Temporal.PlainDate | null =>
  birthDate === null ? null : Temporal.PlainDate.from(birthDate).add({ years: AGE })

/**
 * How a pupil comes on the list; null for one who is too young on that day and never married (BLG-01, KT-10). A day of
 * birth that is not certain waits for an officer (ID-22), a pupil without a NIK for the NIK (RF-02).
 */
export function listingOf(pupil: Pupil, everMarried: boolean, on: Temporal.PlainDate): Listing | null {
  const sixteenOn = sixteenthBirthday(pupil)
  const isTooYoung = sixteenOn !== null && Temporal.PlainDate.compare(sixteenOn, on) > 0
  if (isTooYoung && !everMarried) return null
  const uncertain = sixteenOn === null || pupil.precision !== 'HARI'
  if (!pupil.hasNik) return { state: 'TERTUNDA', reason: 'NIK_BELUM_ADA', sixteenOn, uncertain }
  return { state: uncertain ? 'PERLU_PETUGAS' : 'DIUSULKAN', reason: null, sixteenOn, uncertain }
}

/**
 * Who holds a card already needs no recording (BLG-R1). Told to the school from 17 on only: a card before that tells of a
 * marriage (KT-10), so that until then the pupil is listed like any other and the check at the school finds the card.
 */
export function listingWithCard(listing: Listing, on: Temporal.PlainDate): Listing {
  const isSeventeen =
    listing.sixteenOn !== null && Temporal.PlainDate.compare(listing.sixteenOn.add({ years: 1 }), on) <= 0
  return isSeventeen ? { ...listing, state: 'DIKELUARKAN', reason: 'SUDAH_CETAK' } : listing
}

/** A pupil on a school's list. */
export interface Candidate extends Listing {
  readonly npsn: Npsn
  readonly childId: ChildId
  readonly source: CandidateSource
  readonly everMarried: boolean
  readonly listedAt: Temporal.Instant
}

/** The last day of the month in which `day` lies: who turns 16 within it is listed in its turn (RF-10). */
export const lastOfMonth = (day: Temporal.PlainDate): Temporal.PlainDate => day.with({ day: day.daysInMonth })

/** What may be told of a listing: the age, never the marriage; null where only that brought it there (KT-10). */
export function ageFlag({ sixteenOn, uncertain }: Listing, on: Temporal.PlainDate): KtpAgeFlag | null {
  if (uncertain) return 'TANGGAL_LAHIR_TIDAK_PASTI'
  return sixteenOn !== null && Temporal.PlainDate.compare(sixteenOn, on) <= 0 ? 'UMUR_16' : null
}

/**
 * The school that may see this pupil on its list: its own, while the pupil attends it. Whom only a marriage brought
 * there is not shown before the 16th birthday: the list would tell of the marriage (KT-10).
 */
export function schoolsThatSee(
  { npsn, everMarried, sixteenOn }: Pick<Candidate, 'npsn' | 'everMarried' | 'sixteenOn'>,
  attends: readonly Npsn[],
  today: Temporal.PlainDate,
): readonly Npsn[] {
  const isSixteen = sixteenOn !== null && Temporal.PlainDate.compare(sixteenOn, today) <= 0
  return attends.includes(npsn) && (!everMarried || isSixteen) ? [npsn] : []
}

/** What came of one entry of a list that was handed in. */
export const FILE_VERDICTS = [
  'DIUSULKAN',
  'DIKELUARKAN',
  'PERLU_PETUGAS',
  'TERTUNDA',
  'SUDAH_ADA',
  'BELUM_16',
  'BUKAN_MURID',
  'TIDAK_DITEMUKAN',
] as const
export type FileVerdict = (typeof FILE_VERDICTS)[number]

export interface FileRow {
  readonly row: number
  /** Null where nobody was found, or nobody this caller may know of (PV-14). */
  readonly childId: ChildId | null
  readonly verdict: FileVerdict
}
