import type { ChildId, ReferralId } from '@satuanak/contracts'
import { type Caller, territory } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import type { Referral, ReferralState } from './domain.ts'
import { type DeskKeys, findDesk, findReferral, findReferralsOfChildren } from './repository.ts'

type Reader = Pick<CoordinationApp, 'db'>

export interface Desk {
  readonly state: ReferralState | null
  readonly after: DeskKeys | null
  readonly limit: number
}

/** What the caller's own agency received, newest first; of a kelurahan, what that office received (TUN-R3). */
export function listInbox(app: Reader, caller: Caller, desk: Desk): Promise<Referral[]> {
  return findDesk(app.db, { ...desk, side: 'to', agency: caller.agency, territory: territory(caller, 'inbox.read') })
}

/** What the caller's own agency sent, newest first. */
export function listSentReferrals(app: Reader, caller: Caller, desk: Desk): Promise<Referral[]> {
  return findDesk(app.db, {
    ...desk,
    side: 'from',
    agency: caller.agency,
    territory: territory(caller, 'referral.read'),
  })
}

/** One referral; whether the caller may see it is for the type's facts to say. */
export function readReferral(
  app: { readonly db: Parameters<typeof findReferral>[0] },
  id: ReferralId,
): Promise<Referral | null> {
  return findReferral(app.db, id)
}

/** Every referral written under any of these ids, oldest first. */
export function listReferralsOfChildren(app: Reader, ids: readonly ChildId[]): Promise<Referral[]> {
  return findReferralsOfChildren(app.db, ids)
}
