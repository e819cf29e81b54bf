import Holidays from 'date-holidays'
import type { Zone } from './regions.ts'

/** Opening spans by ISO weekday (1 Monday … 7 Sunday), local wall clock, in order. A missing day is closed. */
export type OfficeHours = Readonly<Record<number, readonly (readonly [opens: string, closes: string])[]>>

const MONDAY_TO_THURSDAY = [
  ['07:30', '12:00'],
  ['13:00', '16:00'],
] as const
const FRIDAY = [
  ['07:30', '11:30'],
  ['13:00', '16:30'],
] as const

/** 37.5 hours a week from 07:30, Friday's rest 90 minutes: Perpres 21/2023. A default; the place's config decides. */
export const OFFICE_HOURS: OfficeHours = {
  1: MONDAY_TO_THURSDAY,
  2: MONDAY_TO_THURSDAY,
  3: MONDAY_TO_THURSDAY,
  4: MONDAY_TO_THURSDAY,
  5: FRIDAY,
}

export interface CalendarConfig {
  readonly zone: Zone
  readonly hours?: OfficeHours
  /** Local holidays and cuti bersama, `2026-12-24`: the library knows none of them (ID-29). */
  readonly daysOff?: readonly string[]
  /** Days the library holds for holidays but the joint decree (SKB) does not: offices are open. */
  readonly workedDays?: readonly string[]
}

interface Span {
  readonly opens: Temporal.PlainTime
  readonly closes: Temporal.PlainTime
}

/** The office time of one place. */
export interface OfficeCalendar {
  readonly zone: Zone
  readonly spans: ReadonlyMap<number, readonly Span[]>
  readonly daysOff: ReadonlySet<string>
  readonly workedDays: ReadonlySet<string>
}

/** A wait that finds no office time within two years is a mistake in the config, not a deadline. */
const HORIZON_DAYS = 731

/**
 * The calendar of one place, from its config. Throws `RangeError` on a malformed day or time, or where no office ever
 * opens: config is checked at start, not at the first deadline.
 */
export function createOfficeCalendar({
  zone,
  hours = OFFICE_HOURS,
  daysOff = [],
  workedDays = [],
}: CalendarConfig): OfficeCalendar {
  const spans = new Map(Object.entries(hours).map(([weekday, day]) => [Number(weekday), day.map(readSpan)]))
  if (![...spans].some(([weekday, day]) => weekday >= 1 && weekday <= 7 && day.length > 0)) {
    throw new RangeError('Office hours name no day on which the office opens')
  }
  return { zone, spans, daysOff: days(daysOff), workedDays: days(workedDays) }
}

function readSpan([opens, closes]: readonly [string, string]): Span {
  const span = { opens: Temporal.PlainTime.from(opens), closes: Temporal.PlainTime.from(closes) }
  if (Temporal.PlainTime.compare(span.opens, span.closes) >= 0) {
    throw new RangeError(`Office hours ${opens}-${closes} end before they begin`)
  }
  return span
}

function days(list: readonly string[]): ReadonlySet<string> {
  return new Set(list.map((day) => Temporal.PlainDate.from(day).toString()))
}

const indonesia = new Holidays('ID')
const holidaysByYear = new Map<number, ReadonlySet<string>>()

/** National holidays of a year, computed once: the lunar ones cost tens of milliseconds. */
function nationalHolidays(year: number): ReadonlySet<string> {
  const known = holidaysByYear.get(year)
  if (known) return known
  const ofYear = indonesia.getHolidays(year).filter(({ type }) => type === 'public')
  // `date` begins with the local day; `start` and `end` would shift it by the machine's zone.
  const computed = new Set(ofYear.map(({ date }) => date.slice(0, 10)))
  holidaysByYear.set(year, computed)
  return computed
}

/** Whether the office works that day: by weekday, national holidays, and the place's own days (ID-29). */
export function isWorkingDay(calendar: OfficeCalendar, date: Temporal.PlainDate): boolean {
  return spansOn(calendar, date).length > 0
}

function spansOn(calendar: OfficeCalendar, date: Temporal.PlainDate): readonly Span[] {
  const day = date.toString()
  if (calendar.daysOff.has(day)) return []
  if (!calendar.workedDays.has(day) && nationalHolidays(date.year).has(day)) return []
  return calendar.spans.get(date.dayOfWeek) ?? []
}

