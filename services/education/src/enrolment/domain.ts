import type { ChildId, ExitReason, Level, Npsn } from '@satuanak/contracts'
import type { EntryReason } from './domain-reasons.ts'
import { AlreadyEnrolled, EndsBeforeStart, EnrolmentEnded, EnrolmentOverlaps, PupilNotReleased } from './errors.ts'

/** A child's time at one school and level. */
export interface Enrolment {
  readonly id: string
  readonly childId: ChildId
  readonly npsn: Npsn
  readonly level: Level
  /** 1 to 12 where it is known; in a Paket programme the grade it stands for (ID-14). */
  readonly grade: number | null
  readonly startedOn: Temporal.PlainDate
  /** The first day on which it no longer runs; null while it does. */
  readonly endedOn: Temporal.PlainDate | null
  /** Why it began; null where it was written down before that was asked. */
  readonly entryReason: EntryReason | null
  /** Why it ended; null while it runs, or where it ended before that was asked. */
  readonly exitReason: ExitReason | null
  /** The school to which the old one let the pupil go, where it was told. */
  readonly movedTo: Npsn | null
}

/** What is asked for: from that day on at this school and level. */
export type Place = Pick<Enrolment, 'npsn' | 'level' | 'startedOn'>

const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate) => Temporal.PlainDate.compare(one, other) < 0
const isOver = ({ endedOn }: Enrolment, on: Temporal.PlainDate) => endedOn !== null && !isBefore(on, endedOn)

/** The enrolment that runs on that day, else the next to begin; null for a child who is in no school. */
export function currentEnrolment(enrolments: readonly Enrolment[], on: Temporal.PlainDate): Enrolment | null {
  const alive = enrolments
    .filter((one) => !isOver(one, on))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.startedOn, b.startedOn))
  return alive.findLast(({ startedOn }) => !isBefore(on, startedOn)) ?? alive[0] ?? null
}

/**
 * A child learns at one school at a time: a move, or a step up within the school, ends what runs on the day on which the
 * new one begins (AT-14).
 * @returns what is to be ended on `place.startedOn`: several where two ids turned out to be one child.
 * @throws AlreadyEnrolled at this school and level; EnrolmentOverlaps where a later time at school is on record.
 */
export function enrolmentsEndedBy(place: Place, enrolments: readonly Enrolment[]): readonly Enrolment[] {
  const running = enrolments.filter(({ endedOn }) => endedOn === null)
  const same = running.find(({ npsn, level }) => npsn === place.npsn && level === place.level)
  if (same) throw new AlreadyEnrolled(same.id)
  const reachesPast = ({ startedOn, endedOn }: Enrolment) =>
    isBefore(place.startedOn, startedOn) || (endedOn !== null && isBefore(place.startedOn, endedOn))
  if (enrolments.some(reachesPast)) throw new EnrolmentOverlaps()
  return running
}

/** How an enrolment ends. */
export interface Leaving {
  /** The first day on which it no longer runs. */
  readonly endedOn: Temporal.PlainDate
  readonly exitReason: ExitReason
  readonly movedTo: Npsn | null
}

/** An enrolment ends once, and not before it began. @throws EnrolmentEnded, EndsBeforeStart */
export function refuseUnlessEnding(enrolment: Enrolment, on: Temporal.PlainDate): void {
  if (enrolment.endedOn !== null) throw new EnrolmentEnded(enrolment.endedOn)
  if (isBefore(on, enrolment.startedOn)) throw new EndsBeforeStart(enrolment.startedOn)
}

/**
 * A school receives whom another one let go: the pupil's last time at school ended by a move, to this school or to one
 * not named. @throws PupilNotReleased
 */
export function refuseUnlessReleased(enrolments: readonly Enrolment[], place: Pick<Place, 'npsn'>): void {
  const [last] = enrolments
  const released = last?.exitReason === 'MUTASI' && enrolments.every(({ endedOn }) => endedOn !== null)
  if (!released || (last.movedTo !== null && last.movedTo !== place.npsn)) throw new PupilNotReleased()
}
