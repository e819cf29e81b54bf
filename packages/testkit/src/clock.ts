/** A clock that stands still until a test moves it. Domain time only: tokens and the broker keep real time. */
export interface Clock {
  now(): Temporal.Instant
  set(instant: string): void
  advance(duration: Temporal.DurationLike): void
}

/** 23 November 2026, 09.00 WIB: a Monday in office hours. */
export const MONDAY_MORNING = '2026-11-23T02:00:00Z'

export function createClock(start: string = MONDAY_MORNING): Clock {
  let at = Temporal.Instant.from(start)
  return {
    now: () => at,
    set: (instant) => {
      at = Temporal.Instant.from(instant)
    },
    advance: (duration) => {
      at = at.add(duration)
    },
  }
}
