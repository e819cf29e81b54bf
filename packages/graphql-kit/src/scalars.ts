import type { Sentence } from '@satuanak/domain-kit'
import type { KitBuilder } from './builder.ts'
import type { GraphContext } from './context.ts'
import { badUserInput } from './graph-error.ts'

/** What a resolver is given and gives for each scalar. */
export type Scalars = {
  Date: { Input: Temporal.PlainDate; Output: Temporal.PlainDate }
  DateTime: { Input: Temporal.Instant; Output: Temporal.Instant }
  UUID: { Input: string; Output: string }
  RegionCode: { Input: string; Output: string }
  MaskedNik: { Input: never; Output: string }
}

const DATE = /^\d{4}-\d{2}-\d{2}$/
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
/** Province, city, district and village: 2, 4, 6 or 10 digits, with or without the dots (ID-23). */
const REGION = /^(\d{2})(?:\.?(\d{2})(?:\.?(\d{2})(?:\.?(\d{4}))?)?)?$/
const MASKED_NIK = /^\*{12}\d{4}$/

export function registerScalars(builder: KitBuilder<GraphContext>): void {
  builder.scalarType('Date', {
    description: 'A calendar day, `2012-03-31`.',
    parseValue: (value) =>
      read('Date', value, parseDate, { id: 'tulis tanggal sebagai 2012-03-31', en: 'write a day as 2012-03-31' }),
    serialize: (day) => show('Date', day instanceof Temporal.PlainDate && day.toString({ calendarName: 'never' })),
  })
  builder.scalarType('DateTime', {
    description: 'A point in time, UTC: `2026-11-23T01:30:00.000Z`. Input may name another offset.',
    parseValue: (value) =>
      read('DateTime', value, parseDateTime, {
        id: 'tulis waktu beserta zonanya, 2026-11-23T08:30:00+07:00',
        en: 'write a time with its offset, 2026-11-23T08:30:00+07:00',
      }),
    serialize: (time) =>
      show('DateTime', time instanceof Temporal.Instant && time.toString({ smallestUnit: 'millisecond' })),
  })
  builder.scalarType('UUID', {
    description: 'A UUID, in lower case.',
    parseValue: (value) =>
      read('UUID', value, parseUuid, { id: 'kirim UUID utuh', en: 'send a whole UUID, 36 characters' }),
    serialize: (id) => show('UUID', parseUuid(id)),
  })
  builder.scalarType('RegionCode', {
    description: 'A Kemendagri region code with its dots, `33.75.01.1001`. Input may leave the dots out.',
    parseValue: (value) =>
      read('RegionCode', value, parseRegionCode, {
        id: 'kirim kode wilayah Kemendagri, 33.75.01.1001',
        en: 'send a Kemendagri region code, 33.75.01.1001',
      }),
    serialize: (code) => show('RegionCode', parseRegionCode(code)),
  })
  builder.scalarType('MaskedNik', {
    description: 'A NIK of which only the last four digits are shown. Output only.',
    parseValue: (value) =>
      read<never>('MaskedNik', value, () => null, {
        id: 'NIK tersamar tidak diterima',
        en: 'a masked NIK is never an input',
      }),
    serialize: (nik) => show('MaskedNik', typeof nik === 'string' && MASKED_NIK.test(nik) && nik),
  })
}

export function parseDate(value: string): Temporal.PlainDate | null {
  return DATE.test(value) ? attempt(() => Temporal.PlainDate.from(value, { overflow: 'reject' })) : null
}

export function parseDateTime(value: string): Temporal.Instant | null {
  return DATE_TIME.test(value) ? attempt(() => Temporal.Instant.from(value)) : null
}

export const isUuid = (value: string): boolean => UUID.test(value)
const parseUuid = (value: string): string | null => (isUuid(value) ? value.toLowerCase() : null)

const parseRegionCode = (value: string): string | null => {
  const match = REGION.exec(value)
  return match
    ? match
        .slice(1)
        .filter((part) => part !== undefined)
        .join('.')
    : null
}

function attempt<T>(run: () => T): T | null {
  try {
    return run()
  } catch {
    return null
  }
}

/** Longer than any scalar here: a megabyte of text is refused before any expression looks at it. */
const LONGEST = 64

/** The value itself is never repeated: it may be a NIK in the wrong box, and errors are logged. */
function read<T>(scalar: string, value: unknown, parse: (value: string) => T | null, remedy: Sentence): T {
  const parsed = typeof value === 'string' && value.length <= LONGEST ? parse(value) : null
  if (parsed !== null) return parsed
  throw badUserInput({ id: `${scalar} tidak sah: ${remedy.id}.`, en: `Not a valid ${scalar}: ${remedy.en}.` })
}

/** What a resolver gives wrongly is a fault of ours: masked on its way out, and without the value. */
function show(scalar: string, text: string | false | null): string {
  if (typeof text !== 'string') throw new Error(`A resolver gave something that is no ${scalar}.`)
  return text
}
