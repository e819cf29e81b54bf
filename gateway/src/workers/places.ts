/** A worker that lasted so long did not die of its start. */
const STEADY_MS = 30_000
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000

/** The lowest number from 1 that no worker bears: it names a log's lines and a metric's series, so they stay few. */
export function freeNumber(taken: Iterable<number>): number {
  const numbers = new Set(taken)
  let number = 1
  while (numbers.has(number)) number += 1
  return number
}

/** How often in a row a place's worker died, now that another has; one that lasted begins a new row. */
export const deathsInARow = (before: number, livedMs: number): number => (livedMs >= STEADY_MS ? 1 : before + 1)

/** Milliseconds until a dead worker is replaced: doubled with each death in a row, to a bound. */
export const pauseAfter = (deaths: number): number => Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 1), LONGEST_PAUSE_MS)
