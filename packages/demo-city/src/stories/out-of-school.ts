import type { AtsCategory, AtsSource, KelurahanCode } from '@satuanak/contracts'
import { type Day, isoDate, isoInstant, MINUTES, type Minute } from '../calendar.ts'
import type { AtsState, CityAts, CityEnrolment } from '../model.ts'
import { enrolAgain, type Grade, levelOf } from './schooling.ts'
import { createStory, type Story, type Telling } from './telling.ts'

/** Codes of DOMAIN §4.2, common first. A05 and A06 are for older children, drawn like the rest. */
const REASONS = [
  'A02',
  'A07',
  'A01',
  'A08',
  'A09',
  'A04',
  'A11',
  'A12',
  'A03',
  'A05',
  'A06',
  'A10',
  'A15',
  'A14',
  'A13',
]
/** Findings that end a record without an out-of-school child (DOMAIN §4.2), with the state they lead to (TUN-R1). */
const FALSE_ALARMS = [
  ['V06', 'TIDAK_DITEMUKAN'],
  ['V04', 'PINDAH'],
  ['V09', 'DUPLIKAT'],
] as const satisfies readonly (readonly [string, AtsState])[]
/** What follows a verified record, step by step. */
const AFTER_VERIFICATION = [
  'DIPETAKAN',
  'DIUSULKAN',
  'DITETAPKAN',
  'DIINTERVENSI',
] as const satisfies readonly AtsState[]

export interface Reported {
  readonly source: AtsSource
  readonly at: Minute
  readonly grade: Grade
  readonly home: KelurahanCode
  /** Where the child in truth goes to school, if it does (EC-18). */
  readonly enrolled: boolean
}

export interface OutOfSchool {
  readonly ats: CityAts
  /** When the kelurahan sent its proposals (TUN-08). */
  readonly proposedAt: Minute | null
  /** The enrolment that closed the record, and when. */
  readonly enrolment: CityEnrolment | null
  readonly reenteredAt: Minute | null
}

/** A record from its report to wherever it has got by today. */
export function tellOutOfSchool(telling: Telling, reported: Reported): OutOfSchool {
  const story = createStory(telling, reported.at)
  const found = tellVerification(telling, story, reported.enrolled)
  const back = found.state === 'TERVERIFIKASI' ? tellReturn(telling, story, reported) : null
  const category = categoryOf(telling, reported)
  const ats: CityAts = {
    id: telling.identifiers.uuid(reported.at),
    category,
    source: reported.source,
    kelurahan: reported.home,
    state: back?.state ?? found.state,
    reportedAt: isoInstant(reported.at),
    reasons: reasons(telling),
    lastSchool: category === 'BPB' ? null : lastSchool(telling, category, reported),
    verified: found.verified,
    reentered:
      back?.enrolment && back.at !== null
        ? { at: isoInstant(back.at), npsn: back.enrolment.npsn, level: back.enrolment.level }
        : null,
  }
  return {
    ats,
    proposedAt: back?.proposedAt ?? null,
    enrolment: back?.enrolment ?? null,
    reenteredAt: back?.at ?? null,
  }
}

function tellVerification(
  { random }: Telling,
  story: Story,
  enrolled: boolean,
): { state: AtsState; verified: CityAts['verified'] } {
  if (story.next(1, 12, 0.1) === null) return { state: 'BELUM_VERIFIKASI', verified: null }
  const at = story.next(1, 10, 0.12)
  if (at === null) return { state: 'DALAM_VERIFIKASI', verified: null }
  const verified = { at: isoInstant(at), outOfSchool: false }
  if (enrolled) return { state: 'TIDAK_VALID', verified: { ...verified, outcome: 'V01' } }
  if (random.chance(0.11)) {
    const [outcome, state] = random.often(FALSE_ALARMS)
    return { state, verified: { ...verified, outcome } }
  }
  return { state: 'TERVERIFIKASI', verified: { at: verified.at, outOfSchool: true, outcome: null } }
}

interface Return {
  readonly state: AtsState
  readonly proposedAt: Minute | null
  readonly at: Minute | null
  readonly enrolment: CityEnrolment | null
}

function tellReturn(telling: Telling, story: Story, { grade, home }: Reported): Return {
  let reached: Return = { state: 'TERVERIFIKASI', proposedAt: null, at: null, enrolment: null }
  for (const state of AFTER_VERIFICATION) {
    const at = story.next(1, 14, 0.08)
    if (at === null) return reached
    reached = { ...reached, state, proposedAt: state === 'DIUSULKAN' ? at : reached.proposedAt }
  }
  const at = story.next(3, 40, 0.3)
  const enrolment = at === null ? null : enrolAgain(telling, grade, home.slice(6, 8), at)
  return enrolment ? { ...reached, state: 'SELESAI', at, enrolment } : reached
}

function categoryOf({ random }: Telling, { grade, enrolled }: Reported): AtsCategory {
  if (!enrolled && (grade <= 1 || random.chance(0.12))) return 'BPB'
  if (grade === 7 || grade === 10 || grade === 13) return 'LTM'
  return random.chance(0.12) && grade > 6 ? 'LTM' : 'DO'
}

function lastSchool({ random }: Telling, category: AtsCategory, { grade, at }: Reported): CityAts['lastSchool'] {
  const reached = category === 'LTM' ? (grade >= 10 ? 9 : 6) : Math.max(1, Math.min(12, grade) - random.below(3))
  const left: Day = Math.floor(at / MINUTES) - random.between(45, 700)
  return { level: levelOf(reached), grade: reached, leftOn: isoDate(left) }
}

function reasons({ random }: Telling): string[] {
  const primary = random.often(REASONS)
  const second = random.often(REASONS)
  return second !== primary && random.chance(0.35) ? [primary, second] : [primary]
}
