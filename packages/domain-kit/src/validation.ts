import { accepted, type Checked, isBlank, type Notice, type Parsed, REQUIRED, refused, textOf } from './notice.ts'
import { InvalidInput } from './refusal.ts'

export { type TextLimits, text } from './text.ts'

type ValueOf<C> = C extends { readonly ok: true; readonly value: infer T } ? T : never

/** What a set of checks yields once all of them hold: the same keys, the checked values. */
export type Values<Checks> = { readonly [Key in keyof Checks]: ValueOf<Checks[Key]> }

/**
 * Every check of one input, by field: all problems are gathered, none hides another. Nested `fields` give dotted paths
 * (`address.rt`).
 *
 * @param together rules between fields, asked only once each field alone is sound; their notices name their own field.
 */
export function fields<Checks extends Readonly<Record<string, Checked<unknown>>>>(
  checks: Checks,
  together?: (values: Values<Checks>) => readonly Notice[],
): Checked<Values<Checks>> {
  const entries = Object.entries(checks)
  const problems = entries.flatMap(([key, check]) =>
    check.ok ? [] : check.problems.map((notice) => under(key, notice)),
  )
  if (problems.length > 0) return { ok: false, problems }
  const sound = entries.flatMap(([key, check]) => (check.ok ? [{ key, check }] : []))
  // Every key of Checks is there and sound, so this is Values<Checks>; TypeScript cannot follow entries.
  const value = Object.fromEntries(sound.map(({ key, check }) => [key, check.value])) as Values<Checks>
  const between = together?.(value) ?? []
  const clashes = between.filter((notice) => notice.level === 'E')
  if (clashes.length > 0) return { ok: false, problems: clashes }
  const warnings = sound.flatMap(({ key, check }) => check.warnings.map((notice) => under(key, notice)))
  return { ok: true, value, warnings: [...warnings, ...between] }
}

function under(key: string, notice: Notice): Notice {
  return { ...notice, field: notice.field === undefined ? key : `${key}.${notice.field}` }
}

/** Null where nothing was filled in (null, absent, only spaces), else what `parse` says. */
export function optional<T>(input: unknown, parse: (filledIn: unknown) => Checked<T>): Checked<T | null> {
  return isBlank(input) ? given(null) : parse(input)
}

/** A value that needs no check of its own, such as one the GraphQL schema has already typed. */
export function given<T>(value: T): Checked<T> {
  return { ok: true, value, warnings: [] }
}

