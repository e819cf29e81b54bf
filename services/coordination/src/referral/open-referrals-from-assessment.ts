import { groupOf } from '@satuanak/child-kit'
import { ChildId, type EventOf, type Sensitivity } from '@satuanak/contracts'
import type { CoordinationApp } from '../app.ts'
import { referralsCalledFor } from './domain.ts'
import { openReferralByItselfInTx } from './open-referral-by-itself.ts'
import type { ReferralTx } from './repository.ts'

/** What the receiver reads where no officer wrote a reason; the assessment itself stays with those who may read it. */
const REASON = 'Kebutuhan ditemukan pada asesmen sosial; dikirim otomatis (TPI-04).'

/**
 * A social assessment calls for its referrals (TPI-04): RF-01 to education for a child who dropped out, RF-02 to the
 * civil registry for one without papers, each unless the same one is open (RF-R4).
 */
export async function openReferralsFromAssessment(
  app: CoordinationApp,
  tx: ReferralTx,
  event: EventOf<'social.street.assessment.completed.v1'>,
): Promise<void> {
  const childId = ChildId.parse(event.subject)
  const group = (await groupOf(tx, [childId], app.now())).get(childId)
  if (group === undefined) return
  const sensitivity = Math.max(group.level, event.sensitivity) as Sensitivity
  for (const type of referralsCalledFor(event.data)) {
    const draft = { childId, type, from: 'DINSOS', reason: REASON, sensitivity: 1 } as const
    await openReferralByItselfInTx(app, tx, event, draft, { group, sensitivity })
  }
}
