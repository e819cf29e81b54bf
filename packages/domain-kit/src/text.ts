import { accepted, isBlank, type Parsed, REQUIRED, refused } from './notice.ts'
import type { Sentence } from './refusal.ts'

export interface TextLimits {
  /** The rule the field comes from, named in every refusal: `TUN-03`. */
  readonly rule: string
  /** In characters (code points, as PostgreSQL counts), after cleaning. */
  readonly max: number
  /** Line breaks and tabs allowed, as in a note. Default: one line. */
  readonly multiline?: boolean
}

// Control characters, and the marks by which text can be made to read otherwise than it is stored (U+202A and others).
const UNWRITABLE = /[\p{Cc}\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u
const UNWRITABLE_IN_NOTES = /[^\P{Cc}\n\t]|[\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u

const NOT_TEXT: Sentence = {
  id: 'Isian ini bukan teks yang sah. Ketik ulang.',
  en: 'This is no valid text. Please type it again.',
}

/**
 * Free text: Unicode NFC, trimmed, on one line single spaces between words. `E`: empty, too long, or holding control
 * characters or half a character. An oversized text is refused before anything is done with it.
 */
export function cleanText(input: unknown, { rule, max, multiline = false }: TextLimits): Parsed<string> {
  if (isOverlong(input, max)) return tooLong(input, rule, max)
  const raw = typeof input === 'string' ? input : ''
  if (isBlank(input)) return refused(raw, rule, REQUIRED)
  if (typeof input !== 'string' || !raw.isWellFormed()) return refused(raw, rule, NOT_TEXT)
  const lines = multiline ? raw.replace(/\r\n?/g, '\n') : raw.replace(/[\r\n\t\f\v]/g, ' ')
  if ((multiline ? UNWRITABLE_IN_NOTES : UNWRITABLE).test(lines)) {
    return refused(raw, rule, {
      id: 'Ada karakter tersembunyi yang tidak dapat disimpan. Hapus lalu ketik ulang, jangan tempel.',
      en: 'There are hidden characters that cannot be kept. Delete them and type the text instead of pasting it.',
    })
  }
  const value = (multiline ? lines : lines.replace(/\s+/g, ' ')).normalize('NFC').trim()
  return [...value].length > max ? tooLong(input, rule, max) : accepted(raw, value)
}

/** A NIK or KK number, also with the dots, dashes or spaces people put between the digits. */
const PERSON_NUMBER = /(?<!\d)\d(?:[ .-]?\d){15}(?!\d)/

/**
 * `cleanText` for what is kept and shown as it is: a name, a place, a note. `E` too: a NIK or KK number among the words,
 * which would lie there unencrypted and be read by everyone who reads the text (ID-09).
 */
export function text(input: unknown, limits: TextLimits): Parsed<string> {
  const cleaned = cleanText(input, limits)
  if (!cleaned.ok || !PERSON_NUMBER.test(cleaned.value)) return cleaned
  return refused(cleaned.raw, 'ID-09', {
    id: 'Jangan tulis NIK atau nomor KK di sini. Hapus angka itu; isi NIK hanya pada kolom NIK.',
    en: 'Do not write a NIK or KK number here. Remove the digits; a NIK goes into the NIK field only.',
  })
}

/** Longer than any way of writing `max` characters: four code units each, for decomposed and astral letters. */
function isOverlong(input: unknown, max: number): input is string {
  return typeof input === 'string' && input.length > max * 4
}

function tooLong(input: string, rule: string, max: number): Parsed<string> {
  return refused(isOverlong(input, max) ? input.slice(0, max) : input, rule, {
    id: `Terlalu panjang: paling banyak ${max} huruf. Persingkat.`,
    en: `Too long: at most ${max} characters. Please shorten it.`,
  })
}