/** Each entry of a list by `parse`, problems under their index (`children.3`). `E`: more than `max` entries. */
export function list<T>(
  input: readonly unknown[],
  parse: (entry: unknown) => Checked<T>,
  { rule, max }: { rule: string; max: number },
): Checked<readonly T[]> {
  if (input.length > max) {
    return refused('', rule, {
      id: `Terlalu banyak: paling banyak ${max} sekaligus. Kirim bertahap.`,
      en: `Too many: at most ${max} at once. Send them in parts.`,
    })
  }
  const checked = fields(Object.fromEntries(input.map((entry, index) => [String(index), parse(entry)])))
  return checked.ok ? { ...checked, value: Object.values(checked.value) } : checked
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

/** A UUID in lower case (ID-09). `uuid<ChildId>(input)` brands it. */
export function uuid<T extends string = string>(input: unknown, { rule = 'ID-09' } = {}): Parsed<T> {
  const raw = typeof input === 'string' ? input : ''
  if (isBlank(input)) return refused(raw, rule, REQUIRED)
  const lower = raw.length > 64 ? '' : raw.trim().toLowerCase()
  if (UUID.test(lower)) return accepted(raw, lower as T)
  return refused(raw, rule, {
    id: 'Pengenal ini bukan UUID. Pilih dari daftar, jangan mengetik sendiri.',
    en: 'This identifier is not a UUID. Choose from the list instead of typing.',
  })
}

/** One of a few codes, written exactly. */
export function oneOf<const T extends string>(
  input: unknown,
  codes: readonly T[],
  { rule }: { rule: string },
): Parsed<T> {
  const raw = typeof input === 'string' ? input : ''
  const found = codes.find((code) => code === input)
  if (found !== undefined) return accepted(raw, found)
  return refused(raw, rule, {
    id: `Pilih salah satu: ${codes.join(', ')}.`,
    en: `Choose one of: ${codes.join(', ')}.`,
  })
}

/** A whole number from `from` to `to`, both included. */
export function wholeNumber(input: unknown, { rule, from, to }: { rule: string; from: number; to: number }) {
  if (typeof input === 'number' && Number.isInteger(input) && input >= from && input <= to) {
    return accepted(String(input), input)
  }
  return refused(typeof input === 'number' ? String(input) : '', rule, {
    id: `Isi bilangan bulat dari ${from} sampai ${to}.`,
    en: `Give a whole number from ${from} to ${to}.`,
  })
}

interface Bounds<T> {
  readonly rule: string
  /** The first and the last that are taken, both included. */
  readonly earliest?: T
  readonly latest?: T
}

/** A calendar day, `2026-11-23` or a `Temporal.PlainDate`. With `latest: today`, the future is refused. */
export function date(input: unknown, bounds: Bounds<Temporal.PlainDate>): Parsed<Temporal.PlainDate> {
  const raw = input instanceof Temporal.PlainDate ? input.toString() : textOf(input)
  return bounded(raw, bounds, DAYS)
}

/** A moment, `2026-11-23T09:30:00+07:00` or a `Temporal.Instant`. With `latest: now`, the future is refused. */
export function instant(input: unknown, bounds: Bounds<Temporal.Instant>): Parsed<Temporal.Instant> {
  const raw = input instanceof Temporal.Instant ? input.toString() : textOf(input)
  return bounded(raw, bounds, MOMENTS)
}

interface Timeline<T> {
  readonly written: RegExp
  readonly example: string
  readonly from: (text: string) => T
  readonly compare: (one: T, two: T) => number
}

const DAYS: Timeline<Temporal.PlainDate> = {
  written: /^\d{4}-\d{2}-\d{2}$/,
  example: '2026-11-23',
  from: (text) => Temporal.PlainDate.from(text),
  compare: (one, two) => Temporal.PlainDate.compare(one, two),
}

const MOMENTS: Timeline<Temporal.Instant> = {
  written: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/,
  example: '2026-11-23T09:30:00+07:00',
  from: (text) => Temporal.Instant.from(text),
  compare: (one, two) => Temporal.Instant.compare(one, two),
}

function bounded<T>(raw: string, { rule, earliest, latest }: Bounds<T>, timeline: Timeline<T>): Parsed<T> {
  if (isBlank(raw)) return refused(raw, rule, REQUIRED)
  const value = read(raw, timeline)
  if (value === null) {
    return refused(raw, rule, {
      id: `Tanggal tidak sah. Tulis seperti ${timeline.example}.`,
      en: `Not a valid date. Write it like ${timeline.example}.`,
    })
  }
  if (latest !== undefined && timeline.compare(value, latest) > 0) {
    return refused(raw, rule, {
      id: 'Tanggal ini terlalu jauh ke depan. Periksa lagi tanggal dan tahunnya.',
      en: 'This date is too late. Check the day and the year.',
    })
  }
  if (earliest !== undefined && timeline.compare(value, earliest) < 0) {
    return refused(raw, rule, {
      id: 'Tanggal ini terlalu awal. Periksa lagi tanggal dan tahunnya.',
      en: 'This date is too early. Check the day and the year.',
    })
  }
  return accepted(raw, value)
}

function read<T>(raw: string, { written, from }: Timeline<T>): T | null {
  if (raw.length > 64 || !written.test(raw)) return null
  try {
    return from(raw)
  } catch {
    return null // the form is right, the calendar has no such day
  }
}

/** The value and its warnings, or one `InvalidInput` with every problem. The only function here that throws. */
export function orRefuse<T>(checked: Checked<T>): { readonly value: T; readonly warnings: readonly Notice[] } {
  if (checked.ok) return { value: checked.value, warnings: checked.warnings }
  throw new InvalidInput(checked.problems.map(({ field = '', rule, message }) => ({ field, rule, message })))
}
