import { getStep, type Sop } from './define-sop.ts'

/** One step that someone worked on, whole or still running. */
export interface Entry<Id extends string = string> {
  readonly step: Id
  readonly startedAt: Temporal.Instant
  /** Null while it runs. */
  readonly endedAt: Temporal.Instant | null
  /** Which branch it took; null where the step has none. */
  readonly outcome: string | null
}

/** Why an entry cannot stand after those before it. */
export const MISSTEPS = ['UNKNOWN_STEP', 'NOT_ITS_TURN', 'UNKNOWN_OUTCOME', 'ENDS_BEFORE_IT_STARTS'] as const
export type Misstep = (typeof MISSTEPS)[number]

export type Taken<One> =
  | { readonly ok: true; readonly entries: readonly One[] }
  | { readonly ok: false; readonly why: Misstep; readonly expected: string | null }

/**
 * The step whose turn it is after these, in the order in which they were done; the first step after none, `null` when
 * the procedure is over for this case. A step that still runs is its own turn.
 */
export function nextStep<Id extends string>(sop: Sop<Id>, entries: readonly Entry<NoInfer<Id>>[]): Id | null {
  const last = entries.at(-1)
  if (!last) return sop.steps[0]?.id ?? null
  if (last.endedAt === null) return last.step
  const { branches, next } = getStep(sop, last.step)
  if (!branches) return next
  return branches.find(({ outcome }) => outcome === last.outcome)?.next ?? null
}

/** Adds an entry where it is that step's turn and the outcome is one of its branches (none where it has none). */
export function takeStep<Id extends string, One extends Entry<Id>>(
  sop: Sop<Id>,
  entries: readonly One[],
  entry: One,
): Taken<One> {
  const expected = nextStep(sop, entries)
  const no = (why: Misstep): Taken<One> => ({ ok: false, why, expected })
  const step = sop.steps.find(({ id }) => id === entry.step)
  if (!step) return no('UNKNOWN_STEP')
  if (expected !== entry.step) return no('NOT_ITS_TURN')
  const { startedAt, endedAt, outcome } = entry
  const outcomes: readonly (string | null)[] = step.branches?.map((branch) => branch.outcome) ?? [null]
  if (endedAt !== null && !outcomes.includes(outcome)) return no('UNKNOWN_OUTCOME')
  if (endedAt !== null && Temporal.Instant.compare(endedAt, startedAt) < 0) return no('ENDS_BEFORE_IT_STARTS')
  const before = entries.at(-1)?.endedAt === null ? entries.slice(0, -1) : entries
  return { ok: true, entries: [...before, entry] }
}
