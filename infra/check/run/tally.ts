/** One thing that went wrong, ready to be read by whoever must mend it. */
export interface Failure {
  /** Which check, or which package's test: `@satuanak/social › record-contact.int.test.ts › title`. */
  readonly what: string
  readonly why: string
}

/** What was counted: a test is one, a static check is one. */
export interface Tally {
  readonly passed: number
  readonly skipped: number
  readonly failures: readonly Failure[]
}

export const NOTHING: Tally = { passed: 0, skipped: 0, failures: [] }

export function add(...tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    skipped: tallies.reduce((sum, tally) => sum + tally.skipped, 0),
    failures: tallies.flatMap((tally) => tally.failures),
  }
}

/** `12 passed, 0 failed`, with `, 1 skipped` only where something was. */
export function inWords({ passed, skipped, failures }: Tally): string {
  return `${passed} passed, ${failures.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
