import { given, list } from '@satuanak/domain-kit'
import { HANDED_IN, type HandedIn } from '@satuanak/offline-session/rules'

/** BLG-03's four branches, the two that the document forgot included (BLG-R1, BLG-R2). */
export const RECORDING_STATUSES = ['BELUM_REKAM', 'SUDAH_REKAM', 'SUDAH_CETAK', 'NIK_TIDAK_ADA'] as const
export type RecordingStatus = (typeof RECORDING_STATUSES)[number]

/** What every step at the school is told. */
export interface AtSchool {
  readonly requestId: string
  readonly sessionId: string
  readonly childId: string
  /** When the officer turned to it; it ends when it is sent. */
  readonly startedAt: Temporal.Instant
}

/** What was handed in, each sheet once however often it is named (KT-06). */
export const checkPapers = (papers: readonly HandedIn[]) =>
  list(papers, (paper) => given(paper as HandedIn), { rule: 'KT-06', max: HANDED_IN.length })
