import type { FactType, Topic } from '@satuanak/contracts'

/** Under which topics a fact is told of, and what its event's subject is. */
export interface Hearing {
  readonly topics: readonly Topic[]
  readonly subject: 'childId' | 'sessionId' | 'batchId'
}

const CASE: Hearing = { topics: ['case'], subject: 'childId' }
/** It moves on a desk and in the child's own story. */
const REFERRAL: Hearing = { topics: ['inbox', 'case'], subject: 'childId' }
const SESSION: Hearing = { topics: ['session'], subject: 'sessionId' }

/** What is told of each fact; null: nothing. A new event type does not compile before that is decided. */
export const HEARD_AS = {
  'civil-registry.person.registered.v1': CASE,
  'civil-registry.person.merged.v1': CASE,
  'civil-registry.person.split.v1': CASE,
  'civil-registry.person.moved.v1': CASE,
  'civil-registry.person.identifier.flagged.v1': CASE,
  'civil-registry.paper.issued.v1': CASE,
  'civil-registry.ktp.candidate.listed.v1': CASE,
  'civil-registry.ktp.session.scheduled.v1': SESSION,
  'civil-registry.ktp.session.cancelled.v1': SESSION,
  'civil-registry.ktp.session.closed.v1': SESSION,
  'civil-registry.ktp.status.changed.v1': CASE,
  'civil-registry.ktp.recorded.v1': CASE,
  'civil-registry.ktp.held.v1': CASE,
  'civil-registry.ktp.printready.v1': CASE,
  'civil-registry.ktp.printed.v1': CASE,
  'civil-registry.ktp.siak.mismatch.v1': CASE,
  'civil-registry.ktp.siak.corrected.v1': CASE,
  'civil-registry.ktp.batch.handed.v1': { topics: ['session'], subject: 'batchId' },
  'civil-registry.ktp.card.received.v1': CASE,
  'civil-registry.ktp.card.returned.v1': CASE,
  // A store of cards is neither a desk, a child nor a day at a school.
  'civil-registry.ktp.stock.low.v1': null,
  'education.child.presented.v1': CASE,
  'education.enrolment.started.v1': CASE,
  'education.enrolment.ended.v1': CASE,
  'education.pupil.left.v1': CASE,
  'education.ats.record.created.v1': CASE,
  'education.ats.record.verified.v1': CASE,
  'education.ats.record.proposed.v1': CASE,
  'education.ats.child.reentered.v1': CASE,
  'social.child.presented.v1': CASE,
  'social.street.contact.recorded.v1': CASE,
  'social.street.assessment.completed.v1': CASE,
  'social.child.protected.v1': CASE,
  'coordination.referral.created.v1': REFERRAL,
  'coordination.referral.acknowledged.v1': REFERRAL,
  'coordination.referral.rejected.v1': REFERRAL,
  'coordination.referral.completed.v1': REFERRAL,
  // The sending told both desks already; this one is education's own receipt.
  'coordination.proposal.placed.v1': null,
} as const satisfies Record<FactType, Hearing | null>
