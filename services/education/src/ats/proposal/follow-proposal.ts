import { ChildId, type EventOf } from '@satuanak/contracts'
import { audit } from '@satuanak/identity'
import type { EducationApp, EducationTx } from '../../app.ts'
import { identifyChildInTx } from '../../child/identify-child.ts'
import { answerCausesInTx, findCausesOfReferral, placeCauseInTx } from '../cause/repository.ts'
import { mayFollow } from '../domain-states.ts'
import { findAtsRecord, moveAtsRecordInTx } from '../repository.ts'

type Answer = EventOf<
  'coordination.referral.acknowledged.v1' | 'coordination.referral.rejected.v1' | 'coordination.referral.completed.v1'
>

/** The proposal of a cause is on its OPD's desk: by this referral the OPD's answer is known. */
export async function placeProposal(tx: EducationTx, event: EventOf<'coordination.proposal.placed.v1'>): Promise<void> {
  const { causeId, referralId } = event.data
  await placeCauseInTx(tx, causeId, referralId)
}

/**
 * An OPD accepted, finished or gave back what was proposed to it (TUN-08, RF-R2). What it gave back is to be mapped again:
 * the record is verified as before, and the other causes stay where they are. Referrals of other kinds are not ours.
 */
export async function followAnswer(app: EducationApp, tx: EducationTx, event: Answer): Promise<void> {
  const childId = ChildId.parse(event.subject)
  await identifyChildInTx(app, tx, childId)
  const causes = await findCausesOfReferral(tx, event.data.referralId)
  if (causes.length === 0) return
  const ids = causes.map(({ id }) => id)
  const answer = answerOf(event)
  await answerCausesInTx(tx, ids, answer, Temporal.Instant.from(event.time))
  if (answer.state === 'DITOLAK_OPD') await giveBack(tx, [...new Set(causes.map(({ recordId }) => recordId))])
  const said = { event: event.id, state: answer.state }
  await audit(tx, { subject: event.actor, agency: event.org, roles: [] }, 'ats.proposal.follow', [childId], said)
}

function answerOf(event: Answer) {
  switch (event.type) {
    case 'coordination.referral.acknowledged.v1':
      return { state: 'DITERIMA_OPD' } as const
    case 'coordination.referral.completed.v1':
      return { state: 'SELESAI', outcome: event.data.outcome } as const
    case 'coordination.referral.rejected.v1': {
      const { reason: declineReason, proposed: proposedAgency } = event.data
      return { state: 'DITOLAK_OPD', declineReason, proposedAgency } as const
    }
  }
}

/** A record that is closed by now, or whose services are fixed, stays so. */
async function giveBack(tx: EducationTx, recordIds: readonly string[]): Promise<void> {
  for (const id of recordIds) {
    const record = await findAtsRecord(tx, id)
    if (record && mayFollow(record.state, 'TERVERIFIKASI') && record.state !== 'DALAM_VERIFIKASI') {
      await moveAtsRecordInTx(tx, id, { state: 'TERVERIFIKASI' })
    }
  }
}
