import { accepted, type Parsed, refused, textOf } from '../notice.ts'
import { readDigits, realDate } from './digits.ts'
import type { Sex } from './nik.ts'

/** What a civil servant's number says: YYYYMMDD of birth, YYYYMM of appointment, 1 or 2 for the sex, NNN (ID-16). */
export interface NipParts {
  readonly birthDate: Temporal.PlainDate
  readonly appointedYear: number
  /** Null for PPPK, whose number carries 21 in the month's place. */
  readonly appointedMonth: number | null
  readonly kind: 'PNS' | 'PPPK'
  readonly sex: Sex
  readonly sequence: number
}

export interface Nip extends NipParts {
  readonly digits: string
}

const PPPK_MONTH = 21

/** Reads a NIP (ID-16), that of a PPPK too. `E`: form, or a birth date or month that does not exist. Never throws. */
export function parseNip(input: unknown): Parsed<Nip> {
  const raw = textOf(input)
  const read = readDigits(input, { length: 18, rule: 'ID-16', name: 'NIP' })
  if ('problem' in read) return { ok: false, raw, problems: [read.problem] }
  const { digits } = read
  const part = (from: number, to: number) => Number(digits.slice(from, to))
  const birthDate = realDate(part(0, 4), part(4, 6), part(6, 8))
  const [appointedYear, month, sex] = [part(8, 12), part(12, 14), part(14, 15)]
  const isPppk = month === PPPK_MONTH
  const fits = birthDate && appointedYear > birthDate.year && (isPppk || (month >= 1 && month <= 12))
  if (!fits || sex < 1 || sex > 2) {
    return refused(raw, 'ID-16', {
      id: 'NIP tidak sesuai susunannya (lahir, pengangkatan, jenis kelamin, urut). Salin lagi dari SK atau kartu pegawai.',
      en: 'This NIP does not fit its form (birth, appointment, sex, sequence). Copy it again from the decree or the card.',
    })
  }
  return accepted(raw, {
    digits,
    birthDate,
    appointedYear,
    appointedMonth: isPppk ? null : month,
    kind: isPppk ? 'PPPK' : 'PNS',
    sex: sex === 1 ? 'L' : 'P',
    sequence: part(15, 18),
  })
}

/** The 18 digits of these parts; the inverse of `parseNip`. */
export function formatNip(nip: NipParts): string {
  const digits = (value: number, width: number) => String(value).padStart(width, '0')
  const { year, month, day } = nip.birthDate
  const birth = digits(year, 4) + digits(month, 2) + digits(day, 2)
  const appointment = digits(nip.appointedYear, 4) + digits(nip.appointedMonth ?? PPPK_MONTH, 2)
  return birth + appointment + (nip.sex === 'L' ? '1' : '2') + digits(nip.sequence, 3)
}
