import { groupOf } from '@satuanak/child-kit'
import { ChildId, type EventOf, type Sensitivity } from '@satuanak/contracts'
import { following } from '@satuanak/messaging'
import type { CoordinationApp } from '../app.ts'
import { referralsCalledFor } from './domain.ts'
import { flowOf, type ReferralType } from './domain-referral-types.ts'
import { openReferralInTx } from './open-referral.ts'
import type { ReferralTx } from './repository.ts'

/** The house itself, for whom no officer sat at the keyboard. */
const SYSTEM = { subject: 'system', agency: 'BAPPERIDA', roles: [] } as const

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
    const draft = { ...draftOf(type), childId, trigger: event.id }
    await openReferralInTx(app, tx, draft, {
      actor: SYSTEM,
      group,
      sensitivity,
      ...following(event),
      causationid: event.id,
    })
  }
}

function draftOf(type: ReferralType) {
  const { to, parts } = flowOf(type)
  const [receiver] = to
  if (receiver === undefined) throw new Error(`${type} has no receiver`)
  return { type, from: 'DINSOS', to: receiver, fromKelurahan: null, toKelurahan: null, reason: REASON, parts } as const
}
