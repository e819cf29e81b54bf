import type { ChildId } from '@satuanak/contracts'
import type { Refusal, Sentence } from '@satuanak/domain-kit'
import {
  ChecklistIncomplete,
  CLOCK_TOLERANCE,
  PupilDone,
  PupilNotFound,
  SessionNotOpen,
  type SessionState,
  StepNotTaken,
} from '@satuanak/offline-session/rules'

/** Coordinates of a public P-256 key. */
interface Point {
  readonly x: string
  readonly y: string
}

/** A session that was taken out to be worked on without a network (EC-49). */
export interface Bundle {
  readonly id: string
  readonly sessionId: string
  /** The account that answers for the device: what comes back was done by it. */
  readonly takenBy: string
  readonly takenAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
  /** RFC 7638 thumbprint of the key under which results are believed. */
  readonly device: string
  readonly deviceKey: { readonly sign: Point; readonly seal: Point }
  readonly childIds: readonly ChildId[]
  readonly revokedAt: Temporal.Instant | null
}

/** A day at the school, one more for power and roads, and one to spare [D]. */
const DAYS = 3
/** What was entered in time may still be uploaded for so many days after a bundle expired [D]. */
const LATE_DAYS = 14

/** The end of the third day of the office, counted from the session's own where that is still to come [D]. */
export function expiryOf(takenAt: Temporal.Instant, startsAt: Temporal.Instant, zone: string): Temporal.Instant {
  const from = Temporal.Instant.compare(takenAt, startsAt) < 0 ? startsAt : takenAt
  return from.toZonedDateTimeISO(zone).startOfDay().add({ days: DAYS }).toInstant()
}

/** Whether nothing of a bundle is taken any more. */
export const isTooLate = ({ expiresAt }: Bundle, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, expiresAt.add({ hours: 24 * LATE_DAYS })) >= 0

export const isExpired = ({ expiresAt }: Bundle, now: Temporal.Instant): boolean =>
  Temporal.Instant.compare(now, expiresAt) >= 0

/** Why an entry was not applied, and what an officer does about it. */
export const CONFLICTS = {
  SUDAH_DIKERJAKAN: {
    id: 'Langkah murid ini sudah dikerjakan di tempat lain. Bandingkan keduanya; bila hasil di alat ini yang benar, perbaiki dengan recordKtpStatus.',
    en: 'This pupil’s step was done elsewhere meanwhile. Compare the two; where this device’s is right, mend it with recordKtpStatus.',
  },
  SETELAH_BENTROK: {
    id: 'Langkah sebelumnya dari alat ini bentrok, jadi yang ini tidak diterapkan. Selesaikan bentrok yang pertama.',
    en: 'An earlier step of this device was in conflict, so this one was not applied. Settle the first one.',
  },
  TIDAK_DITEMUKAN: {
    id: 'Murid ini tidak ada di sesi. Serahkan catatan kertasnya kepada kepala bidang.',
    en: 'This pupil is not in the session. Hand the paper note to the head of the section.',
  },
  BELUM_MULAI: {
    id: 'Sesi belum dimulai di pusat. Lengkapi daftar periksa dan mulai sesi, lalu isi langkah ini di sana.',
    en: 'The session has not begun at the office. Complete the checklist, start the session, then enter this step there.',
  },
  SESI_SELESAI: {
    id: 'Sesi sudah ditutup. Yang terekam dicatat dengan recordKtpStatus; yang lain diisi di sesi sekolah berikutnya.',
    en: 'The session is closed. Note what was recorded with recordKtpStatus; enter the rest at the school’s next session.',
  },
  SESI_BATAL: {
    id: 'Sesi sudah dibatalkan. Yang terekam dicatat dengan recordKtpStatus; yang lain diisi di sesi sekolah berikutnya.',
    en: 'The session was called off. Note what was recorded with recordKtpStatus; enter the rest at the school’s next session.',
  },
  ALAT_TIDAK_LENGKAP: {
    id: 'Menurut daftar periksa di pusat ada alat yang kurang. Lengkapi daftar periksa, lalu mulai sesi di sana.',
    en: 'By the checklist at the office equipment is missing. Complete the checklist, then start the session there.',
  },
  JAM_ALAT: {
    id: 'Waktunya tidak mungkin: sebelum paket diambil, di masa depan, atau sebelum langkah sebelumnya. Betulkan jam alat, lalu isi langkah ini di pusat.',
    en: 'Its time cannot be: before the bundle was taken, in the future, or before the step before it. Set the device’s clock, then enter this step at the office.',
  },
  LEWAT_MASA: {
    id: 'Diisi setelah masa berlaku paket habis. Isi langkah ini di pusat.',
    en: 'Entered after the bundle had expired. Enter this step at the office.',
  },
  TIDAK_SAH: {
    id: 'Hasil langkah ini tidak mungkin menurut SOP. Perbarui aplikasi, lalu isi langkah ini di pusat.',
    en: 'By the SOP this step cannot come out so. Update the application, then enter this step at the office.',
  },
  ENTRI_BERUBAH: {
    id: 'Entri ini pernah dikirim dengan isi lain; yang pertama tetap berlaku. Periksa alat ini.',
    en: 'This entry came before with another content; the first one stands. Have the device looked at.',
  },
} as const satisfies Record<string, Sentence>
export type Conflict = keyof typeof CONFLICTS
export const CONFLICT_CODES = Object.keys(CONFLICTS) as readonly Conflict[]

