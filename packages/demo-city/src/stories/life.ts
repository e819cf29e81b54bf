import type { AtsSource } from '@satuanak/contracts'
import type { Minute } from '../calendar.ts'
import type { CityAts, CityEnrolment, CityOutreach, CityReferral } from '../model.ts'
import type { Birth, Household } from '../people/household.ts'
import { tellOutOfSchool } from './out-of-school.ts'
import { OF_REASON, type Sent, tellReferral } from './referrals.ts'
import { enrolAsUsual, gradeFor } from './schooling.ts'
import { type Met, tellStreet } from './street.ts'
import { officeHour, type Telling } from './telling.ts'

/** What befalls a child, before any office has heard of it. */
export interface Lot {
  readonly street: boolean
  readonly lacksNik: boolean
  readonly lacksAkta: boolean
  /** Learns at an SLB. */
  readonly special: boolean
  /** Level 4: lives in the shelter. */
  readonly sheltered: boolean
  /** Level 4: victim of violence. */
  readonly victim: boolean
}

/** What the offices hold of it by today. */
export interface Life {
  readonly grade: number
  readonly everPupil: boolean
  readonly enrolment: CityEnrolment | null
  readonly ats: CityAts | null
  readonly outreach: CityOutreach | null
  readonly referrals: readonly CityReferral[]
  /** First contact on the street. */
  readonly metAt: Minute | null
  /** A referral to Dukcapil has brought what was missing. */
  readonly papersIssued: boolean
}

/** One child's way through the four agencies. */
export function tellLife(telling: Telling, household: Household, birth: Birth, lot: Lot): Life {
  const { random } = telling
  const grade = gradeFor(telling, birth.day)
  const ofAge = grade >= 1 && grade <= 12
  const out = ofAge && random.chance(lot.street ? 0.7 : grade <= 9 ? 0.03 : 0.11)
  const kecamatan = household.address.kelurahan.slice(6, 8)
  const usual = ofAge && !out ? enrolAsUsual(telling, grade, kecamatan, lot.special) : null
  const met = lot.street ? tellStreet(telling, out, lot.lacksAkta) : null
  const report = out ? reportOf(telling, met) : usual && random.chance(0.009) ? byMinistry(telling) : null
  const home = household.address.kelurahan
  const record = report && tellOutOfSchool(telling, { ...report, grade, home, enrolled: usual !== null })
  const referrals = sentFor(telling, birth, lot, met, record).map((sent) => tellReferral(telling, sent))
  return {
    grade,
    everPupil: usual !== null || (record?.ats.lastSchool ?? null) !== null,
    enrolment: usual ?? record?.enrolment ?? null,
    ats: record?.ats ?? null,
    outreach: met?.outreach ?? null,
    referrals,
    metAt: met?.firstAt ?? null,
    papersIssued: referrals.some(({ type, state }) => type === 'RF-02' && state === 'SELESAI'),
  }
}

type Report = { readonly source: AtsSource; readonly at: Minute }

const byMinistry = ({ random, today }: Telling): Report => ({
  source: 'MINISTRY',
  at: officeHour(random, today - random.between(1, 330)),
})

/** Who says that the child is out of school. Nobody does for a few, and for a street child not yet assessed. */
function reportOf(telling: Telling, met: Met | null): Report | null {
  if (met !== null) return met.assessedAt === null ? null : { source: 'OUTREACH', at: met.assessedAt + 5 }
  const { random, today } = telling
  if (random.chance(0.1)) return null
  const source = random.often(['KELURAHAN', 'MINISTRY', 'SCHOOL'] as const)
  return { source, at: officeHour(random, today - random.between(1, 330)) }
}

type Record = ReturnType<typeof tellOutOfSchool>

/** The referrals that are sent for this child: one per kind, so that no open one is there twice (RF-R4). */
function sentFor(telling: Telling, birth: Birth, lot: Lot, met: Met | null, record: Record | null): Sent[] {
  const { random, today } = telling
  const sent: Sent[] = []
  const assessedAt = met?.assessedAt ?? null
  if (assessedAt !== null) {
    const at = assessedAt + 30
    if (record) sent.push({ kind: 'RF-01', from: 'DINSOS', at, ending: endOfPlacement(record) })
    if (lot.lacksAkta) sent.push({ kind: 'RF-02', from: 'DINSOS', at, ending: 'free' })
    if (lot.sheltered) sent.push({ kind: 'RF-15', from: 'DINSOS', at, ending: 'free' })
  } else if (lot.lacksAkta && birth.day < today - 400 && random.chance(0.3)) {
    sent.push({
      kind: 'RF-02',
      from: 'KELURAHAN',
      at: officeHour(random, today - random.between(1, 300)),
      ending: 'free',
    })
  }
  if (lot.victim) {
    sent.push({
      kind: 'RF-05',
      from: 'KELURAHAN',
      at: officeHour(random, today - random.between(1, 200)),
      ending: 'free',
    })
  }
  for (const { kind, at } of forCauses(record)) {
    if (sent.every((one) => one.kind !== kind)) sent.push({ kind, from: 'KELURAHAN', at, ending: 'free' })
  }
  return sent
}

function endOfPlacement({ ats, reenteredAt }: Record): Sent['ending'] {
  if (reenteredAt !== null) return reenteredAt
  return ats.verified?.outOfSchool === false ? 'declined' : 'open'
}

/** Proposals go out once the record is mapped (TUN-08). */
function forCauses(record: Record | null): { kind: Sent['kind']; at: Minute }[] {
  if (record?.proposedAt == null) return []
  const { proposedAt: at, ats } = record
  return ats.reasons.flatMap((reason) => {
    const kind = OF_REASON[reason]
    return kind ? [{ kind, at }] : []
  })
}
