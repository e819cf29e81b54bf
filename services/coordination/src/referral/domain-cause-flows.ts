import type { AtsOpd, AtsReason, Grantable } from '@satuanak/contracts'
import { flowOf, type ReferralType } from './domain-referral-types.ts'

/** What an agency does for a child who is out of school, whatever the cause, by the flow of DOMAIN §8 that it answers. */
const BY_OPD = {
  DUKCAPIL: 'RF-02',
  DISDIK: 'RF-01',
  DINSOS: 'RF-03',
  DPPPA: 'RF-04',
  DINKES: 'RF-07',
  DISNAKER: 'RF-06',
  DISHUB: 'RF-08',
} as const satisfies Record<AtsOpd, ReferralType>

/** Where DOMAIN §8 has a flow for the cause itself. */
const BY_CAUSE: Readonly<Partial<Record<AtsReason, Readonly<Partial<Record<AtsOpd, ReferralType>>>>>> = {
  A03: { DISDIK: 'RF-08' },
  A06: { DPPPA: 'RF-05', DINSOS: 'RF-05' },
  A07: { DISDIK: 'RF-06' },
  A12: { DISDIK: 'RF-25' },
  A16: { DINSOS: 'RF-19' },
}

/** The flow by which a cause goes to the OPD that answers for it (TUN-08): the cause's own, else what the OPD does anyway. */
export const flowOfCause = (reason: AtsReason, opd: AtsOpd): ReferralType => BY_CAUSE[reason]?.[opd] ?? BY_OPD[opd]

/** Of a flow's minimum set what a proposal has to do with: the street and its assessments are not its business (PV-12). */
const OF_A_PROPOSAL: ReadonlySet<Grantable> = new Set(['identity', 'papers', 'school', 'ats'])

export const partsOfProposal = (type: ReferralType): readonly Grantable[] =>
  flowOf(type).parts.filter((part) => OF_A_PROPOSAL.has(part))
