import { accepted, type Parsed, refused, textOf, warning } from '../notice.ts'
import { readDigits, stripSeparators } from './digits.ts'

/** A pupil's national number: 10 digits, leading zeros matter (ID-12). */
export type Nisn = string

/**
 * Reads a NISN (ID-12). With the birth year, a mismatch of the first three digits is `W`: such numbers are valid.
 * Eight or nine digits have lost leading zeros in a spreadsheet: refused, with the padded number as `proposal` for a
 * human to confirm. Never throws.
 */
export function parseNisn(input: unknown, { birthYear }: { birthYear?: number | null } = {}): Parsed<Nisn> {
  const raw = textOf(input)
  const read = readDigits(input, { length: 10, rule: 'ID-12', name: 'NISN' })
  if ('problem' in read) return shortened(raw) ?? { ok: false, raw, problems: [read.problem] }
  const { digits } = read
  if (birthYear == null || digits.slice(0, 3) === String(birthYear).slice(-3)) return accepted(raw, digits)
  return accepted(raw, digits, [
    warning('ID-12', {
      id: 'Tiga angka pertama NISN biasanya tahun lahir. Cocokkan dengan rapor; bila memang begitu, lanjutkan.',
      en: 'The first three digits usually are the birth year. Compare with the report card; if it is so, go on.',
    }),
  ])
}

function shortened(raw: string): Parsed<Nisn> | null {
  const digits = stripSeparators(raw)
  if (!/^\d{8,9}$/.test(digits)) return null
  const refusal = refused(raw, 'ID-12', {
    id: 'NISN kurang dari 10 angka: nol di depan mungkin hilang di Excel. Tambahkan nol di depan bila cocok dengan rapor.',
    en: 'Fewer than 10 digits: a spreadsheet may have dropped leading zeros. Add them if the report card agrees.',
  })
  return { ...refusal, proposal: digits.padStart(10, '0') }
}
