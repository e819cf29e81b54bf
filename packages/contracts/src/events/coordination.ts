import { z } from 'zod'
import { AgencyCode } from '../agencies.ts'
import { ReferralId } from '../ids.ts'
import { Notice } from '../notice.ts'
import { Grantable } from '../sensitivity.ts'

/** `RF-01` … `RF-25` of DOMAIN §8. */
export const ReferralType = z.string().regex(/^RF-(0[1-9]|1\d|2[0-5])$/)

/**
 * A code of coordination's own lists, `BUKAN_WEWENANG`: never the sentence an officer wrote, which may name somebody
 * (DOMAIN §9, §8 "reason codes").
 */
const Code = z.string().regex(/^[A-Z][A-Z0-9_]{1,39}$/)

const Common = { referralId: ReferralId, type: ReferralType, from: AgencyCode, to: AgencyCode }

export const coordinationEvents = {
  /** Sent: from now on the receiver may read exactly `grants` of this child, until an end event or `expiresAt`. */
  'coordination.referral.created.v1': z.strictObject({
    ...Common,
    grants: z.array(Grantable),
    dueAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  }),
  'coordination.referral.acknowledged.v1': z.strictObject(Common),
  'coordination.referral.rejected.v1': z.strictObject({ ...Common, reason: Code, proposed: AgencyCode.nullable() }),
  'coordination.referral.completed.v1': z.strictObject({ ...Common, outcome: Code }),
  /** A proposal of education (TUN-08) is on its OPD's desk as this referral: a new one, or the same that was open (RF-R4). */
  'coordination.proposal.placed.v1': z.strictObject({ ...Common, recordId: z.uuid(), causeId: z.uuid() }),
  /** Something changed that somebody may see, with the facts by which it is decided who. Subject: that of its event. */
  'coordination.notice.given.v1': Notice,
}