/**
 * The moment when `minutes` of office time have passed since `from` (ID-29), in the place's zone (EC-65). Begun outside
 * office hours, the clock starts at the next opening; minutes that end with the office end at its closing.
 */
export function addOfficeMinutes(
  calendar: OfficeCalendar,
  from: Temporal.Instant,
  minutes: number,
): Temporal.ZonedDateTime {
  requireCount('minutes', minutes)
  const begin = from.toZonedDateTimeISO(calendar.zone)
  let left = minutes * 60_000
  for (const date of daysFrom(begin.toPlainDate())) {
    for (const { opens, closes } of spansOn(calendar, date)) {
      const opening = at(calendar.zone, date, opens)
      const start = Temporal.ZonedDateTime.compare(opening, begin) > 0 ? opening : begin
      const room = at(calendar.zone, date, closes).epochMilliseconds - start.epochMilliseconds
      if (room <= 0) continue
      if (left <= room) return start.add({ milliseconds: left })
      left -= room
    }
  }
  throw new RangeError('No office time within two years: check the calendar')
}

/**
 * The close of office on the `days`-th working day after the local day of `from` (ID-29). The day of receipt does not
 * count; zero means the close of that day, or of the next working day where it is none.
 */
export function addWorkingDays(calendar: OfficeCalendar, from: Temporal.Instant, days: number): Temporal.ZonedDateTime {
  requireCount('days', days)
  const received = from.toZonedDateTimeISO(calendar.zone).toPlainDate()
  let left = days
  for (const date of daysFrom(days === 0 ? received : received.add({ days: 1 }))) {
    const closes = spansOn(calendar, date).at(-1)?.closes
    if (!closes) continue
    if (left <= 1) return at(calendar.zone, date, closes)
    left -= 1
  }
  throw new RangeError('Not so many working days within two years: check the calendar')
}

/** Minutes of office time between two moments, parts of a minute included (ID-29); 0 where `to` is not after `from`. */
export function officeMinutesBetween(calendar: OfficeCalendar, from: Temporal.Instant, to: Temporal.Instant): number {
  const [begin, end] = [from.epochMilliseconds, to.epochMilliseconds]
  const spans = daysBetween(calendar, from, to).flatMap((date) =>
    spansOn(calendar, date).map(({ opens, closes }) => {
      const opening = Math.max(begin, at(calendar.zone, date, opens).epochMilliseconds)
      return Math.max(0, Math.min(end, at(calendar.zone, date, closes).epochMilliseconds) - opening)
    }),
  )
  return spans.reduce((sum, span) => sum + span, 0) / 60_000
}

/** Working days after the local day of `from`, up to and including that of `to`: the inverse of `addWorkingDays`. */
export function workingDaysBetween(calendar: OfficeCalendar, from: Temporal.Instant, to: Temporal.Instant): number {
  return daysBetween(calendar, from, to)
    .slice(1)
    .filter((date) => isWorkingDay(calendar, date)).length
}

/** Every local day from that of `from` to that of `to`. */
function daysBetween({ zone }: OfficeCalendar, from: Temporal.Instant, to: Temporal.Instant): Temporal.PlainDate[] {
  const first = from.toZonedDateTimeISO(zone).toPlainDate()
  const { days } = first.until(to.toZonedDateTimeISO(zone).toPlainDate(), { largestUnit: 'days' })
  return Array.from({ length: Math.max(0, days + 1) }, (_, index) => first.add({ days: index }))
}

/** The same wall-clock time `days` calendar days later, as in a shelter that never closes (ID-29). */
export function addCalendarDays(zone: Zone, from: Temporal.Instant, days: number): Temporal.ZonedDateTime {
  requireCount('days', days)
  return from.toZonedDateTimeISO(zone).add({ days })
}

function* daysFrom(first: Temporal.PlainDate): Generator<Temporal.PlainDate> {
  for (let days = 0; days <= HORIZON_DAYS; days++) yield first.add({ days })
}

function at(zone: Zone, date: Temporal.PlainDate, time: Temporal.PlainTime): Temporal.ZonedDateTime {
  return date.toZonedDateTime({ timeZone: zone, plainTime: time })
}

function requireCount(what: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`${what} must be a whole number from 0`)
}
