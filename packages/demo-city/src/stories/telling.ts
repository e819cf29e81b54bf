import { type Day, MINUTES, type Minute, officeDay } from '../calendar.ts'
import type { CityKelurahan } from '../kelurahan.ts'
import type { Identifiers } from '../people/identifiers.ts'
import type { Random } from '../random.ts'
import type { Seats } from '../schools.ts'

/** What every story of one generation is told with. */
export interface Telling {
  readonly random: Random
  readonly identifiers: Identifiers
  readonly seats: Seats
  readonly kelurahan: readonly CityKelurahan[]
  readonly today: Day
  /** Midnight at which `today` begins: everything told lies before it. */
  readonly now: Minute
  /** The running school year by the year it began in, and the day on which ages are counted for it (PD-05). */
  readonly schoolYear: { readonly year: number; readonly ageDay: Day }
}

/** The moments of one story in order. Once a moment would lie in the future, or the matter stalls, there are no more. */
export interface Story {
  /** An office hour some days after the last moment; null when it has not come to that yet. */
  next(minDays: number, maxDays: number, stalls?: number): Minute | null
}

export function createStory({ random, now }: Telling, begin: Minute): Story {
  let last = begin
  let waiting = false
  return {
    next: (minDays, maxDays, stalls = 0) => {
      const day = officeDay(Math.floor(last / MINUTES) + random.between(minDays, maxDays))
      const moment = Math.max(last + 15, officeHour(random, day))
      waiting ||= moment >= now || random.chance(stalls)
      if (waiting) return null
      last = moment
      return moment
    },
  }
}

/** Between 8 and 15 o'clock of that day. */
export const officeHour = (random: Random, day: Day): Minute => day * MINUTES + 8 * 60 + random.below(7 * 60)
