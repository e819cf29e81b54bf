import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import { ChildId, type EventOf, levelOfReason } from '@satuanak/contracts'
import { emit, following } from '@satuanak/messaging'
import type { CoordinationApp } from '../app.ts'
import { isOpen, levelOf, type Referral } from './domain.ts'
import { flowOfCause, partsOfProposal } from './domain-cause-flows.ts'
import { openReferralInTx } from './open-referral.ts'
import { findReferralInTx, type ReferralTx } from './repository.ts'

type Proposed = EventOf<'education.ats.record.proposed.v1'>
type Cause = Proposed['data']['causes'][number]

/** What every receiver reads, Dukcapil too: who may know of the cause reads it with the child (PV-12). */
const REASON = 'Usulan layanan bagi anak tidak sekolah, dari pemetaan penyebab dan OPD pengampu (TUN-08).'

/**
 * Puts each proposed cause on the desk of the OPD that answers for it (TUN-08, TUN-R5), and tells education by which
 * referral: where the same one is open already, by that (RF-R4).
 */
export async function openReferralsFromProposal(app: CoordinationApp, tx: ReferralTx, event: Proposed): Promise<void> {
  const childId = ChildId.parse(event.subject)
  const group = (await groupOf(tx, [childId], app.now())).get(childId)
  if (group === undefined) return
  // Flows are taken in one order by whoever opens several, so that no two of them wait for each other.
  const causes = event.data.causes.toSorted((one, other) =>
    flowOfCause(one.reason, one.opd).localeCompare(flowOfCause(other.reason, other.opd)),
  )
  for (const cause of causes) {
    const referral = await place(app, tx, event, cause, group)
    await emitPlaced(app, tx, event, cause, { referral, group })
  }
}

/** Held open until the transaction ends, so that its answer is told after what is told here. */
async function place(
  app: CoordinationApp,
  tx: ReferralTx,
  event: Proposed,
  { reason, opd }: Cause,
  group: ChildGroup,
): Promise<Referral> {
  const type = flowOfCause(reason, opd)
  const sensitivity = levelOfReason(reason)
  const draft = {
    childId: ChildId.parse(event.subject),
    type,
    from: event.org,
    to: opd,
    fromKelurahan: event.org === 'KELURAHAN' ? event.data.kelurahan : null,
    toKelurahan: null,
    reason: REASON,
    // A referral of level 4 carries a case code only (RF-R3).
    parts: sensitivity === 4 ? [] : partsOfProposal(type),
    trigger: event.id,
    sensitivity,
  }
  const sending = {
    actor: { subject: event.actor, agency: event.org, roles: [] },
    group,
    sensitivity: levelOf({ sensitivity }, group.level),
    ...following(event),
    causationid: event.id,
  }
  const { id } = await openReferralInTx(app, tx, draft, sending)
  const referral = await findReferralInTx(tx, id)
  if (referral && isOpen(referral.state)) return referral
  // The one that was open was answered this very moment; nobody opens another meanwhile, for the flow is held.
  const anew = await openReferralInTx(app, tx, draft, sending)
  const opened = await findReferralInTx(tx, anew.id)
  if (opened === null) throw new Error('a referral that was just opened is there')
  return opened
}

/** Told of the child under whose id the referral stands, as its answer will be: each comes after this. */
async function emitPlaced(
  app: CoordinationApp,
  tx: ReferralTx,
  event: Proposed,
  { causeId }: Cause,
  { referral, group }: { readonly referral: Referral; readonly group: ChildGroup },
): Promise<void> {
  const { id: referralId, childId, type, from, to } = referral
  await emit(tx, {
    type: 'coordination.proposal.placed.v1',
    subject: childId,
    data: { referralId, type, from, to, recordId: event.data.recordId, causeId },
    actor: 'system',
    org: 'BAPPERIDA',
    sensitivity: levelOf(referral, group.level),
    time: app.now(),
    ...following(event),
  })
}
