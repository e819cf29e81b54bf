import type { ChildId } from '@satuanak/contracts'
import { DIREKAM_DI_SEKOLAH, type StepEntry, type StepId } from '@satuanak/offline-session/rules'
import { type ClockContext, clockOf, getStep, type StepClock } from '@satuanak/sop'
import type { Session } from './domain.ts'

/** How long one step took, of the whole session or for one pupil, against the SOP's own limit. */
export interface StepMinutes extends StepClock<StepId> {
  /** Null for a step of the whole session. */
  readonly childId: ChildId | null
  readonly entry: StepEntry
}

export interface SessionMinutes {
  /** In the SOP's order, and in that of the list. */
  readonly steps: readonly StepMinutes[]
  /** Of `steps`, what exceeded its limit. */
  readonly late: readonly StepMinutes[]
  /** All that was worked on, and for how many pupils. */
  readonly total: number
  readonly pupils: number
}

/** The session's minutes: how long each step took, what was late and by how much (ID-29). */
export function minutesOf(session: Session, context: ClockContext): SessionMinutes {
  const ofSession = clocked(null, session.steps, context)
  const ofPupils = session.pupils.map(({ childId, steps }) => clocked(childId, steps, context))
  const steps = [...ofSession, ...ofPupils.flat()]
  return {
    steps,
    late: steps.filter(({ lateBy }) => lateBy > 0),
    total: steps.reduce((sum, { elapsed }) => sum + (elapsed ?? 0), 0),
    pupils: ofPupils.filter((one) => one.length > 0).length,
  }
}

/** The steps that someone worked on, on the SOP's clock. */
export function clocked(
  childId: ChildId | null,
  entries: readonly StepEntry[],
  context: ClockContext,
): readonly StepMinutes[] {
  return clockOf(DIREKAM_DI_SEKOLAH, entries, context).flatMap((clock) => {
    const entry = entries.findLast(({ step }) => step === clock.step)
    return entry ? [{ ...clock, childId, entry }] : []
  })
}

export const titleOf = (step: StepId) => getStep(DIREKAM_DI_SEKOLAH, step).title

/** The limit in minutes, as it stands in the document: all of this SOP's are in minutes or hours. */
export const limitInMinutes = ({ limit }: StepMinutes): number | null =>
  limit && (limit.unit === 'hours' ? limit.to * 60 : limit.to)
