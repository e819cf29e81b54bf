import { isBlank, type Notice, problem, REQUIRED, textOf } from '../notice.ts'
import type { Sentence } from '../refusal.ts'

/** Typing habits that carry no meaning: spaces (also the invisible ones), dots and dashes. */
const SEPARATORS = /[\s.\-\u2010-\u2015\u200b-\u200d\u2060\ufeff]/g
const SCIENTIFIC = /^\s*\d+(?:[.,]\d+)?e\+?\d+\s*$/i
/** A spreadsheet number keeps 15 digits; the rest turn to zeros without a word (ID-07). */
const SPREADSHEET_DIGITS = 15
const LONGEST_TYPED = 64

const LOST_DIGITS: Sentence = {
  id: 'Angka ini rusak oleh Excel. Ubah format kolom menjadi Teks, lalu ketik ulang dari dokumen aslinya.',
  en: 'A spreadsheet has damaged this number. Format the column as Text and type it again from the paper.',
}

/** Strips what ID-02 strips. Not yet a promise that digits remain. */
export function stripSeparators(raw: string): string {
  return raw.length > LONGEST_TYPED ? raw.slice(0, LONGEST_TYPED + 1) : raw.replace(SEPARATORS, '')
}

/**
 * Exactly `length` digits out of an input of any kind, or the one problem with it. A number (not a text) of more than
 * 15 digits has already lost its tail in the spreadsheet and is refused (ID-07).
 */
export function readDigits(
  input: unknown,
  wanted: { length: number; rule: string; name: string },
): { digits: string } | { problem: Notice } {
  if (isBlank(input)) return { problem: problem(wanted.rule, REQUIRED) }
  const text = textOf(input)
  const wasNumber = typeof input === 'number' && wanted.length > SPREADSHEET_DIGITS
  if (wasNumber || (text.length <= LONGEST_TYPED && SCIENTIFIC.test(text))) {
    return { problem: problem('ID-07', LOST_DIGITS) }
  }
  const digits = stripSeparators(text)
  if (digits.length === wanted.length && /^\d+$/.test(digits)) return { digits }
  return {
    problem: problem(wanted.rule, {
      id: `${wanted.name} harus ${wanted.length} angka. Salin lagi dari dokumen aslinya.`,
      en: `${wanted.name} must have ${wanted.length} digits. Copy it again from the paper.`,
    }),
  }
}

/** What forms are filled with where there is no number: all digits equal, or the sequence 0000 (ID-02). */
export function isFiller(digits: string): boolean {
  return /^(\d)\1+$/.test(digits) || digits.endsWith('0000')
}

/** The date, or null where the calendar has none. Never clamps 31 February to the 28th. */
export function realDate(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (!(month >= 1 && month <= 12 && day >= 1)) return null
  const first = new Temporal.PlainDate(year, month, 1)
  return day > first.daysInMonth ? null : first.with({ day })
}

/**
 * A date whose year is written with two digits: 20YY unless that lies after `today`, else 19YY (ID-04). 29 February is
 * tested in the century so chosen.
 */
export function dateOfTwoDigitYear(yy: number, month: number, day: number, today: Temporal.PlainDate) {
  const inThisCentury = [2000 + yy, month, day] as const
  const now = [today.year, today.month, today.day] as const
  const differs = inThisCentury.findIndex((part, index) => part !== now[index])
  const isFuture = differs !== -1 && (inThisCentury[differs] ?? 0) > (now[differs] ?? 0)
  return realDate((isFuture ? 1900 : 2000) + yy, month, day)
}

/** `DDMMYY`, with `shift` added to the day (40 for a woman's NIK). */
export function sixDigitDate(date: Temporal.PlainDate, shift = 0): string {
  return [date.day + shift, date.month, date.year % 100].map((part) => String(part).padStart(2, '0')).join('')
}
