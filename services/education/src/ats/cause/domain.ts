import { type AgencyCode, type AtsOpd, type AtsReason, levelOfReason, type Sensitivity } from '@satuanak/contracts'
import { CauseAtOpd } from './errors.ts'

/** What becomes of a proposal (AT-15, as far as the OPD's own work does not begin here). */
export const PROPOSAL_STATES = ['DIUSULKAN', 'DITERIMA_OPD', 'DITOLAK_OPD', 'SELESAI'] as const
export type ProposalState = (typeof PROPOSAL_STATES)[number]

/** That a cause was proposed to the OPD that answers for it, and what the OPD said (TUN-08, RF-R2). */
export interface Proposal {
  readonly state: ProposalState
  readonly proposedAt: Temporal.Instant
  /** Coordination's, once it is on the OPD's desk. */
  readonly referralId: string | null
  readonly answeredAt: Temporal.Instant | null
  /** Coordination's codes. */
  readonly declineReason: string | null
  readonly proposedAgency: AgencyCode | null
  readonly outcome: string | null
}

/** Why a child is out of school, and who answers for it (TUN-07). */
export interface Cause {
  readonly id: string
  readonly recordId: string
  readonly reason: AtsReason
  readonly primary: boolean
  /** Null until Bapperida decides, with A13. */
  readonly opd: AtsOpd | null
  /** What another cause is, with A13. */
  readonly note: string | null
  readonly proposal: Proposal | null
}

/** A cause as an officer maps it. */
export type Wanted = Pick<Cause, 'reason' | 'primary' | 'opd' | 'note'>

/** On an OPD's desk, or answered by it: no longer the kelurahan's to change (TUN-08). */
export const isAtOpd = ({ proposal }: Pick<Cause, 'proposal'>): boolean =>
  proposal !== null && proposal.state !== 'DITOLAK_OPD'

/** What a mapping changes. */
export interface Mapping {
  /** Stay as they are, but for which is primary. */
  readonly kept: readonly { readonly id: string; readonly primary: boolean }[]
  readonly superseded: readonly string[]
  readonly added: readonly Wanted[]
}

/**
 * How a record's causes become those that are wanted. What an OPD gave back is mapped anew, also where the same is said
 * again; what is on a desk stays there.
 * @throws CauseAtOpd where what is on a desk would be dropped or go to another.
 */
export function planMapping(current: readonly Cause[], wanted: readonly Wanted[]): Mapping {
  const matches = current.flatMap((cause) => {
    const again = wanted.find((one) => one.reason === cause.reason)
    const same = again !== undefined && isSame(cause, again)
    if (isAtOpd(cause) && !same) throw new CauseAtOpd(cause.reason)
    return same && cause.proposal?.state !== 'DITOLAK_OPD' ? [{ id: cause.id, again }] : []
  })
  const stay = new Set(matches.map(({ again }) => again))
  const kept = matches.map(({ id, again }) => ({ id, primary: again.primary }))
  return {
    kept,
    superseded: current.flatMap(({ id }) => (kept.some((one) => one.id === id) ? [] : [id])),
    added: wanted.filter((one) => !stay.has(one)),
  }
}

/** Of A13 the officer says the words and Bapperida the OPD. */
const isSame = (cause: Cause, { reason, opd, note }: Wanted): boolean =>
  cause.note === note && (reason === 'A13' || cause.opd === opd)

/** Who looks at a record's causes: whoever maps them, the coordinator, or somebody at an agency. */
export interface Looking {
  readonly mayMap: boolean
  readonly mayDecide: boolean
  readonly agency: AgencyCode
  /** Whether they may read of this child at that level. */
  readonly mayReadAt: (level: Sensitivity) => boolean
}

/**
 * Those that map causes see them all; the coordinator those that are no social case (PV-14); an OPD only what was proposed
 * to it (TUN-R3, PV-12), and of that what a referral of the cause's own level opens to it: none of level 4 (RF-R3).
 */
export function causesSeenBy(
  { mayMap, mayDecide, agency, mayReadAt }: Looking,
  causes: readonly Cause[],
): readonly Cause[] {
  if (mayMap) return causes
  if (mayDecide) return causes.filter(({ reason }) => levelOfReason(reason) <= 2)
  return causes.filter(
    ({ opd, proposal, reason }) => opd === agency && proposal !== null && mayReadAt(levelOfReason(reason)),
  )
}
