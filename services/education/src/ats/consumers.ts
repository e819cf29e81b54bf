import type { EducationApp, EducationSubscription } from '../app.ts'
import { openFromAssessment } from './open-from-assessment.ts'

/** What the out-of-school list hears of other agencies. */
export function atsSubscriptions(app: EducationApp): readonly EducationSubscription[] {
  return [
    {
      from: 'social',
      handlers: { 'social.street.assessment.completed.v1': (tx, event) => openFromAssessment(app, tx, event) },
    },
  ]
}
