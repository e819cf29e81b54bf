import { z } from 'zod'
import { AGENCIES } from '../agencies.ts'
import { KelurahanCode, Npsn } from '../ids.ts'
import type { Sensitivity } from '../sensitivity.ts'
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

/** Why a child left school or never came (DOMAIN §4.2): own codes, as the ministry's legend was not found. */
export const ATS_REASONS = [
  'A01',
  'A02',
  'A03',
  'A04',
  'A05',
  'A06',
  'A07',
  'A08',
  'A09',
  'A10',
  'A11',
  'A12',
  'A13',
  'A14',
  'A15',
  'A16',
] as const
export const AtsReason = z.enum(ATS_REASONS)
export type AtsReason = z.infer<typeof AtsReason>

/** The agencies that answer for a cause (OPD pengampu, DOMAIN §4.2): those to whom a flow of DOMAIN §8 leads. */
export const ATS_OPDS = ['DUKCAPIL', 'DISDIK', 'DINSOS', 'DPPPA', 'DINKES', 'DISNAKER', 'DISHUB'] as const
export const AtsOpd = z.enum(AGENCIES).extract(ATS_OPDS)
export type AtsOpd = z.infer<typeof AtsOpd>

/** How carefully a cause itself is kept (PV-14): violence is a social case, trouble with the law is level 4. */
export const levelOfReason = (reason: AtsReason): Sensitivity => (reason === 'A16' ? 4 : reason === 'A06' ? 3 : 1)

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
  /** TUN-08: each cause goes to the OPD that answers for it, which coordination sends as a referral. */
  'education.ats.record.proposed.v1': z.strictObject({
    recordId: RecordId,
    /** Which office proposes, where a kelurahan does. */
    kelurahan: KelurahanCode.nullable(),
    causes: z
      .array(z.strictObject({ causeId: z.uuid(), reason: AtsReason, opd: AtsOpd }))
      .min(1)
      .max(ATS_REASONS.length),
  }),
  /** Back in school: the ATS record closes on the enrolment (DOMAIN §9 ats.child.reentered). */
  'education.ats.child.reentered.v1': z.strictObject({
    recordId: RecordId,
    npsn: Npsn,
    level: Level,
    date: z.iso.date(),
  }),
}
