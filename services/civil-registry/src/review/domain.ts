import type { ChildId } from '@satuanak/contracts'

/** What the index may say of two records that it offers; an officer decides (ID-21). */
export const PAIR_VERDICTS = ['MUNGKIN', 'SANGAT_MUNGKIN', 'PASTI'] as const
export type PairVerdict = (typeof PAIR_VERDICTS)[number]

/** Where a pair stands: waiting for an officer, declared one person, declared two. */
export type PairState = 'MENUNGGU' | 'DITAUTKAN' | 'BERBEDA'

/** How one field of the two records compares. Codes only: a pair never holds what was compared. */
export interface Reason {
  /** `NIK`, `NAME`, `BIRTH_DATE`, `MOTHER` … */
  readonly field: string
  /** `SAME`, `EXACT`, `CLOSE`, `DIFFERENT`, `MISSING` (one of the two does not say) … */
  readonly outcome: string
  /** For or against one person, in bits; null where the index does not weigh. */
  readonly weight: number | null
}

/** Two records that may be one person. `low` and `high` are the two ids in their own order. */
export interface MatchPair {
  readonly id: string
  readonly low: ChildId
  readonly high: ChildId
  /** Null where an officer put the two together. */
  readonly verdict: PairVerdict | null
  readonly score: number | null
  readonly reasons: readonly Reason[]
  readonly foundAt: Temporal.Instant
  readonly state: PairState
  readonly decidedAt: Temporal.Instant | null
  /** Why it was decided so, in the officer's words. */
  readonly note: string | null
}

/** What an officer should bear in mind before deciding. */
export type PairHint = 'NIK_DIPAKAI_BERSAMA' | 'MUNGKIN_KEMBAR'

/**
 * Two who claim one NIK (EC-01); or the likeness of twins, who share birth date and mother and differ in name or NIK
 * (EC-06). Null: nothing beyond the reasons themselves.
 */
export function hintOf(reasons: readonly Reason[]): PairHint | null {
  const is = (field: string, ...outcomes: readonly string[]) =>
    reasons.some((reason) => reason.field === field && outcomes.includes(reason.outcome))
  if (is('NIK', 'SAME')) return 'NIK_DIPAKAI_BERSAMA'
  const twinned = is('BIRTH_DATE', 'EXACT') && is('MOTHER', ...SAME_NAME)
  return twinned && (is('NIK', 'DIFFERENT') || is('NAME', ...OTHER_NAME)) ? 'MUNGKIN_KEMBAR' : null
}

/** The index's outcomes for one name in two spellings, and for two names. */
const SAME_NAME = ['EXACT', 'SINGLE', 'SPELLING', 'ORDER', 'PHONETIC', 'CLOSE']
const OTHER_NAME = ['ENDING', 'SHARED', 'DIFFERENT']

/** The two ids in their own order, in which a pair is kept. */
export function inOrder(one: ChildId, other: ChildId): { readonly low: ChildId; readonly high: ChildId } {
  return one < other ? { low: one, high: other } : { low: other, high: one }
}
