import type { AgencyCode, Grantable, ReferralId } from '@satuanak/contracts'
import { isoInstant, MINUTES, type Minute } from '../calendar.ts'
import type { CityReferral } from '../model.ts'
import { createStory, type Telling } from './telling.ts'

interface Rule {
  readonly to: AgencyCode
  /** Limit in calendar days (DOMAIN §8; working days taken as 7 for 5). */
  readonly days: number
  /** The minimum set its receiver needs (PV-12). */
  readonly grants: readonly Grantable[]
  readonly outcome: string
  readonly proposed: AgencyCode | null
}

const RULES = {
  'RF-01': { to: 'DISDIK', days: 14, grants: ['identity', 'assessment'], outcome: 'TERDAFTAR', proposed: 'KEMENAG' },
  'RF-02': { to: 'DUKCAPIL', days: 7, grants: ['identity', 'papers'], outcome: 'TERBIT', proposed: null },
  'RF-03': { to: 'DINSOS', days: 14, grants: ['identity', 'ats'], outcome: 'BANTUAN_DIBERIKAN', proposed: 'KELURAHAN' },
  'RF-04': { to: 'DPPPA', days: 14, grants: ['identity', 'ats'], outcome: 'RENCANA_DISEPAKATI', proposed: 'KEMENAG' },
  'RF-05': { to: 'DPPPA', days: 1, grants: ['identity', 'ats'], outcome: 'RENCANA_AMAN', proposed: 'DINSOS' },
  'RF-06': { to: 'DISNAKER', days: 14, grants: ['identity', 'ats'], outcome: 'BERHENTI_BEKERJA', proposed: 'DINSOS' },
  'RF-07': { to: 'DINKES', days: 14, grants: ['identity', 'ats'], outcome: 'LAYANAN_DIBERIKAN', proposed: 'DINSOS' },
  'RF-08': { to: 'DISHUB', days: 30, grants: ['identity', 'school'], outcome: 'ANGKUTAN_TERSEDIA', proposed: 'DISDIK' },
  'RF-15': { to: 'RPPSA', days: 7, grants: ['identity', 'papers', 'outreach', 'assessment'], outcome: 'DITERIMA_DI_RUMAH_PERLINDUNGAN', proposed: null }, // biome-ignore format: one row per flow
} as const satisfies Record<string, Rule>
export type ReferralKind = keyof typeof RULES

/** Which referral a cause leads to (DOMAIN §4.2, §8; TUN-R5: one per cause). */
export const OF_REASON: Readonly<Record<string, ReferralKind>> = {
  A02: 'RF-03',
  A10: 'RF-03',
  A03: 'RF-08',
  A05: 'RF-04',
  A06: 'RF-05',
  A07: 'RF-06',
  A11: 'RF-02',
  A12: 'RF-07',
}

export interface Sent {
  readonly kind: ReferralKind
  readonly from: AgencyCode
  readonly at: Minute
  /**
   * `free`: as it comes. `open`: not answered for good yet. `declined`: the receiver found nothing to do. A moment:
   * completed then, by what happened to the child.
   */
  readonly ending: 'free' | 'open' | 'declined' | Minute
}

/** A referral from its sending to wherever it has got by today. */
export function tellReferral(telling: Telling, { kind, from, at, ending }: Sent): CityReferral {
  const { to, days, grants, outcome, proposed }: Rule = RULES[kind]
  const base = {
    id: telling.identifiers.uuid<ReferralId>(at),
    type: kind,
    from,
    to,
    grants,
    sentAt: isoInstant(at),
    dueAt: isoInstant(at + days * MINUTES),
    expiresAt: isoInstant(at + (days + 30) * MINUTES),
  }
  if (typeof ending === 'number') {
    const acknowledged = at + Math.min(MINUTES, Math.floor((ending - at) / 2))
    return { ...base, ...answered('SELESAI', acknowledged, null, { at: isoInstant(ending), outcome }) }
  }
  const story = createStory(telling, at)
  const acknowledged = story.next(0, 3, 0.2)
  if (acknowledged === null) return { ...base, ...answered('TERKIRIM', null, null, null) }
  if (ending === 'declined' || (ending === 'free' && telling.random.chance(0.14))) {
    const declined = story.next(0, 4)
    const reason = telling.random.chance(0.5) ? 'BUKAN_WEWENANG' : 'DATA_KURANG'
    const by = reason === 'BUKAN_WEWENANG' ? proposed : null
    if (declined) return { ...base, ...answered('DITOLAK', acknowledged, { at: isoInstant(declined), reason, proposed: by }, null) } // biome-ignore format: short
    return { ...base, ...answered('DITERIMA', acknowledged, null, null) }
  }
  const completed = ending === 'free' ? story.next(2, 25, 0.35) : null
  return completed
    ? { ...base, ...answered('SELESAI', acknowledged, null, { at: isoInstant(completed), outcome }) }
    : { ...base, ...answered('DITERIMA', acknowledged, null, null) }
}

function answered(
  state: CityReferral['state'],
  acknowledgedAt: Minute | null,
  rejected: CityReferral['rejected'],
  completed: CityReferral['completed'],
): Pick<CityReferral, 'state' | 'acknowledgedAt' | 'rejected' | 'completed'> {
  return { state, acknowledgedAt: acknowledgedAt === null ? null : isoInstant(acknowledgedAt), rejected, completed }
}
