import type {
  AgencyCode,
  AtsCategory,
  AtsSource,
  ChildId,
  Grantable,
  KelurahanCode,
  Level,
  Need,
  Npsn,
  Paper,
  Particulars,
  ReferralId,
  Sensitivity,
  ServiceName,
} from '@satuanak/contracts'

/** `YYYY-MM-DD`. */
export type IsoDate = string
/** `YYYY-MM-DDTHH:MM:SSZ`. */
export type IsoInstant = string

/** What the sign on the gate says; several forms teach the same level (ID-14). */
export type SchoolForm = 'SD' | 'MI' | 'SMP' | 'MTs' | 'SMA' | 'MA' | 'SMK' | 'SLB' | 'PKBM' | 'SKB'
export type SchoolProvider = 'SCHOOL' | 'MADRASAH' | 'SLB' | 'PKBM' | 'SKB'

export interface CitySchool {
  /** Synthetic: `99` and six digits, for PKBM and SKB `P99` and five (ID-13, PV-17). */
  readonly npsn: Npsn
  readonly name: string
  readonly form: SchoolForm
  readonly provider: SchoolProvider
  readonly levels: readonly Level[]
  readonly kelurahan: KelurahanCode
  /** Seats over all levels and grades; never fewer than the pupils the city enrols here. */
  readonly capacity: number
}

/** Where the child learns now. */
export interface CityEnrolment {
  readonly id: string
  readonly npsn: Npsn
  readonly level: Level
  /** 1–12; in a Paket programme the grade it stands for. */
  readonly grade: number
  readonly startedOn: IsoDate
}

/** TUN-R1, main line then side states. */
export const ATS_STATES = [
  'BELUM_VERIFIKASI',
  'DALAM_VERIFIKASI',
  'TERVERIFIKASI',
  'DIPETAKAN',
  'DIUSULKAN',
  'DITETAPKAN',
  'DIINTERVENSI',
  'SELESAI',
  'TIDAK_VALID',
  'TIDAK_DITEMUKAN',
  'PINDAH',
  'DUPLIKAT',
] as const
export type AtsState = (typeof ATS_STATES)[number]

/** An out-of-school record (DOMAIN §4). Times rise: reported, verified, re-entered. */
export interface CityAts {
  readonly id: string
  readonly category: AtsCategory
  readonly source: AtsSource
  readonly kelurahan: KelurahanCode
  readonly state: AtsState
  readonly reportedAt: IsoInstant
  /** Codes A01–A16 of DOMAIN §4.2, the primary first. */
  readonly reasons: readonly string[]
  /** Null for a child that never went (BPB). */
  readonly lastSchool: { readonly level: Level; readonly grade: number; readonly leftOn: IsoDate } | null
  /** `outcome` is V01–V11 where the child turned out not to be out of school, else null. */
  readonly verified: {
    readonly at: IsoInstant
    readonly outOfSchool: boolean
    readonly outcome: string | null
  } | null
  /** Back in learning: the child's `enrolment` is this one. */
  readonly reentered: { readonly at: IsoInstant; readonly npsn: Npsn; readonly level: Level } | null
}

export interface CityContact {
  readonly id: string
  readonly at: IsoInstant
  readonly kelurahan: KelurahanCode
  /** A public place, `Alun-alun`. */
  readonly place: string
  /** `LOPER_KORAN` … of SW-02. */
  readonly activity: string
  /** The child had been met on an earlier day (TPI-R3, EC-30). */
  readonly repeat: boolean
}

export interface CityAssessment {
  readonly id: string
  readonly at: IsoInstant
  readonly droppedOut: boolean
  readonly needs: readonly Need[]
  /** The social worker's own words: for social staff only (PV-12). */
  readonly note: string
}

/** Work with a child on the street (TPI-03), contacts by time and on different days. */
export interface CityOutreach {
  readonly contacts: readonly [CityContact, ...CityContact[]]
  readonly assessment: CityAssessment | null
}

export const REFERRAL_STATES = ['TERKIRIM', 'DITERIMA', 'DITOLAK', 'SELESAI'] as const
export type ReferralState = (typeof REFERRAL_STATES)[number]

/** A referral (DOMAIN §8). Times rise: sent, acknowledged, then rejected or completed. Overdue: open and `dueAt` past. */
export interface CityReferral {
  readonly id: ReferralId
  /** `RF-01` … */
  readonly type: string
  readonly from: AgencyCode
  readonly to: AgencyCode
  readonly grants: readonly Grantable[]
  readonly state: ReferralState
  readonly sentAt: IsoInstant
  readonly dueAt: IsoInstant
  readonly expiresAt: IsoInstant
  readonly acknowledgedAt: IsoInstant | null
  readonly rejected: {
    readonly at: IsoInstant
    readonly reason: string
    readonly proposed: AgencyCode | null
  } | null
  readonly completed: { readonly at: IsoInstant; readonly outcome: string } | null
}

/** One record of one child, with everything each agency holds of it. Nobody here exists (PV-17). */
export interface CityChild {
  readonly id: ChildId
  /** The person this record is about: its own id, or that of the earlier record of which it is a duplicate. */
  readonly truth: ChildId
  /** Number of the household: siblings share it, and with it mother, KK and address. */
  readonly family: number
  /** 1 or 2 for twins (EC-06), else null. */
  readonly birthOrder: number | null
  readonly particulars: Particulars
  readonly fatherName: string | null
  readonly kk: string | null
  readonly kkIssuedOn: IsoDate | null
  /** Pupil number, ten digits starting 99; null where the child never was a pupil. */
  readonly nisn: string | null
  readonly level: Sensitivity
  readonly missing: readonly Paper[]
  /** Which service wrote this record first, and when; the id carries the same time. */
  readonly met: { readonly by: Exclude<ServiceName, 'coordination'>; readonly at: IsoInstant }
  readonly enrolment: CityEnrolment | null
  readonly ats: CityAts | null
  readonly outreach: CityOutreach | null
  readonly referrals: readonly CityReferral[]
}
