import { type ChildId, MATCH_VERDICTS, type MatchVerdict } from '@satuanak/contracts'
import type { Comparison, Field, OutcomeOf } from './domain-compare.ts'
import { THRESHOLDS, type Weighed, weigh } from './domain-weights.ts'

/** What two records of children are to each other, field by field. */
export interface Judgement {
  readonly verdict: MatchVerdict
  /** The sum of the weights, in bits. */
  readonly score: number
  readonly fields: readonly Weighed[]
}

/** Another child in the index that may be this one. */
export interface Candidate extends Judgement {
  readonly id: ChildId
  readonly verdict: Exclude<MatchVerdict, 'TIDAK_ADA'>
}

/**
 * ID-21: the same NIK is certain; near-certain without it is probable; beyond the review threshold an officer looks.
 * None of them merges children.
 */
export function judge(comparison: Comparison): Judgement {
  const fields = weigh(comparison)
  const score = fields.reduce((sum, { weight }) => sum + weight, 0)
  return { verdict: verdictOf(comparison, score), score, fields }
}

function verdictOf(comparison: Comparison, score: number): MatchVerdict {
  if (comparison.NIK === 'SAME') return 'PASTI'
  if (isNearCertain(comparison, score)) return 'SANGAT_MUNGKIN'
  return score >= THRESHOLDS.review && !isSibling(comparison) ? 'MUNGKIN' : 'TIDAK_ADA'
}

type Some<F extends Field> = ReadonlySet<OutcomeOf<F>>
/** Names that are the same but for the writing. A part of a name, or a word in common, brothers may share. */
const SAME_NAME: Some<'NAME'> = new Set(['EXACT', 'SINGLE', 'SPELLING', 'ORDER', 'PHONETIC', 'CLOSE'] as const)
const OTHER_NAME: Some<'NAME'> = new Set(['ENDING', 'SHARED', 'DIFFERENT'] as const)
const OTHER_DATE: Some<'BIRTH_DATE'> = new Set(['YEAR_ONLY', 'DIFFERENT'] as const)
const OTHER_MOTHER: Some<'MOTHER'> = new Set(['ENDING', 'SHARED', 'DIFFERENT'] as const)

/**
 * Beyond the probable threshold, by name and by birth date, and no other mother: date, mother and address are a twin's
 * too (EC-06), a common name and mother anybody's of that age. Two different NIKs are two children until Dukcapil says
 * otherwise (EC-02); one NIK on two names is a conflict, not a match (EC-01).
 */
export function isNearCertain({ NIK, NAME, BIRTH_DATE, MOTHER }: Comparison, score: number): boolean {
  if (NIK === 'DIFFERENT' || OTHER_MOTHER.has(MOTHER)) return false
  return score >= THRESHOLDS.probable && SAME_NAME.has(NAME) && BIRTH_DATE === 'EXACT'
}

/** Mother and address are the family's. Who has another name and another birth date is a brother or a sister. */
function isSibling({ NAME, BIRTH_DATE }: Comparison): boolean {
  return OTHER_NAME.has(NAME) && OTHER_DATE.has(BIRTH_DATE)
}

/** The stronger verdict first, then the higher score. */
export function byStrength(one: Judgement, other: Judgement): number {
  const strength = ({ verdict }: Judgement) => MATCH_VERDICTS.indexOf(verdict)
  return strength(other) - strength(one) || other.score - one.score
}
