import type { ChildId, KtpCancelReason, KtpSiakField, Npsn } from '@satuanak/contracts'
import { type Notice, warning } from '@satuanak/domain-kit'
import type { Entry } from '@satuanak/sop'
import type { PupilState } from './domain-pupil.ts'
import type { SiakCheck } from './domain-siak.ts'
import type { PupilStepId, StepId } from './domain-sop.ts'

/** KT-08. */
export const SESSION_STATES = ['DRAFT', 'DIJADWALKAN', 'BERLANGSUNG', 'SELESAI', 'BATAL'] as const
export type SessionState = (typeof SESSION_STATES)[number]

const NEXT = {
  DRAFT: ['DIJADWALKAN', 'BATAL'],
  DIJADWALKAN: ['BERLANGSUNG', 'BATAL'],
  BERLANGSUNG: ['SELESAI', 'BATAL'],
  SELESAI: [],
  BATAL: [],
} as const satisfies Record<SessionState, readonly SessionState[]>

export const maySessionBecome = (from: SessionState, to: SessionState): boolean =>
  (NEXT[from] as readonly SessionState[]).includes(to)

/** What the checklist says of one piece of equipment (BLG-H4). */
export const ITEM_STATES = ['BELUM', 'ADA', 'TIDAK_ADA', 'RUSAK'] as const
export type ItemState = (typeof ITEM_STATES)[number]

export interface ChecklistItem {
  readonly item: string
  readonly state: ItemState
}

/** Why a pupil was not recorded that day (KT-05, KT-09, EC-50). */
export const ABSENCES = ['TIDAK_DATANG', 'MENOLAK', 'PERLU_KUNJUNGAN_RUMAH', 'WAKTU_HABIS'] as const
export type Absence = (typeof ABSENCES)[number]

/** What stands in the way of a whole recording (EC-50). Kept as a code; no biometrics are (KT-04). */
export const EXCEPTIONS = ['JARI_TIDAK_LENGKAP', 'PENYAKIT_MATA', 'CEREBRAL_PALSY', 'TIDAK_DAPAT_TANDA_TANGAN'] as const
export type RecordingException = (typeof EXCEPTIONS)[number]

/** Where it was recorded: at home where the pupil cannot come (EC-50). */
export const PLACES = ['SEKOLAH', 'RUMAH'] as const
export type Place = (typeof PLACES)[number]

export interface StepEntry<Id extends StepId = StepId> extends Entry<Id> {
  readonly officer: string
}

export interface PupilEntry extends StepEntry<PupilStepId> {
  readonly endedAt: Temporal.Instant
}

/** A pupil of a session. */
export interface SessionPupil {
  readonly childId: ChildId
  readonly number: number
  readonly state: PupilState
  readonly reason: string | null
  readonly carriedFrom: string | null
  readonly sixteenOn: Temporal.PlainDate | null
  readonly everMarried: boolean
  readonly siakFields: readonly KtpSiakField[]
  /** Null before BLG-04. */
  readonly siak: SiakCheck | null
  readonly exceptions: readonly RecordingException[]
  readonly place: Place | null
  readonly printFrom: Temporal.PlainDate | null
  /** In the order in which they were done. */
  readonly steps: readonly PupilEntry[]
}

/** A day of recording at a school. */
export interface Session {
  readonly id: string
  readonly npsn: Npsn
  readonly state: SessionState
  readonly startsAt: Temporal.Instant
  readonly hours: number
  readonly devices: number
  readonly quota: number | null
  readonly officers: readonly string[]
  readonly cancelReason: KtpCancelReason | null
  readonly pupils: readonly SessionPupil[]
  readonly checklist: readonly ChecklistItem[]
  readonly steps: readonly StepEntry[]
}

/** BLG-R4: 20 minutes of recording and 10 to 20 of checks make 12 to 15 pupils per device and 6-hour day. */
const PER_DEVICE = { hours: 6, few: 12, many: 15 } as const

export interface Capacity {
  /** What one can count on, and what goes at best. */
  readonly from: number
  readonly to: number
}

export function capacityOf({ devices, hours }: Pick<Session, 'devices' | 'hours'>): Capacity {
  const days = (devices * hours) / PER_DEVICE.hours
  return { from: Math.floor(days * PER_DEVICE.few), to: Math.floor(days * PER_DEVICE.many) }
}

/** Warned, not refused: the officers decide (BLG-R4). Null up to what goes at best. */
export function capacityWarning(session: Pick<Session, 'devices' | 'hours'>, pupils: number): Notice | null {
  const { from, to } = capacityOf(session)
  if (pupils <= to) return null
  return warning(
    'BLG-R4',
    {
      id: `${pupils} murid melebihi kemampuan ${session.devices} alat selama ${session.hours} jam (${from}-${to} murid). Tambah alat atau hari, atau kurangi kuota.`,
      en: `${pupils} pupils are more than ${session.devices} devices manage in ${session.hours} hours (${from} to ${to}). Add devices or a day, or lower the quota.`,
    },
    'quota',
  )
}
