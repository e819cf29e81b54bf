import type { AgencyCode, ChildId, Paper } from '@satuanak/contracts'
import { ageOn } from '@satuanak/domain-kit'
import { addWorkingDays, type OfficeCalendar } from '@satuanak/domain-kit/clocks'

/**
 * What a request rests on. SPTJM: the family answers for the truth itself; a police report: for a foundling, or who has
 * nobody to answer (RF-02).
 */
export const PROOFS = ['SURAT_LAHIR', 'AKTA', 'AKTA_LAMA', 'KK', 'SPTJM', 'LAPORAN_POLISI'] as const
export type Proof = (typeof PROOFS)[number]

/** Which proof is enough for which paper [D]. */
const ENOUGH = {
  AKTA: ['SURAT_LAHIR', 'AKTA_LAMA', 'SPTJM', 'LAPORAN_POLISI'],
  NIK: ['AKTA', 'SURAT_LAHIR', 'SPTJM', 'LAPORAN_POLISI'],
  KK: ['AKTA', 'SURAT_LAHIR', 'SPTJM', 'LAPORAN_POLISI'],
  KIA: ['AKTA', 'KK'],
} as const satisfies Record<Paper, readonly Proof[]>

/** The proofs on which this paper may be requested. */
export const proofsFor = (paper: Paper): readonly Proof[] => ENOUGH[paper]

export const REQUEST_STATES = ['DIAJUKAN', 'DIPROSES', 'TERBIT', 'TIDAK_DAPAT'] as const
export type RequestState = (typeof REQUEST_STATES)[number]
/** States in which the office still owes an answer. */
export const OPEN_STATES = ['DIAJUKAN', 'DIPROSES'] as const satisfies readonly RequestState[]

export const isOpen = ({ state }: Pick<PaperRequest, 'state'>): boolean => OPEN_STATES.some((open) => open === state)

/** Why a paper cannot be had: codes, since the family is told in words and the house keeps none (RF-02). */
export const REFUSAL_REASONS = [
  'BUKTI_TIDAK_CUKUP',
  'DATA_BERBEDA',
  'BUKAN_WARGA',
  'ANAK_TIDAK_DITEMUKAN',
  'DICABUT',
] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

/** What an officer decides of an open request. */
export const DECISIONS = ['DIPROSES', 'TERBIT', 'TIDAK_DAPAT'] as const
export type Decision = (typeof DECISIONS)[number]

export interface PaperRequest {
  readonly id: string
  readonly childId: ChildId
  readonly paper: Paper
  readonly proof: Proof
  readonly state: RequestState
  /** Only where it is TIDAK_DAPAT. */
  readonly reason: RefusalReason | null
  /** The birth is reported more than 60 days after (ID-18). */
  readonly late: boolean
  readonly requestedBy: AgencyCode
  readonly requestedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly decidedAt: Temporal.Instant | null
}

const LIMIT_WORKING_DAYS = 5

/** The close of office on the fifth working day after (RF-02 [D]). */
export const dueOf = (calendar: OfficeCalendar, requestedAt: Temporal.Instant): Temporal.Instant =>
  addWorkingDays(calendar, requestedAt, LIMIT_WORKING_DAYS).toInstant()

/** The office still owes an answer and its limit is past (RF-02). */
export const isOverdue = (request: Pick<PaperRequest, 'state' | 'dueAt'>, now: Temporal.Instant): boolean =>
  isOpen(request) && Temporal.Instant.compare(request.dueAt, now) < 0

const KTP_AGE = 17

/** A KIA ends where a KTP-el begins: at 17, or with a marriage (ID-31, ID-30). Of an unknown birth date, not by age. */
export const mayHaveKia = (
  birthDate: Temporal.PlainDate | null,
  everMarried: boolean,
  today: Temporal.PlainDate,
): boolean => !everMarried && (birthDate === null || ageOn(today, birthDate) < KTP_AGE)
