import type { KtpCancelReason, Npsn } from '@satuanak/contracts'
import { type Notice, warning } from '@satuanak/domain-kit'
import type { ChecklistItem, SessionPupil, SessionState, StepEntry } from '@satuanak/offline-session/rules'

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
