import { accepted, type Parsed, problem, text } from '@satuanak/domain-kit'
import { isOpenSidCode, OPENSID_NAMES, type OpenSidCode } from './domain-statuses.ts'

/** The first KTP-el were recorded in 2011; no status is older [K-h]. */
export const FIRST_KTP_EL = Temporal.Instant.from('2011-01-01T00:00:00Z')

/** In whose coding a file writes a status (KT-02). */
export const CODINGS = ['nasional', 'opensid'] as const
export type Coding = (typeof CODINGS)[number]

/** A status as a file says it: a national one by its name, or one of OpenSID's codes. */
export type FileStatus = { readonly code: string } | { readonly openSid: OpenSidCode }

/** A national status as it may be kept: the ministry's codes are capitals, digits and underscores, or spaces for them. */
export function statusText(input: unknown): Parsed<string> {
  const parsed = text(input, { rule: 'KT-01', max: 60 })
  return !parsed.ok || isCode(parsed.value) ? parsed : refusedAs(parsed.raw, NO_STATUS)
}

// Nine digits in a row are no part of a code, and may be of a NIK that stands in the wrong column (ID-09).
const isCode = (word: string): boolean => /^[A-Z][A-Z0-9_ -]*$/i.test(word) && !/\d{9}/.test(word)

/**
 * A status cell, text or number, in the coding of its file. In OpenSID's: 1 to 8 or their names; another whole number
 * below 100 is one that this house does not know and is kept as `OPENSID_<number>` (KT-01).
 */
export function fileStatus(cell: unknown, coding: Coding): Parsed<FileStatus> {
  const written = typeof cell === 'number' ? String(cell) : cell
  const number = typeof written === 'string' && /^\d{1,2}$/.test(written) ? Number(written) : null
  if (coding === 'opensid' && number !== null) {
    return accepted(String(number), isOpenSidCode(number) ? { openSid: number } : { code: `OPENSID_${number}` })
  }
  if (number !== null) return refusedAs(String(number), NO_NAME)
  const parsed = statusText(written)
  if (!parsed.ok) return parsed
  const named = coding === 'opensid' ? OPENSID_NAMES.get(parsed.value.toUpperCase().replace(/[ _-]+/g, ' ')) : undefined
  return { ...parsed, value: named === undefined ? { code: parsed.value } : { openSid: named } }
}

const refusedAs = <T>(raw: string, why: ReturnType<typeof problem>): Parsed<T> => ({ ok: false, raw, problems: [why] })

const NO_STATUS = problem('KT-01', {
  id: 'Ini bukan kode status KTP-el. Salin kodenya dari SIAK, misalnya PRINT_READY_RECORD.',
  en: 'This is no KTP-el status code. Copy the code from SIAK, such as PRINT_READY_RECORD.',
})

const NO_NAME = problem('KT-02', {
  id: 'Status berupa angka. Bila file ini dari OpenSID, impor dengan --coding opensid; bila dari SIAK, tulis nama statusnya.',
  en: 'The status is a number. If the file is OpenSID’s, import it with --coding opensid; if it is SIAK’s, write the status’ name.',
})
