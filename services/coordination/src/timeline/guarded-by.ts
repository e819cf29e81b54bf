import type { FactType } from '@satuanak/contracts'
import type { Permission } from '@satuanak/identity'

/**
 * Which permission a fact asks of whoever is shown it or told of it: the one that guards it where it lives, so that
 * neither timeline nor notice tells anybody what its agency would not (PV-12).
 */
export const GUARDED_BY = {
  'civil-registry.person.registered.v1': 'papers.read',
  'civil-registry.person.merged.v1': 'person.read',
  'civil-registry.person.split.v1': 'person.read',
  'civil-registry.person.moved.v1': 'person.read',
  // That a NIK is claimed by another tells that there is another, perhaps a hidden child (PV-14).
  'civil-registry.person.identifier.flagged.v1': 'match.read',
  'civil-registry.paper.issued.v1': 'papers.read',
  'civil-registry.ktp.candidate.listed.v1': 'ktp.list.read',
  'civil-registry.ktp.session.scheduled.v1': 'ktp.session.read',
  'civil-registry.ktp.session.cancelled.v1': 'ktp.session.read',
  'civil-registry.ktp.session.closed.v1': 'ktp.session.read',
  'civil-registry.ktp.status.changed.v1': 'ktp.status.read',
  'civil-registry.ktp.recorded.v1': 'ktp.status.read',
  'civil-registry.ktp.held.v1': 'ktp.status.read',
  'civil-registry.ktp.printready.v1': 'ktp.status.read',
  'civil-registry.ktp.printed.v1': 'ktp.status.read',
  'civil-registry.ktp.siak.mismatch.v1': 'ktp.record',
  'civil-registry.ktp.siak.corrected.v1': 'ktp.record',
  'civil-registry.ktp.batch.handed.v1': 'ktp.card.read',
  'civil-registry.ktp.card.received.v1': 'ktp.card.read',
  'civil-registry.ktp.card.returned.v1': 'ktp.card.read',
  'civil-registry.ktp.stock.low.v1': 'ktp.print',
  'education.child.presented.v1': 'person.read',
  'education.enrolment.started.v1': 'enrolment.read',
  'education.enrolment.ended.v1': 'enrolment.read',
  'education.ats.record.created.v1': 'ats.read',
  'education.ats.record.verified.v1': 'ats.read',
  // That something was proposed, not why or to whom.
  'education.ats.record.proposed.v1': 'ats.read',
  'education.ats.child.reentered.v1': 'ats.read',
  // Why a pupil left is not for the next school (PV-12).
  'education.pupil.left.v1': 'ats.read',
  'social.child.presented.v1': 'outreach.read',
  'social.street.contact.recorded.v1': 'outreach.read',
  'social.street.assessment.completed.v1': 'assessment.read',
  'social.child.protected.v1': 'assessment.read',
  'coordination.referral.created.v1': 'referral.read',
  'coordination.referral.acknowledged.v1': 'referral.read',
  'coordination.referral.rejected.v1': 'referral.read',
  'coordination.referral.completed.v1': 'referral.read',
  'coordination.proposal.placed.v1': 'referral.read',
} as const satisfies Record<FactType, Permission>
