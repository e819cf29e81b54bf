import { type ChildGroup, openGrantInTx } from '@satuanak/child-kit'
import type { ChildId, EventId, ReferralId, Sensitivity } from '@satuanak/contracts'
import { type AuditActor, audit } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import { listAgencies } from '../agency/list-agencies.ts'
import type { CoordinationApp } from '../app.ts'
import { deadlines, type Sent } from './domain.ts'
import { findOpenReferralInTx, lockFlowInTx, type ReferralTx, saveReferralInTx } from './repository.ts'

/** A referral as it is about to be sent, by an officer or by the house itself. */
export type Draft = Pick<
  Sent,
  'childId' | 'type' | 'from' | 'to' | 'fromKelurahan' | 'toKelurahan' | 'reason' | 'parts' | 'trigger' | 'sensitivity'
>

/** Who sends it, and what it follows from. */
export interface Sending {
  readonly actor: AuditActor
  readonly group: ChildGroup
  readonly sensitivity: Sensitivity
  readonly correlationid: string
  readonly causationid?: EventId
}

export type Opened =
  | { readonly opened: true; readonly id: ReferralId }
  /** The same one was open already (RF-R4). */
  | { readonly opened: false; readonly id: ReferralId }

/**
 * Sends a referral unless the same one is open, for the person under whatever id, with the same receiver (RF-R4). From
 * now on the receiver may read the named parts of the child, here at once and elsewhere on hearing of it (DESIGN §7).
 */
export async function openReferralInTx(
  app: CoordinationApp,
  tx: ReferralTx,
  draft: Draft,
  sending: Sending,
): Promise<Opened> {
  const { group, actor } = sending
  await lockFlowInTx(tx, group.canonical, draft.type)
  const open = await findOpenReferralInTx(tx, group.ids, draft)
  if (open !== null) return { opened: false, id: open }
  const receiver = (await listAgencies({ db: tx })).find(({ code }) => code === draft.to)
  const now = app.now()
  const referral: Sent = {
    ...draft,
    ...deadlines(draft.type, receiver?.ackDays ?? 1, app.calendar, now),
    id: app.newId<ReferralId>(),
    sentAt: now,
  }
  await saveReferralInTx(tx, referral)
  await openGrantInTx(tx, { ...referral, referralId: referral.id, child: referral.childId, agency: referral.to })
  await audit(tx, actor, 'referral.send', [referral.childId], auditDetail(referral))
  await emitCreated(tx, referral, sending)
  return { opened: true, id: referral.id }
}

const auditDetail = ({ id, type, to, parts, trigger }: Sent) => ({ referral: id, type, to, parts, trigger })

async function emitCreated(tx: ReferralTx, referral: Sent, sending: Sending): Promise<void> {
  const { id, type, from, to, parts, dueAt, expiresAt } = referral
  const { actor, sensitivity, correlationid, causationid } = sending
  await emit(tx, {
    type: 'coordination.referral.created.v1',
    subject: referral.childId satisfies ChildId,
    data: {
      referralId: id,
      type,
      from,
      to,
      grants: [...parts],
      dueAt: dueAt.toString(),
      expiresAt: expiresAt.toString(),
    },
    actor: actor.subject,
    org: from,
    sensitivity,
    time: referral.sentAt,
    correlationid,
    ...(causationid === undefined ? {} : { causationid }),
  })
}
