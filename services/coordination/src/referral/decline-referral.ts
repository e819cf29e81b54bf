import { AGENCIES, type AgencyCode, type ReferralId } from '@satuanak/contracts'
import { fields, oneOf, optional, orRefuse, problem, text, uuid } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import { answerReferral } from './answer-referral.ts'
import { DECLINE_REASONS, type DeclineReason } from './domain.ts'

export interface DeclineReferral {
  readonly requestId: string
  readonly referralId: string
  readonly reason: string
  readonly proposedAgency?: string | null | undefined
  readonly note?: string | null | undefined
}

/**
 * The receiver gives the referral back, with a reason and, where possible, the right agency (RF-R2). What it had opened
 * of the child is shut.
 * @throws InvalidInput, ReferralNotFound, NotPermitted, WrongReferralState, RequestIdReused.
 */
export async function declineReferral(
  app: CoordinationApp,
  caller: Caller,
  command: DeclineReferral,
): Promise<ReferralId> {
  const { referralId, reason, proposedAgency, note } = check(caller.agency, command)
  const answering = { ...command, referralId, name: 'declineReferral', input: command } as const
  return answerReferral(app, caller, answering, 'DITOLAK', (referral) => ({
    ...referral,
    state: 'DITOLAK',
    acceptedAt: referral.state === 'DITERIMA' ? referral.acceptedAt : null,
    declinedAt: app.now(),
    declineReason: reason,
    proposedAgency,
    answerNote: note,
  }))
}

function check(own: AgencyCode, command: DeclineReferral) {
  const checked = fields(
    {
      referralId: uuid<ReferralId>(command.referralId),
      reason: oneOf(command.reason, DECLINE_REASONS, { rule: 'RF-R2' }),
      proposedAgency: optional(command.proposedAgency, (input) => oneOf(input, AGENCIES, { rule: 'RF-R2' })),
      note: optional(command.note, (input) => text(input, { rule: 'RF-R2', max: 500, multiline: true })),
    },
    ({ reason, proposedAgency, note }) => [
      ...(proposedAgency === own && own !== 'KELURAHAN' ? [notYourself] : []),
      ...(needsWords(reason) && note === null ? [sayWhy] : []),
    ],
  )
  return orRefuse(checked).value
}

/** "Other" alone is no reason (RF-R2). */
const needsWords = (reason: DeclineReason): boolean => reason === 'LAINNYA'

const sayWhy = problem(
  'RF-R2',
  { id: 'Tuliskan alasannya, karena Anda memilih LAINNYA.', en: 'Write the reason down, for you chose LAINNYA.' },
  'note',
)

const notYourself = problem(
  'RF-R2',
  {
    id: 'Anda mengusulkan instansi sendiri. Usulkan instansi lain, atau terima rujukan ini.',
    en: 'You propose your own agency. Propose another one, or accept this referral.',
  },
  'proposedAgency',
)
