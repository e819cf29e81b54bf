import type { ReferralId } from '@satuanak/contracts'
import { fields, InvalidInput, oneOf, optional, orRefuse, text, uuid } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import { answerReferral, wrongState } from './answer-referral.ts'
import { flowOf, OUTCOMES, type Outcome, type ReferralType } from './domain-referral-types.ts'

export interface CompleteReferral {
  readonly requestId: string
  readonly referralId: string
  readonly outcome: string
  readonly note?: string | null | undefined
}

/**
 * The receiver, having accepted it, says how the referral ended: by one of its flow's closing events (DOMAIN §8). What
 * it had opened of the child is shut.
 * @throws InvalidInput, ReferralNotFound, NotPermitted, WrongReferralState, RequestIdReused.
 */
export async function completeReferral(
  app: CoordinationApp,
  caller: Caller,
  command: CompleteReferral,
): Promise<ReferralId> {
  const { value } = orRefuse(
    fields({
      referralId: uuid<ReferralId>(command.referralId),
      outcome: oneOf(command.outcome, Object.keys(OUTCOMES) as Outcome[], { rule: 'DOMAIN-8' }),
      note: optional(command.note, (input) => text(input, { rule: 'DOMAIN-8', max: 500, multiline: true })),
    }),
  )
  const { referralId, outcome, note } = value
  const answering = { ...command, referralId, name: 'completeReferral', input: command } as const
  return answerReferral(app, caller, answering, 'SELESAI', (referral) => {
    if (referral.state !== 'DITERIMA') throw wrongState(referral)
    refuseForeignOutcome(referral.type, outcome)
    return { ...referral, state: 'SELESAI', completedAt: app.now(), outcome, answerNote: note }
  })
}

/** Each flow has its own closing events. */
function refuseForeignOutcome(type: ReferralType, outcome: Outcome): void {
  const { outcomes } = flowOf(type)
  if (outcomes.includes(outcome)) return
  const message = {
    id: `${type} selesai dengan: ${outcomes.join(' atau ')}.`,
    en: `${type} ends with: ${outcomes.join(' or ')}.`,
  }
  throw new InvalidInput([{ field: 'outcome', rule: type, message }])
}
