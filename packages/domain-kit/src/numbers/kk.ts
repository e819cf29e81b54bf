import { accepted, type Parsed, refused, textOf } from '../notice.ts'
import { regencyNotices } from '../place/regions.ts'
import { dateOfTwoDigitYear, isFiller, readDigits, sixDigitDate } from './digits.ts'

/** What a No. KK says: PPKKCC, DDMMYY of the registration of the KK (no + 40), NNNN (ID-10). */
export interface KkParts {
  readonly region: string
  /** Not the issue date of the PPDB one-year test: `tanggal_terbit_kk` is kept apart (ID-11). */
  readonly registeredOn: Temporal.PlainDate
  readonly sequence: number
}

/** A household's number. It changes with the household: never a person's key (ID-10). */
export interface Kk extends KkParts {
  readonly digits: string
}

/** Reads a No. KK (ID-10). `E`: form or date; `W`: a region unknown today. Never throws. */
export function parseKk(
  input: unknown,
  { today, testRegion = false }: { today: Temporal.PlainDate; testRegion?: boolean },
): Parsed<Kk> {
  const raw = textOf(input)
  const read = readDigits(input, { length: 16, rule: 'ID-10', name: 'Nomor KK' })
  if ('problem' in read) return { ok: false, raw, problems: [read.problem] }
  const { digits } = read
  const registeredOn = dateOfTwoDigitYear(
    Number(digits.slice(10, 12)),
    Number(digits.slice(8, 10)),
    Number(digits.slice(6, 8)),
    today,
  )
  if (!registeredOn || isFiller(digits)) {
    return refused(raw, 'ID-10', {
      id: 'Ini bukan nomor KK. Salin nomor di kepala KK, bukan NIK anggota keluarga.',
      en: 'This is not a KK number. Copy the number at the head of the KK, not the NIK of a family member.',
    })
  }
  const kk = { digits, region: digits.slice(0, 6), registeredOn, sequence: Number(digits.slice(12)) }
  const warnings = testRegion && kk.region.startsWith('99') ? [] : regencyNotices(kk.region, 'ID-06')
  return accepted(raw, kk, warnings)
}

/** The 16 digits of these parts; the inverse of `parseKk`. */
export function formatKk(kk: KkParts): string {
  return kk.region + sixDigitDate(kk.registeredOn) + String(kk.sequence).padStart(4, '0')
}
