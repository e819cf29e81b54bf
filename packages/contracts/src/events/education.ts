import { z } from 'zod'
import { KelurahanCode, Npsn } from '../ids.ts'
import { Presented } from './presented.ts'

/** AT-01: left before finishing a level, finished a level and not in the next, never in school. */
export const ATS_CATEGORIES = ['DO', 'LTM', 'BPB'] as const
export const AtsCategory = z.enum(ATS_CATEGORIES)
export type AtsCategory = z.infer<typeof AtsCategory>

/** Who first said that the child is out of school. */
export const ATS_SOURCES = ['KELURAHAN', 'OUTREACH', 'SCHOOL', 'MINISTRY'] as const
export const AtsSource = z.enum(ATS_SOURCES)
export type AtsSource = z.infer<typeof AtsSource>

/** Levels a child can be enrolled at (ID-14). */
export const LEVELS = ['PAUD', 'SD', 'SMP', 'SMA', 'PAKET_A', 'PAKET_B', 'PAKET_C'] as const
export const Level = z.enum(LEVELS)
export type Level = z.infer<typeof Level>

/** Why a pupil is no longer at a school (Dapodik, jenis keluar). */
export const EXIT_REASONS = [
  'LULUS',
  'MUTASI',
  'DIKELUARKAN',
  'MENGUNDURKAN_DIRI',
  'PUTUS_SEKOLAH',
  'MENINGGAL',
  'HILANG',
  'LAINNYA',
] as const
export const ExitReason = z.enum(EXIT_REASONS)
export type ExitReason = z.infer<typeof ExitReason>

const RecordId = z.uuid()

export const educationEvents = {
  'education.child.presented.v1': Presented,
  'education.enrolment.started.v1': z.strictObject({
    enrolmentId: RecordId,
    npsn: Npsn,
    level: Level,
    startedOn: z.iso.date(),
  }),
  /** `endedOn` is the first day on which the child is no longer this school's pupil; it may lie ahead. */
  'education.enrolment.ended.v1': z.strictObject({ enrolmentId: RecordId, npsn: Npsn, endedOn: z.iso.date() }),
  /** What the school says of an end, beside `enrolment.ended`: why, and to which school it let the pupil go. */
  'education.pupil.left.v1': z.strictObject({
    enrolmentId: RecordId,
    npsn: Npsn,
    reason: ExitReason,
    leftOn: z.iso.date(),
    movedTo: Npsn.nullable(),
  }),
  'education.ats.record.created.v1': z.strictObject({
    recordId: RecordId,
    category: AtsCategory,
    source: AtsSource,
    kelurahan: KelurahanCode.nullable(),
  }),
  'education.ats.record.verified.v1': z.strictObject({ recordId: RecordId, outOfSchool: z.boolean() }),
  /** Back in school: the ATS record closes on the enrolment (DOMAIN §9 ats.child.reentered). */
  'education.ats.child.reentered.v1': z.strictObject({
    recordId: RecordId,
    npsn: Npsn,
    level: Level,
    date: z.iso.date(),
  }),
}
