/** A date as days since 1970-01-01: integers, because a million children have several dates each. */
export type Day = number
/** A moment as minutes since 1970-01-01 00:00 on the wall clock of Pekalongan (WIB, UTC+7 throughout, ID-28). */
export type Minute = number

export const MINUTES = 24 * 60
const WIB_MINUTES = 7 * 60
const isoOfDay: string[] = []

export function dayOf(date: Temporal.PlainDate): Day {
  return Temporal.PlainDate.from('1970-01-01').until(date, { largestUnit: 'days' }).days
}

/** Year, month (1–12) and day of month. Days-to-civil of Howard Hinnant's "chrono-compatible date algorithms". */
export function civil(day: Day): { year: number; month: number; date: number } {
  const shifted = day + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  const date = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date }
}

export function dayFromCivil(year: number, month: number, date: number): Day {
  return Date.UTC(year, month - 1, date) / 86_400_000
}

/** `YYYY-MM-DD`. A generation spans some 7,000 dates: each is written once. */
export function isoDate(day: Day): string {
  const known = isoOfDay[day]
  if (known !== undefined) return known
  const { year, month, date } = civil(day)
  const text = `${year}-${two(month)}-${two(date)}`
  isoOfDay[day] = text
  return text
}

/** The instant in UTC, `YYYY-MM-DDTHH:MM:00Z`. */
export function isoInstant(minute: Minute): string {
  const utc = minute - WIB_MINUTES
  const day = Math.floor(utc / MINUTES)
  const ofDay = utc - day * MINUTES
  return `${isoDate(day)}T${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}:00Z`
}

/** Milliseconds of the Unix clock, as a UUIDv7 carries. */
export const unixMs = (minute: Minute): number => (minute - WIB_MINUTES) * 60_000

/** The day itself, or the Monday after a weekend. Public holidays are not looked at. */
export function officeDay(day: Day): Day {
  const ofWeek = (((day + 4) % 7) + 7) % 7 // 1970-01-01 was a Thursday; 0 is Sunday
  return ofWeek === 0 ? day + 1 : ofWeek === 6 ? day + 2 : day
}

/** Full years from birth to `on`. A child of 29 February comes of age on 1 March. */
export function ageOn(born: Day, on: Day): number {
  const from = civil(born)
  const to = civil(on)
  const before = to.month < from.month || (to.month === from.month && to.date < from.date)
  return to.year - from.year - (before ? 1 : 0)
}

export const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)
