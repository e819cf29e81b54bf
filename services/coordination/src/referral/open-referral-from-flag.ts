import { groupOf } from '@satuanak/child-kit'
import { ChildId, type EventOf } from '@satuanak/contracts'
import type { CoordinationApp } from '../app.ts'
import { levelOf, referralForFlag } from './domain.ts'
import { openReferralByItselfInTx } from './open-referral-by-itself.ts'
import type { ReferralTx } from './repository.ts'

/** What Dukcapil reads; who else claims the NIK stands in the registry, for who may know of both (PV-14). */
const REASON =
  'NIK anak ini diakui lebih dari satu orang (EC-01). Cocokkan akta dan KK keduanya di meja telaah, lalu perbaiki data; ' +
  'sampai itu tidak ada yang diputuskan otomatis.'

/**
 * Two who claim one NIK are referred to Dukcapil, each under its own record, unless the same referral is open (EC-01,
 * RF-R4). It tells of both: whoever may not know of one is not told by the other's referral (PV-14, RF-R3). No event says
 * that a doubt is over, so none ends it: the officer who settled it completes the referral.
 */
export async function openReferralFromFlag(
  app: CoordinationApp,
  tx: ReferralTx,
  event: EventOf<'civil-registry.person.identifier.flagged.v1'>,
): Promise<void> {
  const type = referralForFlag(event.data.code)
  if (type === null) return
  const childId = ChildId.parse(event.subject)
  const group = (await groupOf(tx, [childId], app.now())).get(childId)
  if (group === undefined) return
  const { sensitivity } = event
  const draft = { childId, type, from: 'DUKCAPIL', reason: REASON, sensitivity } as const
  await openReferralByItselfInTx(app, tx, event, draft, { group, sensitivity: levelOf(event, group.level) })
}
