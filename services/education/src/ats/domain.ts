import type { AgencyCode, AtsCategory, AtsSource, ChildId, KelurahanCode, Npsn, Precision } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import { type AtsState, isFinal, mayFollow, type Outcome, STATE_AFTER } from './domain-states.ts'
import { AtsAlreadyVerified, SecondVisitNeeded } from './errors.ts'

/** How a record was checked in the field (TUN-R2). */
export const CHECK_METHODS = ['KUNJUNGAN_RUMAH', 'KUNJUNGAN_SEKOLAH', 'PERTEMUAN_WARGA', 'TELEPON'] as const
export type CheckMethod = (typeof CHECK_METHODS)[number]

/** Whom the check reached (TUN-R2). */
export const CHECK_RESULTS = ['BERTEMU_ANAK', 'BERTEMU_KELUARGA', 'KETERANGAN_WARGA', 'TIDAK_DITEMUKAN'] as const
export type CheckResult = (typeof CHECK_RESULTS)[number]

/** TUN-R2: date, volunteer, method, result. */
export interface FieldCheck {
  readonly date: Temporal.PlainDate
  readonly method: CheckMethod
  readonly result: CheckResult
  /** Account of whoever went there. */
  readonly volunteer: string
}

/** That a child is said to be out of school, and what became of it (TUN-03 to TUN-06). */
export interface AtsRecord {
  readonly id: string
  readonly childId: ChildId
  readonly category: AtsCategory
  readonly source: AtsSource
  readonly state: AtsState
  readonly kelurahan: KelurahanCode | null
  readonly note: string | null
  readonly reportedAt: Temporal.Instant
  readonly verifiedAt: Temporal.Instant | null
  readonly outcome: Outcome | null
  /** The latest first. */
  readonly fieldChecks: readonly FieldCheck[]
  /** Null while the record is on the working list. */
  readonly closedAt: Temporal.Instant | null
  /** The enrolment that brought the child back. */
  readonly closedBy: string | null
}

/** What a verification says: still out of school, or why not (DOMAIN §4.2). */
export interface Finding {
  readonly fieldCheck: FieldCheck
  readonly outcome: Outcome | null
  /** The school that was asked, with V01 (EC-18). */
  readonly npsn: Npsn | null
}

/**
 * The state a verification leads to (TUN-04 to TUN-06, TUN-R1). Starting it and concluding it are one step here. A child
 * who was not found stays in verification until a second visit on another date (AT-04, EC-20).
 * @throws AtsAlreadyVerified; SecondVisitNeeded for a second visit on the date of the first.
 */
export function stateAfterCheck(
  record: Pick<AtsRecord, 'state' | 'fieldChecks'>,
  { fieldCheck, outcome }: Finding,
): AtsState {
  const { state, fieldChecks } = record
  if (state !== 'DALAM_VERIFIKASI' && !mayFollow(state, 'DALAM_VERIFIKASI')) throw new AtsAlreadyVerified()
  if (outcome === null) return 'TERVERIFIKASI'
  if (outcome !== 'V06') return STATE_AFTER[outcome]
  const inVain = fieldChecks.filter(({ result }) => result === 'TIDAK_DITEMUKAN')
  if (inVain.length === 0) return 'DALAM_VERIFIKASI'
  if (inVain.every(({ date }) => date.equals(fieldCheck.date))) throw new SecondVisitNeeded()
  return STATE_AFTER.V06
}

/** A verification ends here, and is told; before, it has only begun. */
export const isConcluded = (state: AtsState): boolean => state === 'TERVERIFIKASI' || isFinal(state)

/** Of a person's records the open one, else the last; `records` the latest first. */
export function recordToShow(records: readonly AtsRecord[]): AtsRecord | null {
  return records.find(({ closedAt }) => closedAt === null) ?? records[0] ?? null
}

/** Who says so first, by the desk at which it was reported (TUN-03): all but the kelurahan speak for a school. */
export const sourceOf = (agency: AgencyCode): AtsSource => (agency === 'KELURAHAN' ? 'KELURAHAN' : 'SCHOOL')

/** AT-01 and AT-10: local programmes begin at 4, the last age group of the instrument ends at 25. */
const AGES = { from: 4, to: 25 } as const

/** EC-17: whether a child of this age can be out of school at all. An estimate may be a year out. */
export function isOfSchoolAge(birthDate: Temporal.PlainDate, precision: Precision, today: Temporal.PlainDate): boolean {
  const leeway = precision === 'TAKSIRAN' ? 1 : 0
  const age = birthDate.until(today, { largestUnit: 'years' }).years
  return age >= AGES.from - leeway && age <= AGES.to + leeway
}

const SAYS = {
  KELURAHAN: { id: 'Dilaporkan kelurahan (TUN-03)', en: 'Reported by the kelurahan (TUN-03)' },
  OUTREACH: {
    id: 'Ditemukan asesmen penjangkauan Dinas Sosial (TPI-04)',
    en: 'Found by a street outreach assessment of Social Affairs (TPI-04)',
  },
  SCHOOL: {
    id: 'Dilaporkan sekolah atau Dinas Pendidikan (TUN-03)',
    en: 'Reported by a school or the Education Office (TUN-03)',
  },
  MINISTRY: {
    id: 'Muncul di data kementerian, NIK dipadankan dengan Dapodik (AT-02)',
    en: 'Listed by the ministry, which matches NIK with Dapodik (AT-02)',
  },
} as const satisfies Record<AtsSource, Sentence>

const AS = {
  DO: { id: 'putus sekolah', en: 'having dropped out' },
  LTM: { id: 'lulus tidak melanjutkan', en: 'having finished a level and not gone on' },
  BPB: { id: 'belum pernah bersekolah', en: 'never having been to school' },
} as const satisfies Record<AtsCategory, Sentence>

/** Why the child is on the list: who said so, by which rule, when and as what (AT-01). */
export function whyFlagged(
  { source, category }: Pick<AtsRecord, 'source' | 'category'>,
  reportedOn: Temporal.PlainDate,
): Sentence {
  const on = (language: string) => reportedOn.toLocaleString(language, { dateStyle: 'long' })
  return {
    id: `${SAYS[source].id} pada ${on('id-ID')} sebagai anak ${AS[category].id} (${category}, AT-01).`,
    en: `${SAYS[source].en} on ${on('en-GB')} as ${AS[category].en} (${category}, AT-01).`,
  }
}
