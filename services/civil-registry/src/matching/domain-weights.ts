import { type Comparison, FIELDS, type Field, type Outcome, type OutcomeOf } from './domain-compare.ts'

/** m and u of one outcome: how often it is seen of one child's two records, and of two children's. */
export type Odds = readonly [m: number, u: number]
/** Every outcome of every field but MISSING, which says nothing. */
export type Parameters = { readonly [F in Field]: Readonly<Record<Exclude<OutcomeOf<F>, 'MISSING'>, Odds>> }

/**
 * The table that decides. Read a line so: of two records of one child m show this outcome, of two children's u; the
 * weight beside it is log2(m / u), in bits. Ten bits are odds of a thousand to one.
 *
 * Estimated on the generated city (`npm run bench -- matching`; 100,000 records, seed 7): u from random pairs, m by
 * expectation and maximisation, rounded. By hand, because no estimate can know: NIK (two in fifty records of one child
 * have a wrong one, EC-02), ENDING (twins are called so, EC-06), and m never below 0.002: anything happens in an office.
 */
export const PARAMETERS: Parameters = {
  NIK: {
    SAME: [0.98, 0.000_001], // +19.9, and certain whatever else differs (ID-21)
    DIFFERENT: [0.02, 1], // -5.6
  },
  NAME: {
    EXACT: [0.2, 0.000_3], // +9.4
    SINGLE: [0.01, 0.000_07], // +7.2
    SPELLING: [0.05, 0.000_004], // +13.6
    ORDER: [0.03, 0.000_003], // +13.3
    PHONETIC: [0.07, 0.000_01], // +12.8
    CLOSE: [0.27, 0.000_1], // +11.4
    PART: [0.05, 0.000_2], // +8.0
    ONE_WORD: [0.25, 0.000_6], // +8.7
    ENDING: [0.002, 0.000_01], // +7.6
    SHARED: [0.03, 0.02], // +0.6
    DIFFERENT: [0.04, 0.98], // -4.6
  },
  BIRTH_DATE: {
    EXACT: [0.56, 0.000_14], // +12.0
    SAME_MONTH: [0.08, 0.000_4], // +7.6
    SAME_YEAR: [0.14, 0.002_6], // +5.8
    ESTIMATED: [0.07, 0.002_2], // +5.0
    SWAPPED: [0.03, 0.000_06], // +9.0
    ONE_DIGIT: [0.09, 0.003_3], // +4.8
    YEAR_ONLY: [0.008, 0.048], // -2.6
    DIFFERENT: [0.022, 0.94], // -5.4
  },
  MOTHER: {
    EXACT: [0.55, 0.000_4], // +10.4
    SINGLE: [0.18, 0.003_5], // +5.7
    SPELLING: [0.05, 0.000_03], // +10.7
    ORDER: [0.002, 0.000_003], // +9.4
    PHONETIC: [0.03, 0.000_01], // +11.6
    CLOSE: [0.06, 0.000_8], // +6.2
    PART: [0.01, 0.000_2], // +5.6
    ONE_WORD: [0.1, 0.002_1], // +5.6
    ENDING: [0.002, 0.000_01], // +7.6
    SHARED: [0.002, 0.027], // -3.8
    DIFFERENT: [0.02, 0.97], // -5.6
  },
  SEX: {
    SAME: [0.98, 0.5], // +1.0
    DIFFERENT: [0.02, 0.5], // -4.6
  },
  ADDRESS: {
    SAME_RT: [0.67, 0.000_3], // +11.1
    SAME_KELURAHAN: [0.11, 0.038], // +1.5
    DIFFERENT: [0.22, 0.96], // -2.1
  },
}

/**
 * From where on an officer looks, and from where on it is most likely the same child, in bits (ID-21 [D]): two of full
 * name, birth date and mother reach the first wherever they live now, all three the second.
 */
export const THRESHOLDS = { review: 11, probable: 26 } as const

/** What the outcome of one field says, in bits: positive for one child, negative for two, 0 for neither. */
export interface Weighed {
  readonly field: Field
  readonly outcome: Outcome
  readonly weight: number
}

/** log2(m / u) of every field (Fellegi and Sunter 1969), MISSING as 0. */
export function weigh(comparison: Comparison, parameters: Parameters = PARAMETERS): Weighed[] {
  return FIELDS.map((field) => {
    const outcome = comparison[field]
    const odds = (parameters[field] as Readonly<Partial<Record<Outcome, Odds>>>)[outcome]
    return { field, outcome, weight: odds === undefined ? 0 : Math.log2(odds[0] / odds[1]) }
  })
}
