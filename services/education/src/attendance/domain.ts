/** A school's mark of a pupil on a day: there, excused, ill, or absent without a word. */
const MARKS = ['HADIR', 'IZIN', 'SAKIT', 'ALPA'] as const
export type Mark = (typeof MARKS)[number]

/** How often each mark was given in a time. */
export type Counts = Readonly<Record<Mark, number>>
export const NO_MARKS: Counts = { HADIR: 0, IZIN: 0, SAKIT: 0, ALPA: 0 }

/** So many days up to the day that is asked about are looked at (AT-15, a design default). */
export const WINDOW_DAYS = 30

/** A time at school; `endedOn` is the first day on which it no longer runs. */
interface Time {
  readonly startedOn: Temporal.PlainDate
  readonly endedOn: Temporal.PlainDate | null
}

const isBefore = (one: Temporal.PlainDate, other: Temporal.PlainDate) => Temporal.PlainDate.compare(one, other) < 0

/** Whether the child is the school's pupil on that day. */
export const runsOn = ({ startedOn, endedOn }: Time, day: Temporal.PlainDate): boolean =>
  !isBefore(day, startedOn) && (endedOn === null || isBefore(day, endedOn))

/**
 * AT-15: enrolment alone is no success, the child must attend after 30 and 90 days. Attends who is still a pupil so many
 * days after the first and was there on at least half of the days that the school marked in the 30 days before.
 * @param counts the marks of those 30 days.
 * @returns null before that day, and where the school marked none of them: nobody can say.
 */
export function attendsAfter(
  days: number,
  time: Time,
  { counts, today }: { readonly counts: Counts; readonly today: Temporal.PlainDate },
): boolean | null {
  const day = time.startedOn.add({ days })
  if (isBefore(today, day)) return null
  if (!runsOn(time, day)) return false
  const marked = MARKS.reduce((sum, mark) => sum + counts[mark], 0)
  return marked === 0 ? null : counts.HADIR * 2 >= marked
}
