import type { ReferralId } from '@satuanak/contracts'
import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import { answerReferral } from './answer-referral.ts'

export interface AcceptReferral {
  readonly requestId: string
  readonly referralId: string
}

/**
 * The receiver takes the referral on (acknowledge in 1 working day, DOMAIN §8).
 * @throws InvalidInput, ReferralNotFound, NotPermitted, WrongReferralState, RequestIdReused.
 */
export async function acceptReferral(
  app: CoordinationApp,
  caller: Caller,
  command: AcceptReferral,
): Promise<ReferralId> {
  const { value } = orRefuse(fields({ referralId: uuid<ReferralId>(command.referralId) }))
  const answering = { ...command, ...value, name: 'acceptReferral', input: command } as const
  return answerReferral(app, caller, answering, 'DITERIMA', (referral) => ({
    ...referral,
    state: 'DITERIMA',
    acceptedAt: app.now(),
  }))
}
