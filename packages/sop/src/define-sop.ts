import type { Sentence } from '@satuanak/domain-kit'
import type { Limit } from './limit.ts'

/** Whose clock a step runs on (ID-29): the office's hours and working days, or the calendar's, as in a shelter. */
export type ClockKind = 'office' | 'calendar'

/** One way a step can come out, and which step it leads to; `null` ends the procedure for this case. */
export interface Branch<Id extends string = string> {
  readonly outcome: string
  readonly says: Sentence
  readonly next: Id | null
}

/** One row of a procedure's flow chart (PermenPAN-RB 35/2012): who does what with which papers, how fast, to what end. */
export interface Step<Id extends string = string> {
  /** The document's own number, `BLG-03`. */
  readonly id: Id
  readonly title: Sentence
  /** Pelaksana, in the document's words. */
  readonly actors: readonly string[]
  /** Kelengkapan: what has to be on the table. */
  readonly needs: readonly string[]
  /** Waktu. `null` where the document leaves it open: nothing is invented (RPP-R5). */
  readonly limit: Limit | null
  readonly output: Sentence | null
  readonly clock: ClockKind
  /** Once for a whole round (a session, a batch), or for each case in it. */
  readonly per: 'round' | 'case'
  /** The step that follows where there are no branches; `null` ends. */
  readonly next: Id | null
  /** Where given, the step needs one of these outcomes, and `next` says nothing. */
  readonly branches?: readonly Branch<Id>[]
}

export interface Equipment {
  /** A stable code, so that it can be ticked off: `PEMINDAI_IRIS`. */
  readonly code: string
  readonly name: Sentence
}

/** A standard operating procedure as its document has it. */
export interface Sop<Id extends string = string> {
  /** As numbered by its office; a blank in the number stays a blank. */
  readonly code: string
  readonly title: Sentence
  readonly legalBasis: readonly string[]
  readonly qualification: readonly string[]
  readonly equipment: readonly Equipment[]
  readonly steps: readonly Step<Id>[]
}

/** As `Sop`, with the ids of the steps inferred from the steps alone: a `next` that is no step does not compile. */
interface SopDefinition<Id extends string> extends Omit<Sop, 'steps'> {
  readonly steps: readonly (Omit<Step, 'id' | 'next' | 'branches'> & {
    readonly id: Id
    readonly next: NoInfer<Id> | null
    readonly branches?: readonly Branch<NoInfer<Id>>[]
  })[]
}

/**
 * Declares a procedure (RPP-R5).
 * @throws RangeError for what types cannot see: no steps, one number twice, a limit that ends before it begins, an
 * outcome twice, or a step that none leads to.
 */
export function defineSop<const Id extends string>(sop: SopDefinition<Id>): Sop<Id> {
  const ids = sop.steps.map(({ id }) => id)
  if (ids.length === 0) throw new RangeError(`${sop.code} has no steps`)
  refuseTwice(ids, (id) => `${sop.code} has step ${id} twice`)
  refuseTwice(
    sop.equipment.map(({ code }) => code),
    (code) => `${sop.code} lists ${code} twice`,
  )
  for (const { id, limit, branches = [] } of sop.steps) {
    if (limit && !(limit.from >= 0 && limit.to >= limit.from)) throw new RangeError(`${id} has no sound limit`)
    refuseTwice(
      branches.map(({ outcome }) => outcome),
      (outcome) => `${id} has outcome ${outcome} twice`,
    )
  }
  const reached = new Set<string | null>(sop.steps.flatMap(followers))
  const lost = ids.slice(1).find((id) => !reached.has(id))
  if (lost !== undefined) throw new RangeError(`No step of ${sop.code} leads to ${lost}`)
  return sop
}

/** The steps that may follow one. */
const followers = ({ next, branches }: Pick<Step, 'next' | 'branches'>): readonly (string | null)[] =>
  branches ? branches.map((branch) => branch.next) : [next]

function refuseTwice(names: readonly string[], says: (name: string) => string): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw new RangeError(says(twice))
}

/** @throws RangeError where the procedure has no such step: only for ids that came in as plain text. */
export function getStep<Id extends string>(sop: Sop<Id>, id: NoInfer<Id>): Step<Id> {
  const step = sop.steps.find((one) => one.id === id)
  if (!step) throw new RangeError(`${sop.code} has no step ${id}`)
  return step
}

/** The procedure as far as these steps go: whatever leads out of them ends there. For a desk that does only a part. */
export function partOf<Id extends string, const Part extends Id>(sop: Sop<Id>, ids: readonly Part[]): Sop<Part> {
  const within = (id: Id | null): Part | null => ids.find((part) => part === id) ?? null
  return {
    ...sop,
    steps: ids.map((id) => {
      const { branches, next, ...step } = getStep(sop, id)
      const kept = branches?.map((branch) => ({ ...branch, next: within(branch.next) }))
      return { ...step, id, next: within(next), ...(kept ? { branches: kept } : {}) }
    }),
  }
}
