import type { Subscription } from '@satuanak/messaging'
import type { CoordinationApp, CoordinationClient } from '../app.ts'
import { openReferralsFromAssessment } from './open-referrals-from-assessment.ts'

/** What sends referrals by itself. */
export function referralSubscriptions(app: CoordinationApp): readonly Subscription<CoordinationClient>[] {
  return [
    {
      from: 'social',
      handlers: {
        'social.street.assessment.completed.v1': (tx, event) => openReferralsFromAssessment(app, tx, event),
      },
    },
  ]
}
