import type { ExitReason, Level, Npsn } from '@satuanak/contracts'
import { SCHOOL_FORMS, type SchoolStage } from '@satuanak/domain-kit'

/** Why a child begins at a school (Dapodik, jenis pendaftaran): new at this level, from another school, back in learning. */
export const ENTRY_REASONS = ['BARU', 'PINDAHAN', 'KEMBALI'] as const
export type EntryReason = (typeof ENTRY_REASONS)[number]

/** So long a pupil may be between two schools before it is asked what became of it (RF-01: 14 days, a design default). */
const DAYS_TO_BE_RECEIVED = 14

/**
 * What an end asks for: the out-of-school list at once, or after the days in which another school may take the pupil, or
 * nothing. Who was expelled, withdrew or left for another reason is as much between two schools as who moves.
 */
const FOLLOW_UP = {
  LULUS: 'NEVER',
  MUTASI: 'LATER',
  DIKELUARKAN: 'LATER',
  MENGUNDURKAN_DIRI: 'LATER',
  PUTUS_SEKOLAH: 'AT_ONCE',
  MENINGGAL: 'NEVER',
  // A missing child is searched for by others, not counted as out of school.
  HILANG: 'NEVER',
  LAINNYA: 'LATER',
} as const satisfies Record<ExitReason, 'AT_ONCE' | 'LATER' | 'NEVER'>

export const isDropOut = (reason: ExitReason): boolean => FOLLOW_UP[reason] === 'AT_ONCE'

/** The day on which it is asked whether another school has taken the pupil; null where there is nothing to ask. */
export function followUpOn(reason: ExitReason, endedOn: Temporal.PlainDate): Temporal.PlainDate | null {
  return FOLLOW_UP[reason] === 'LATER' ? endedOn.add({ days: DAYS_TO_BE_RECEIVED }) : null
}

const STAGES = ['PAUD', 'SD', 'SMP', 'SMA'] as const satisfies readonly SchoolStage[]
/** 0 for PAUD to 3 for SMA, in a Paket the step it stands for (ID-14). */
const stepOf = (level: Level): number => STAGES.indexOf(SCHOOL_FORMS[level].stage)

interface Time {
  readonly npsn: Npsn
  readonly level: Level
  readonly exitReason: ExitReason | null
}

/** Why what runs ends where the child begins elsewhere: a step up is a finished level, all else is a move. */
export function exitReasonOnEntry(ended: Pick<Time, 'level'>, next: Pick<Time, 'level'>): 'LULUS' | 'MUTASI' {
  return stepOf(next.level) > stepOf(ended.level) ? 'LULUS' : 'MUTASI'
}

/** Why a child begins, by the last time it was at school; `last` is null for a child who never was. */
export function entryReasonAfter(last: Time | null, next: Pick<Time, 'level'>): EntryReason {
  if (last === null || stepOf(next.level) > stepOf(last.level)) return 'BARU'
  return last.exitReason === null || last.exitReason === 'MUTASI' ? 'PINDAHAN' : 'KEMBALI'
}
