import {
  addCalendarDays,
  addOfficeMinutes,
  addWorkingDays,
  type OfficeCalendar,
  officeMinutesBetween,
  workingDaysBetween,
} from '@satuanak/domain-kit/clocks'
import type { ClockKind, Sop, Step } from './define-sop.ts'
import type { Limit } from './limit.ts'
import type { Entry } from './walk.ts'

/** The official who has to act is away (RPP-R1): the clock stands until the official, or a delegate, is there. */
export interface Pause {
  readonly reason: 'PEJABAT'
  readonly from: Temporal.Instant
  /** Null while nobody can act. */
  readonly to: Temporal.Instant | null
  /** Pelaksana harian or pelaksana tugas who acts instead, once there is one. */
  readonly delegate: string | null
}

export interface ClockedEntry<Id extends string = string> extends Entry<Id> {
  readonly pauses?: readonly Pause[]
}

/** `TERTUNDA_PEJABAT`: not late, the official is away (RPP-R1). */
export const CLOCK_STATES = ['BELUM', 'BERJALAN', 'TERTUNDA_PEJABAT', 'SELESAI'] as const
export type ClockState = (typeof CLOCK_STATES)[number]

export interface StepClock<Id extends string = string> {
  readonly step: Id
  readonly state: ClockState
  readonly limit: Limit | null
  /** What `elapsed` and `lateBy` count: minutes for limits in minutes or hours and where there is none, else days. */
  readonly unit: 'minutes' | 'days'
  /** On the step's own clock, pauses left out; null where it has not begun. */
  readonly elapsed: number | null
  /** Null without a limit, before the start, and while the official is away. */
  readonly dueAt: Temporal.Instant | null
  /** Whole units past the limit, a begun one counted; 0 in time. */
  readonly lateBy: number
}

export interface ClockContext {
  readonly now: Temporal.Instant
  readonly calendar: OfficeCalendar
}

/**
 * How each step stands, in the document's order: how long it took or runs, by when it is due, how late it is (ID-29,
 * RPP-R1). Of several entries of one step the last counts. A moment at the very limit is in time.
 */
export function clockOf<Id extends string>(
  sop: Sop<Id>,
  entries: readonly ClockedEntry<Id>[],
  context: ClockContext,
): readonly StepClock<Id>[] {
  return sop.steps.map((step) => {
    const entry = entries.findLast((one) => one.step === step.id)
    return entry ? clockStep(step, entry, context) : untouched(step)
  })
}

function untouched<Id extends string>({ id, limit }: Step<Id>): StepClock<Id> {
  return { step: id, state: 'BELUM', limit, unit: unitOf(limit), elapsed: null, dueAt: null, lateBy: 0 }
}

function clockStep<Id extends string>(
  { id, limit, clock }: Step<Id>,
  entry: ClockedEntry<Id>,
  context: ClockContext,
): StepClock<Id> {
  const ruler = rulerOf(limit, clock, context.calendar)
  const pauses = entry.pauses ?? []
  const open = entry.endedAt === null ? pauses.find(({ to }) => to === null) : undefined
  // While the official is away nothing moves: it is as late as it was when that began.
  const until = entry.endedAt ?? open?.from ?? context.now
  const away = pauses.flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]))
  const paused = away.reduce((sum, { from, to }) => sum + ruler.between(from, to), 0)
  const due = limit && away.reduce((at, { from, to }) => shift(ruler, at, from, to), ruler.due(entry.startedAt, limit))
  const isLate = due !== null && Temporal.Instant.compare(until, due) > 0
  return {
    step: id,
    state: entry.endedAt !== null ? 'SELESAI' : open ? 'TERTUNDA_PEJABAT' : 'BERJALAN',
    limit,
    unit: unitOf(limit),
    elapsed: Math.max(0, Math.floor(ruler.between(entry.startedAt, until) - paused)),
    dueAt: open ? null : due,
    lateBy: due !== null && isLate ? Math.ceil(ruler.between(due, until)) : 0,
  }
}

/** A pause after the due time excuses nothing. */
function shift(ruler: Ruler, due: Temporal.Instant, from: Temporal.Instant, to: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(from, due) < 0 ? ruler.add(due, ruler.between(from, to)) : due
}

const unitOf = (limit: Limit | null): StepClock['unit'] =>
  limit === null || limit.unit === 'minutes' || limit.unit === 'hours' ? 'minutes' : 'days'

/** How one clock adds and measures, in minutes or in days. */
interface Ruler {
  due(from: Temporal.Instant, limit: Limit): Temporal.Instant
  add(from: Temporal.Instant, amount: number): Temporal.Instant
  between(from: Temporal.Instant, to: Temporal.Instant): number
}

function rulerOf(limit: Limit | null, clock: ClockKind, calendar: OfficeCalendar): Ruler {
  if (unitOf(limit) === 'minutes') return clock === 'office' ? officeMinutes(calendar) : REAL_MINUTES
  const isWorking = limit?.unit === 'workingDays' || (limit?.unit === 'days' && clock === 'office')
  return isWorking ? workingDays(calendar) : calendarDays(calendar)
}

const inMinutes = ({ unit, to }: Limit): number => (unit === 'hours' ? to * 60 : to)

function officeMinutes(calendar: OfficeCalendar): Ruler {
  const add: Ruler['add'] = (from, amount) => addOfficeMinutes(calendar, from, Math.ceil(amount)).toInstant()
  return {
    add,
    due: (from, limit) => add(from, inMinutes(limit)),
    between: (from, to) => officeMinutesBetween(calendar, from, to),
  }
}

const REAL_MINUTES: Ruler = {
  add: (from, amount) => from.add({ milliseconds: Math.ceil(amount * 60_000) }),
  due: (from, limit) => from.add({ minutes: inMinutes(limit) }),
  between: (from, to) => (to.epochMilliseconds - from.epochMilliseconds) / 60_000,
}

function workingDays(calendar: OfficeCalendar): Ruler {
  const add: Ruler['add'] = (from, amount) => addWorkingDays(calendar, from, amount).toInstant()
  return { add, due: (from, { to }) => add(from, to), between: (from, to) => workingDaysBetween(calendar, from, to) }
}

function calendarDays({ zone }: OfficeCalendar): Ruler {
  return {
    add: (from, amount) => addCalendarDays(zone, from, Math.ceil(amount)).toInstant(),
    due: (from, { unit, to }) =>
      unit === 'months'
        ? from.toZonedDateTimeISO(zone).add({ months: to }).toInstant()
        : addCalendarDays(zone, from, to).toInstant(),
    between: (from, to) => {
      const [one, other] = [from.toZonedDateTimeISO(zone), to.toZonedDateTimeISO(zone)]
      return one.until(other, { largestUnit: 'days' }).total({ unit: 'days', relativeTo: one })
    },
  }
}
