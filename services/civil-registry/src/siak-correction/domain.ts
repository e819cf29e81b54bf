import type { ChildId } from '@satuanak/contracts'
import { addCalendarDays, type OfficeCalendar } from '@satuanak/domain-kit/clocks'

/** What an akta and SIAK both say of a person (BLG-05). */
export const CORRECTED_FIELDS = ['NAMA', 'JENIS_KELAMIN', 'TANGGAL_LAHIR', 'TEMPAT_LAHIR', 'NAMA_IBU'] as const
export type CorrectedField = (typeof CORRECTED_FIELDS)[number]

/** `MENUNGGU`: SIAK is away, the correction goes by itself. `TIDAK_DAPAT`: SIAK knows nobody by this NIK any more. */
export const CORRECTION_STATES = ['MENUNGGU', 'DIPERBAIKI', 'TIDAK_DAPAT'] as const
export type CorrectionState = (typeof CORRECTION_STATES)[number]

/** The correction note (DOC-12): who had which fields of SIAK corrected by which akta, and when it was done. */
export interface SiakCorrection {
  readonly id: string
  readonly childId: ChildId
  readonly fields: readonly CorrectedField[]
  readonly aktaNumber: string
  readonly state: CorrectionState
  readonly requestedAt: Temporal.Instant
  readonly dueAt: Temporal.Instant
  readonly correctedAt: Temporal.Instant | null
  /** Who corrected: SIAK, or its stand-in. */
  readonly source: 'SIAK' | 'SIAK_TIRUAN' | null
}

const LIMIT_DAYS = 3

/** On the spot [S]; where SIAK is away, within three days [D] (RF-22). */
export const dueOf = (calendar: OfficeCalendar, requestedAt: Temporal.Instant): Temporal.Instant =>
  addCalendarDays(calendar.zone, requestedAt, LIMIT_DAYS).toInstant()

export const isOverdue = ({ state, dueAt }: Pick<SiakCorrection, 'state' | 'dueAt'>, now: Temporal.Instant): boolean =>
  state === 'MENUNGGU' && Temporal.Instant.compare(dueAt, now) < 0

/** A person as the registry has them, by the akta. */
interface ByAkta {
  readonly name: string
  readonly sex: 'L' | 'P'
  readonly birthDate: string | null
  readonly birthPlace: string | null
  readonly motherName: string | null
}

const KEYS = {
  NAMA: 'name',
  JENIS_KELAMIN: 'sex',
  TANGGAL_LAHIR: 'birthDate',
  TEMPAT_LAHIR: 'birthPlace',
  NAMA_IBU: 'motherName',
} as const satisfies Record<CorrectedField, keyof ByAkta>

/** What SIAK can be told of these: fields that both have, and of which the registry knows what the akta says. */
export const correctable = (person: ByAkta, fields: readonly string[]): CorrectedField[] =>
  CORRECTED_FIELDS.filter((field) => fields.includes(field) && person[KEYS[field]] !== null)

/** What SIAK is to say of these fields: what the akta says, as the registry has it. */
export function changesOf(person: ByAkta, fields: readonly CorrectedField[]): Partial<ByAkta> {
  return Object.fromEntries(fields.map((field) => [KEYS[field], person[KEYS[field]]]))
}
