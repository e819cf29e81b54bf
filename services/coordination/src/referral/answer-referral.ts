import { groupOf, shutGrantInTx } from '@satuanak/child-kit'
import type { ReferralId, Sensitivity } from '@satuanak/contracts'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { CoordinationApp } from '../app.ts'
import { isOpen, levelOf, mayBecome, type Referral, type ReferralState } from './domain.ts'
import { ReferralNotFound, WrongReferralState } from './errors.ts'
import { findReferralInTx, type ReferralTx, saveAnswerInTx } from './repository.ts'

/** The mutation that answers, and the referral it is for. */
export interface Answering {
  readonly name: 'acceptReferral' | 'declineReferral' | 'completeReferral'
  readonly requestId: string
  readonly input: unknown
  readonly referralId: ReferralId
}

type Answer = Extract<Referral, { state: 'DITERIMA' | 'DITOLAK' | 'SELESAI' }>

/**
 * What the three answers have in common: only the receiver answers, only what the state allows happens next, and an end
 * state shuts what the referral had opened of the child (DOMAIN §8, DESIGN §7).
 * @param decide the referral as it becomes; may refuse for reasons of its own.
 * @throws ReferralNotFound, NotPermitted, WrongReferralState, RequestIdReused, and what `decide` throws.
 */
export function answerReferral<To extends Answer['state']>(
  app: CoordinationApp,
  caller: Caller,
  answering: Answering,
  to: To,
  decide: (referral: Referral) => Extract<Answer, { state: To }>,
): Promise<ReferralId> {
  return app.once(caller, answering, async (tx) => {
    const referral = await findReferralInTx(tx, answering.referralId)
    if (referral === null) throw new ReferralNotFound()
    const level = await permitAnswering(app, tx, caller, referral)
    if (!mayBecome(referral.state, to)) throw new WrongReferralState(referral.state)
    const answered = decide(referral)
    await saveAnswerInTx(tx, answered)
    if (!isOpen(answered.state)) await shutGrantInTx(tx, answered.id)
    await audit(tx, caller, 'referral.answer', [answered.childId], { referral: answered.id, state: answered.state })
    await emitAnswer(app, tx, caller, answered, { level, requestId: answering.requestId })
    return answered.id
  })
}

async function permitAnswering(
  app: CoordinationApp,
  tx: ReferralTx,
  caller: Caller,
  referral: Referral,
): Promise<Sensitivity> {
  const { childId, to, toKelurahan } = referral
  const level = levelOf(referral, (await groupOf(tx, [childId], app.now())).get(childId)?.level ?? 2)
  const kelurahan = toKelurahan === null ? [] : [toKelurahan]
  const facts = { child: childId, level, agencies: [to], kelurahan }
  permitOr(caller, 'referral.answer', facts, () => new ReferralNotFound())
  return level
}

async function emitAnswer(
  app: CoordinationApp,
  tx: ReferralTx,
  caller: Caller,
  referral: Answer,
  { level, requestId }: { level: Sensitivity; requestId: string },
): Promise<void> {
  const { id: referralId, type, from, to } = referral
  const common = { referralId, type, from, to }
  const told = {
    subject: referral.childId,
    actor: caller.subject,
    org: caller.agency,
    sensitivity: level,
    time: app.now(),
    correlationid: requestId,
  }
  switch (referral.state) {
    case 'DITERIMA':
      await emit(tx, { ...told, type: 'coordination.referral.acknowledged.v1', data: common })
      return
    case 'DITOLAK': {
      const { declineReason: reason, proposedAgency: proposed } = referral
      await emit(tx, { ...told, type: 'coordination.referral.rejected.v1', data: { ...common, reason, proposed } })
      return
    }
    case 'SELESAI': {
      const { outcome } = referral
      await emit(tx, { ...told, type: 'coordination.referral.completed.v1', data: { ...common, outcome } })
    }
  }
}

/** The state a referral is in, told to those whose answer does not fit it. */
export const wrongState = (referral: { readonly state: ReferralState }) => new WrongReferralState(referral.state)