/** When an entry cannot have been made: the device's own clock is all there is (ID-29). */
export function clockConflict(
  { takenAt, expiresAt }: Pick<Bundle, 'takenAt' | 'expiresAt'>,
  { from, to }: { readonly from: Temporal.Instant; readonly to: Temporal.Instant },
  now: Temporal.Instant,
): Conflict | null {
  const { compare } = Temporal.Instant
  if (compare(from, takenAt.subtract(CLOCK_TOLERANCE)) < 0 || compare(to, now.add(CLOCK_TOLERANCE)) > 0)
    return 'JAM_ALAT'
  return compare(to, expiresAt) >= 0 ? 'LEWAT_MASA' : null
}

const NOT_OPEN = {
  DRAFT: 'BELUM_MULAI',
  DIJADWALKAN: 'BELUM_MULAI',
  BERLANGSUNG: 'SUDAH_DIKERJAKAN',
  SELESAI: 'SESI_SELESAI',
  BATAL: 'SESI_BATAL',
} as const satisfies Record<SessionState, Conflict>

const NOT_TAKEN = {
  NOT_ITS_TURN: 'SUDAH_DIKERJAKAN',
  UNKNOWN_OUTCOME: 'TIDAK_SAH',
  ENDS_BEFORE_IT_STARTS: 'JAM_ALAT',
  BEFORE_THE_LAST: 'JAM_ALAT',
} as const satisfies Record<StepNotTaken['why'], Conflict>

/** The conflict behind what a deed was refused for; null where it is none of these. */
export function conflictBehind(refusal: Refusal): Conflict | null {
  if (refusal instanceof PupilNotFound) return 'TIDAK_DITEMUKAN'
  if (refusal instanceof PupilDone) return 'SUDAH_DIKERJAKAN'
  if (refusal instanceof ChecklistIncomplete) return 'ALAT_TIDAK_LENGKAP'
  if (refusal instanceof SessionNotOpen) return NOT_OPEN[refusal.state]
  return refusal instanceof StepNotTaken ? NOT_TAKEN[refusal.why] : null
}

/** What became of one pupil's entries, or of the session's own, in one upload. */
export const VERDICTS = ['DITERAPKAN', 'SUDAH_ADA', 'BENTROK'] as const
export type Verdict = (typeof VERDICTS)[number]

/** An entry as it is kept. */
interface Kept {
  readonly uploadId: string
  readonly conflict: Conflict | null
}

/** One conflict is enough; else whether anything was new. */
export function verdictOf(entries: readonly Kept[], uploadId: string): Verdict {
  if (entries.some(({ conflict }) => conflict !== null)) return 'BENTROK'
  return entries.some((entry) => entry.uploadId === uploadId) ? 'DITERAPKAN' : 'SUDAH_ADA'
}
