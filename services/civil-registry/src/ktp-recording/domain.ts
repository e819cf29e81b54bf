import type { ChildId, Precision } from '@satuanak/contracts'
import { dateOfAge } from '@satuanak/domain-kit'
import { type KtpAction, type KtpCode, statusOf } from './domain-statuses.ts'

/** A KTP-el is due from this age, or from marriage (UU 24/2013 art. 63, ID-30). */
const AGE = 17

/** Who told a status (KT-01). */
export const KTP_SOURCES = ['MANUAL', 'IMPORT', 'SESSION', 'PRINT'] as const
export type KtpSource = (typeof KTP_SOURCES)[number]

/** Where a child's card stands on the way to the printer. */
export const PRINT_STATES = ['BELUM', 'DITAHAN', 'PERLU_PETUGAS', 'SIAP_CETAK', 'TANPA_KARTU', 'SUDAH_CETAK'] as const
export type PrintState = (typeof PRINT_STATES)[number]

/** Why a card waits for an officer's word: no machine decides these (ID-22, KT-01, EC-01). */
type OfficerReason =
  | 'TANGGAL_LAHIR_KOSONG'
  | 'TANGGAL_LAHIR_TIDAK_PASTI'
  | 'STATUS_TIDAK_DIKENAL'
  /** Another person claims the same NIK. For the registry alone: the other may be hidden (PV-14). */
  | 'NIK_DIPAKAI_BERSAMA'

export type PrintDecision =
  /** Print now (BLG-R3). */
  | { readonly state: 'SIAP_CETAK' }
  /** Recorded and unique, not yet 17: `until` is the 17th birthday (BLG-R3, RF-11). */
  | { readonly state: 'DITAHAN'; readonly until: Temporal.PlainDate }
  /** The centre is not through with it; `action` is what to do meanwhile. */
  | { readonly state: 'BELUM'; readonly action: KtpAction }
  | { readonly state: 'PERLU_PETUGAS'; readonly reason: OfficerReason }
  /** DUPLICATE_RECORD: no card before the duplicate is gone (KT-03). */
  | { readonly state: 'TANPA_KARTU' }
  /** There is a card or one is on its way: off the list (BLG-R1, EC-47). */
  | { readonly state: 'SUDAH_CETAK' }

/** What decides over a card besides its status. */
export interface Holder {
  readonly birthDate: Temporal.PlainDate | null
  readonly precision: Precision
  /** Kawin or pernah kawin: of age for a KTP-el at once (KT-10). Never in a school's view. */
  readonly everMarried: boolean
  /** An officer looked at the papers and stands for the date although it is not exact to the day (ID-22). */
  readonly birthDateConfirmed: boolean
  /** Someone else claims the same NIK: nothing is decided by itself (EC-01). */
  readonly nikShared: boolean
}

/**
 * The day on which a child is 17. Born on 29 February: 1 March of a year without one. A year of life is complete only
 * when its last day is over, and on 28 February that day still runs; a card one day late harms nobody, one day early
 * has no ground in law [D] (UU 24/2013 art. 63).
 */
export const seventeenthBirthday = (birthDate: Temporal.PlainDate): Temporal.PlainDate => dateOfAge(birthDate, AGE)

/** Whether a card may be printed today: PRR, 17 or ever married, a NIK of one's own (BLG-R3, ID-22, KT-03, KT-10, EC-01). */
export function printDecision(code: KtpCode, holder: Holder, today: Temporal.PlainDate): PrintDecision {
  const { group, action } = statusOf(code)
  switch (group) {
    case 'SIAP_CETAK':
      return whenReady(holder, today)
    case 'GANDA':
      return { state: 'TANPA_KARTU' }
    case 'KARTU':
      return { state: 'SUDAH_CETAK' }
    case 'TIDAK_DIKENAL':
      return { state: 'PERLU_PETUGAS', reason: 'STATUS_TIDAK_DIKENAL' }
    case 'BELUM_REKAM':
    case 'DIPROSES':
    case 'GAGAL':
      return { state: 'BELUM', action }
  }
}

/** The same for a record that the centre finds unique: what a recording desk can say before the centre has answered. */
export function whenReady(holder: Holder, today: Temporal.PlainDate): PrintDecision {
  const { birthDate, precision, everMarried, birthDateConfirmed, nikShared } = holder
  if (nikShared) return { state: 'PERLU_PETUGAS', reason: 'NIK_DIPAKAI_BERSAMA' }
  if (everMarried) return { state: 'SIAP_CETAK' }
  if (birthDate === null) return { state: 'PERLU_PETUGAS', reason: 'TANGGAL_LAHIR_KOSONG' }
  if (precision !== 'HARI' && !birthDateConfirmed) {
    return { state: 'PERLU_PETUGAS', reason: 'TANGGAL_LAHIR_TIDAK_PASTI' }
  }
  const until = seventeenthBirthday(birthDate)
  return Temporal.PlainDate.compare(today, until) < 0 ? { state: 'DITAHAN', until } : { state: 'SIAP_CETAK' }
}

