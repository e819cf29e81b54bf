import type { Subscription } from '@satuanak/messaging'
import type { CoordinationApp, CoordinationClient } from '../app.ts'
import { openReferralFromFlag } from './open-referral-from-flag.ts'
import { openReferralsFromAssessment } from './open-referrals-from-assessment.ts'
import { openReferralsFromProposal } from './open-referrals-from-proposal.ts'

/** What sends referrals by itself. */
export function referralSubscriptions(app: CoordinationApp): readonly Subscription<CoordinationClient>[] {
  return [
    {
      from: 'social',
      handlers: {
        'social.street.assessment.completed.v1': (tx, event) => openReferralsFromAssessment(app, tx, event),
      },
    },
    {
      from: 'education',
      handlers: { 'education.ats.record.proposed.v1': (tx, event) => openReferralsFromProposal(app, tx, event) },
    },
    {
      from: 'civil-registry',
      handlers: {
        'civil-registry.person.identifier.flagged.v1': (tx, event) => openReferralFromFlag(app, tx, event),
      },
    },
  ]
}
