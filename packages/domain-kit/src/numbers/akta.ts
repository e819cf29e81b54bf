import { accepted, type Parsed } from '../notice.ts'
import { cleanText, text } from '../text.ts'
import { realDate } from './digits.ts'

/** The modern form `PPKK-LU-DDMMYYYY-NNNN`; LU umum (on time), LT terlambat (late). */
export interface AktaForm {
  /** Four digits, the regency that issued it. */
  readonly regency: string
  readonly kind: 'LU' | 'LT'
  readonly issuedOn: Temporal.PlainDate
  readonly sequence: number
}

export interface Akta {
  /** As written, trimmed. */
  readonly text: string
  /** Null where the text is of another form: old akta numbers vary, and none is refused for it (ID-17). */
  readonly form: AktaForm | null
}

const MODERN = /^(\d{4})-(LU|LT)-(\d{2})(\d{2})(\d{4})-(\d{4,5})$/
const LONGEST = 50
const REPORT_WITHIN_DAYS = 60

/** Reads an akta number (ID-17): free text of at most 50 characters, taken apart where it has the modern form. */
export function parseAkta(input: unknown): Parsed<Akta> {
  const written = cleanText(input, { rule: 'ID-17', max: LONGEST })
  if (!written.ok) return written
  return accepted(written.raw, { text: written.value, form: readForm(written.value) })
}

function readForm(written: string): AktaForm | null {
  const [, regency, kind, day, month, year, sequence] = MODERN.exec(written.replace(/\s/g, '').toUpperCase()) ?? []
  if (!year) return null
  const issuedOn = realDate(Number(year), Number(month), Number(day))
  if (!regency || !issuedOn || !sequence) return null
  return { regency, kind: kind === 'LU' ? 'LU' : 'LT', issuedOn, sequence: Number(sequence) }
}

/** The modern form's text; the inverse of `parseAkta` for a parsed form. */
export function formatAkta({ regency, kind, issuedOn, sequence }: AktaForm): string {
  const [year, month, day] = issuedOn.toString().split('-')
  return `${regency}-${kind}-${day}${month}${year}-${String(sequence).padStart(4, '0')}`
}

/**
 * The number of an akta in hand as it is kept. The modern form has 16 digits as a NIK has, and is known by its LU or LT; any
 * other text may hold no NIK (ID-09, ID-17).
 */
export function aktaText(input: string): Parsed<string> {
  const akta = parseAkta(input)
  if (!akta.ok || akta.value.form === null) return text(input, { rule: 'ID-17', max: LONGEST })
  return { ...akta, value: formatAkta(akta.value.form) }
}

/** A birth reported more than 60 days after is a late registration (ID-18, UU 24/2013 art. 27); still registered. */
export function isLateRegistration(birthDate: Temporal.PlainDate, reportedOn: Temporal.PlainDate): boolean {
  return birthDate.until(reportedOn, { largestUnit: 'days' }).days > REPORT_WITHIN_DAYS
}
