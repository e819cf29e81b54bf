/** A sentence an end user sees, Indonesian first. It says what is wrong and what to do next; never a NIK or a name. */
export interface Sentence {
  readonly id: string
  readonly en: string
}

/** One thing wrong with one field of an input: the rule it breaks (`ID-02`, `TUN-03` …) and how to mend it. */
export interface Problem {
  /** Path inside the input, `address.rt`. */
  readonly field: string
  readonly rule: string
  readonly message: Sentence
}

/**
 * An expected "no" of the domain: part of a mutation's result, never a fault. A feature's `errors.ts` extends it with
 * a stable code; the GraphQL layer only registers the class.
 */
export abstract class Refusal extends Error {
  abstract readonly code: string
  readonly sentence: Sentence
  readonly field: string | null
  readonly rule: string | null

  constructor(sentence: Sentence, where: { field?: string; rule?: string } = {}) {
    super(sentence.en)
    this.sentence = sentence
    this.field = where.field ?? null
    this.rule = where.rule ?? null
  }
}

/** The input breaks rules: all of them at once, each with its field, so that a form can be mended in one go. */
export class InvalidInput extends Refusal {
  readonly code = 'INVALID_INPUT'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const first = problems[0]
    super(
      first?.message ?? { id: 'Isian tidak sah.', en: 'The input is not valid.' },
      first ? { field: first.field, rule: first.rule } : {},
    )
    this.problems = problems
  }
}
