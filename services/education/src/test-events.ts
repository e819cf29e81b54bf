import { randomUUID } from 'node:crypto'
import { type AgencyCode, type ChildId, KelurahanCode, type ReferralId, type Sensitivity } from '@satuanak/contracts'
import type { NewEvent } from '@satuanak/messaging'

const told = (childId: ChildId) => ({
  subject: childId,
  actor: 'akun-uji',
  time: Temporal.Instant.from('2026-11-23T01:30:00Z'),
})

/** The registry keeps this child from now on. */
export const registered = (childId: ChildId): NewEvent => ({
  ...told(childId),
  type: 'civil-registry.person.registered.v1',
  data: { missing: ['AKTA'], kelurahan: null },
  org: 'DUKCAPIL',
  sensitivity: 2,
})

/** A social worker finished an assessment. */
export const assessed = (childId: ChildId, droppedOut: boolean, kelurahan: string | null = null): NewEvent => ({
  ...told(childId),
  type: 'social.street.assessment.completed.v1',
  data: {
    assessmentId: randomUUID(),
    droppedOut,
    needs: ['EDUCATION'],
    kelurahan: kelurahan === null ? null : KelurahanCode.parse(kelurahan),
  },
  org: 'DINSOS',
  sensitivity: 3,
})

/** The child is kept at this level from now on (PV-14). */
export const protectedAt = (childId: ChildId, level: Sensitivity): NewEvent => ({
  ...told(childId),
  type: 'social.child.protected.v1',
  data: { level },
  org: 'DINSOS',
  sensitivity: level,
})

/** An officer declared two ids to be one child. */
export const merged = (canonical: ChildId, alias: ChildId): NewEvent => ({
  ...told(canonical),
  type: 'civil-registry.person.merged.v1',
  data: { alias, canonical },
  org: 'DUKCAPIL',
  sensitivity: 2,
})

/** What coordination says of the referral that a proposed cause became. */
interface OfReferral {
  readonly childId: ChildId
  readonly referralId: ReferralId
  readonly to: AgencyCode
}

const ofReferral = ({ childId, referralId, to }: OfReferral, org: AgencyCode) => ({
  event: { ...told(childId), org, sensitivity: 2 as const },
  data: { referralId, type: 'RF-03', from: 'KELURAHAN' as const, to },
})

/** The proposal of a cause is on its OPD's desk. */
export function placed(referral: OfReferral & { readonly recordId: string; readonly causeId: string }): NewEvent {
  const { event, data } = ofReferral(referral, 'BAPPERIDA')
  const { recordId, causeId } = referral
  return { ...event, type: 'coordination.proposal.placed.v1', data: { ...data, recordId, causeId } }
}

export function acknowledged(referral: OfReferral): NewEvent {
  const { event, data } = ofReferral(referral, referral.to)
  return { ...event, type: 'coordination.referral.acknowledged.v1', data }
}

export function declined(referral: OfReferral, proposed: AgencyCode | null = null): NewEvent {
  const { event, data } = ofReferral(referral, referral.to)
  return {
    ...event,
    type: 'coordination.referral.rejected.v1',
    data: { ...data, reason: 'BUKAN_WEWENANG', proposed },
  }
}

export function completed(referral: OfReferral): NewEvent {
  const { event, data } = ofReferral(referral, referral.to)
  return { ...event, type: 'coordination.referral.completed.v1', data: { ...data, outcome: 'BANTUAN_DIBERIKAN' } }
}
