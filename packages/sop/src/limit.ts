/** What a document's limit counts in. `days` of an office step are working days (ID-29); `workingDays` always are. */
export type Unit = 'minutes' | 'hours' | 'days' | 'workingDays' | 'months'

/** The time a document gives a step, `5-10 menit`: late is who exceeds `to`. */
export interface Limit {
  readonly unit: Unit
  readonly from: number
  readonly to: number
}

const limit =
  (unit: Unit) =>
  (from: number, to = from): Limit => ({ unit, from, to })

/** `minutes(5)` is 5 minutes, `minutes(5, 10)` is 5 to 10. */
export const minutes = limit('minutes')
export const hours = limit('hours')
export const days = limit('days')
export const workingDays = limit('workingDays')
export const months = limit('months')
