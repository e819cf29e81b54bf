import type { ChildGroup } from '@satuanak/child-kit'
import type { EventOf, EventType, Sensitivity } from '@satuanak/contracts'
import { following } from '@satuanak/messaging'
import type { CoordinationApp } from '../app.ts'
import { flowOf } from './domain-referral-types.ts'
import { type Draft, type Opened, openReferralInTx } from './open-referral.ts'
import type { ReferralTx } from './repository.ts'

/** The house itself, for whom no officer sat at the keyboard. */
const SYSTEM = { subject: 'system', agency: 'BAPPERIDA', roles: [] } as const

/**
 * Sends what an event calls for: to the flow's first receiver, opening all that the flow may, unless the same one is
 * open (RF-R4).
 * @param told at which level the sending is told.
 */
export function openReferralByItselfInTx(
  app: CoordinationApp,
  tx: ReferralTx,
  event: EventOf<EventType>,
  draft: Pick<Draft, 'childId' | 'type' | 'from' | 'reason' | 'sensitivity'>,
  told: { readonly group: ChildGroup; readonly sensitivity: Sensitivity },
): Promise<Opened> {
  const { to, parts } = flowOf(draft.type)
  const [receiver] = to
  if (receiver === undefined) throw new Error(`${draft.type} has no receiver`)
  const whole = { ...draft, to: receiver, fromKelurahan: null, toKelurahan: null, parts, trigger: event.id }
  return openReferralInTx(app, tx, whole, { ...told, ...following(event), causationid: event.id, actor: SYSTEM })
}
