import type {
  AgencyCode,
  ChildId,
  EventId,
  FlagCode,
  Grantable,
  Need,
  ReferralId,
  Sensitivity,
} from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import { addCalendarDays, addWorkingDays, type OfficeCalendar } from '@satuanak/domain-kit/clocks'
import { flowOf, type Limit, type Outcome, type ReferralType } from './domain-referral-types.ts'

/** The states this house knows of DOMAIN §8's common record. */
export const REFERRAL_STATES = ['TERKIRIM', 'DITERIMA', 'DITOLAK', 'SELESAI'] as const
export type ReferralState = (typeof REFERRAL_STATES)[number]

/**
 * What may happen next. Completing is for what was accepted; declining stays open after it, for a receiver who finds on
 * looking closer that the child is another's (RF-R2).
 */
export const NEXT = {
  TERKIRIM: ['DITERIMA', 'DITOLAK'],
  DITERIMA: ['SELESAI', 'DITOLAK'],
  DITOLAK: [],
  SELESAI: [],
} as const satisfies Record<ReferralState, readonly ReferralState[]>

export const mayBecome = (from: ReferralState, to: ReferralState): boolean =>
  (NEXT[from] as readonly ReferralState[]).includes(to)

/** On the receiver's desk: not declined, not completed. */
export const isOpen = (state: ReferralState): boolean => NEXT[state].length > 0
export const OPEN_STATES = REFERRAL_STATES.filter(isOpen)

/** Why a receiver declines (RF-R2). */
export const DECLINE_REASONS = [
  'BUKAN_WEWENANG',
  'DATA_KURANG',
  'SUDAH_DITANGANI',
  'DI_LUAR_WILAYAH',
  'LAINNYA',
] as const
export type DeclineReason = (typeof DECLINE_REASONS)[number]

/** Each reason in a reader's words (RF-R2). */
export const DECLINE_WORDS = {
  BUKAN_WEWENANG: { id: 'bukan wewenang instansi ini', en: 'not this agency’s to do' },
  DATA_KURANG: { id: 'data belum lengkap', en: 'not enough data' },
  SUDAH_DITANGANI: { id: 'sudah ditangani', en: 'already taken care of' },
  DI_LUAR_WILAYAH: { id: 'di luar wilayah', en: 'outside the territory' },
  LAINNYA: { id: 'alasan lain', en: 'another reason' },
} as const satisfies Record<DeclineReason, Sentence>

type Progress =
  | { readonly state: 'TERKIRIM' }
  | { readonly state: 'DITERIMA'; readonly acceptedAt: Temporal.Instant }
  | {
      readonly state: 'DITOLAK'
      readonly acceptedAt: Temporal.Instant | null
      readonly declinedAt: Temporal.Instant
      readonly declineReason: DeclineReason
      readonly proposedAgency: AgencyCode | null
      readonly answerNote: string | null
    }
  | {
      readonly state: 'SELESAI'
      readonly acceptedAt: Temporal.Instant
      readonly completedAt: Temporal.Instant
      readonly outcome: Outcome
      readonly answerNote: string | null
    }

/** A child handed from one agency's desk to another's (DOMAIN §8). */
export type Referral = Sent & Progress

export interface Sent extends Deadlines {
  readonly id: ReferralId
  /** The id it was written under; never re-keyed. */
  readonly childId: ChildId
  readonly type: ReferralType
  readonly from: AgencyCode
  readonly to: AgencyCode
  /** Which kelurahan's office, where an end is a kelurahan: they share one agency code (TUN-R3). */
  readonly fromKelurahan: string | null
  readonly toKelurahan: string | null
  /** The sender's words to the receiver. */
  readonly reason: string
  /** What the receiver may read of the child until an end state or `expiresAt` (DESIGN §7). */
  readonly parts: readonly Grantable[]
  readonly sentAt: Temporal.Instant
  /** The event it is the reaction to; null where an officer sent it. */
  readonly trigger: EventId | null
  /** Its own level: 1 where it tells of its child alone, else the highest of those that it tells of (PV-14). */
  readonly sensitivity: Sensitivity
}

/** The level at which a referral of a child kept at `child` is read: its own, or the child's where that is higher. */
export const levelOf = ({ sensitivity }: Pick<Sent, 'sensitivity'>, child: Sensitivity): Sensitivity =>
  Math.max(sensitivity, child) as Sensitivity

export interface Deadlines {
  readonly ackDueAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant
}

/** How long after its due date a referral still opens the child to its receiver, in days [D]. */
const GRACE_DAYS = 30

/** When a referral of this type, sent now, must be acknowledged (in `ackDays` working days), is due, and expires. */
export function deadlines(
  type: ReferralType,
  ackDays: number,
  calendar: OfficeCalendar,
  now: Temporal.Instant,
): Deadlines {
  const dueAt = endOf(flowOf(type).limit, calendar, now)
  return {
    ackDueAt: addWorkingDays(calendar, now, ackDays).toInstant(),
    dueAt,
    expiresAt: addCalendarDays(calendar.zone, dueAt, GRACE_DAYS).toInstant(),
  }
}

function endOf(limit: Limit, calendar: OfficeCalendar, from: Temporal.Instant): Temporal.Instant {
  if ('workingDays' in limit) return addWorkingDays(calendar, from, limit.workingDays).toInstant()
  if ('days' in limit) return addCalendarDays(calendar.zone, from, limit.days).toInstant()
  if ('months' in limit) return from.toZonedDateTimeISO(calendar.zone).add({ months: limit.months }).toInstant()
  return from.add({ hours: limit.hours })
}

/** Open, and its time is over: not yet acknowledged in time, or not done in time. */
export function isOverdue(referral: Referral, now: Temporal.Instant): boolean {
  const until = referral.state === 'TERKIRIM' ? earlier(referral.ackDueAt, referral.dueAt) : referral.dueAt
  return isOpen(referral.state) && Temporal.Instant.compare(now, until) > 0
}

const earlier = (one: Temporal.Instant, other: Temporal.Instant) =>
  Temporal.Instant.compare(one, other) < 0 ? one : other

/** Which flow answers a need that an assessment found; the others wait for an officer's own decision. */
const ANSWERS = {
  EDUCATION: 'RF-01',
  IDENTITY: 'RF-02',
  HEALTH: null,
  PROTECTION: null,
  FAMILY_AID: null,
} as const satisfies Record<Need, ReferralType | null>

/** What an assessment sends by itself (TPI-04): once per flow, a child who dropped out being in need of education. */
export function referralsCalledFor(assessment: { droppedOut: boolean; needs: readonly Need[] }): ReferralType[] {
  const needs = assessment.droppedOut ? (['EDUCATION', ...assessment.needs] as const) : assessment.needs
  return [...new Set(needs.flatMap((need) => ANSWERS[need] ?? []))].sort()
}

/**
 * Which flow answers a doubt about an identifier. Of two who claim one NIK (EC-01) Dukcapil's data section finds out by
 * akta and KK whose it is and corrects the other's: RF-22's receiver, papers and outcome, in its 3 days, for until then
 * nothing is decided by itself about either. One person's second NIK (EC-02) waits at the registry's own desk.
 */
const ANSWER_TO_FLAG = {
  DIPAKAI_BERSAMA: 'RF-22',
  DIDUGA_GANDA: null,
} as const satisfies Record<FlagCode, ReferralType | null>

export const referralForFlag = (code: FlagCode): ReferralType | null => ANSWER_TO_FLAG[code]