/** Whether the duty to hold a KTP-el has come (ID-30): OpenSID's 2, below it 1. */
export function isMandatory({ birthDate, everMarried }: Holder, today: Temporal.PlainDate): boolean {
  return everMarried || (birthDate !== null && Temporal.PlainDate.compare(today, seventeenthBirthday(birthDate)) >= 0)
}

/** What a school is told of a pupil: whether and when, never why. */
export const SCHOOL_STAGES = [
  'BELUM_DIREKAM',
  'PERLU_REKAM_ULANG',
  'DIREKAM',
  'MENUNGGU_17',
  'SIAP_CETAK',
  'DICETAK',
] as const
type SchoolStage = (typeof SCHOOL_STAGES)[number]

export interface SchoolView {
  readonly stage: SchoolStage
  /** The day from which a card may be printed; null where the birth date is not exactly known. */
  readonly cardFrom: Temporal.PlainDate | null
}

/**
 * The school's view is the view of an unmarried pupil, whatever the truth: a card before 17 would tell of a marriage
 * (KT-10). A duplicate is "recorded" like any other that the centre is not through with (KT-03).
 */
export function schoolView(code: KtpCode, { birthDate, precision }: Holder, today: Temporal.PlainDate): SchoolView {
  const cardFrom = birthDate === null || precision !== 'HARI' ? null : seventeenthBirthday(birthDate)
  const under17 = birthDate !== null && Temporal.PlainDate.compare(today, seventeenthBirthday(birthDate)) < 0
  return { stage: stageOf(code, under17), cardFrom }
}

function stageOf(code: KtpCode, under17: boolean): SchoolStage {
  const { group, action } = statusOf(code)
  switch (group) {
    case 'BELUM_REKAM':
      return 'BELUM_DIREKAM'
    case 'GAGAL':
      return action === 'REKAM_ULANG' ? 'PERLU_REKAM_ULANG' : 'DIREKAM'
    case 'SIAP_CETAK':
      return under17 ? 'MENUNGGU_17' : 'SIAP_CETAK'
    case 'KARTU':
      return under17 ? 'MENUNGGU_17' : 'DICETAK'
    case 'DIPROSES':
    case 'GANDA':
    case 'TIDAK_DIKENAL':
      return 'DIREKAM'
  }
}

/** What the registry knows of a child's KTP-el. No biometrics: only status, date, operator (KT-04). */
export interface KtpRecord {
  readonly childId: ChildId
  readonly code: KtpCode
  readonly source: KtpSource
  /** As of when the status is true. */
  readonly statusAt: Temporal.Instant
  /** The day of the recording, where this house saw it happen. */
  readonly recordedOn: Temporal.PlainDate | null
  readonly state: PrintState
  readonly stateSince: Temporal.Instant
  readonly holdUntil: Temporal.PlainDate | null
  readonly everMarried: boolean
  readonly birthDateConfirmed: boolean
}

/** One step of a status (KT-01). */
export interface StatusChange {
  readonly id: string
  readonly childId: ChildId
  readonly oldCode: KtpCode | null
  readonly newCode: KtpCode
  readonly source: KtpSource
  readonly at: Temporal.Instant
  readonly recordedBy: string
  /** The system that a file's status came from, as the file names it; null where nobody said. */
  readonly origin: string | null
}

/** Whether a recording happened between two statuses: from none, or from one that has to be done again. */
export function isRecording(old: KtpCode | null, code: KtpCode): boolean {
  const before = old === null ? 'BELUM_REKAM' : statusOf(old).group
  const after = statusOf(code).group
  return (before === 'BELUM_REKAM' || before === 'GAGAL') && after === 'DIPROSES'
}

/** The photo's background, by the year of birth (KT-07): red for odd, blue for even. */
export const photoBackground = (birthDate: Temporal.PlainDate): 'MERAH' | 'BIRU' =>
  birthDate.year % 2 === 0 ? 'BIRU' : 'MERAH'

/** Puts the latest first where one person has records under several ids (DESIGN §4). */
export function latestOf(records: readonly KtpRecord[]): KtpRecord | null {
  return records.reduce<KtpRecord | null>(
    (latest, one) => (latest && Temporal.Instant.compare(latest.statusAt, one.statusAt) >= 0 ? latest : one),
    null,
  )
}
