import type { EducationApp, EducationSubscription } from '../app.ts'
import { openFromAssessment } from './open-from-assessment.ts'
import { followAnswer, placeProposal } from './proposal/follow-proposal.ts'

/** What the out-of-school list hears of other agencies. */
export function atsSubscriptions(app: EducationApp): readonly EducationSubscription[] {
  return [
    {
      from: 'social',
      handlers: { 'social.street.assessment.completed.v1': (tx, event) => openFromAssessment(app, tx, event) },
    },
    {
      from: 'coordination',
      handlers: {
        'coordination.proposal.placed.v1': (tx, event) => placeProposal(tx, event),
        'coordination.referral.acknowledged.v1': (tx, event) => followAnswer(app, tx, event),
        'coordination.referral.rejected.v1': (tx, event) => followAnswer(app, tx, event),
        'coordination.referral.completed.v1': (tx, event) => followAnswer(app, tx, event),
      },
    },
  ]
}
