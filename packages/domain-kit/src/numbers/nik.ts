import { accepted, isBlank, type Notice, type Parsed, refused, textOf, warning } from '../notice.ts'
import { ageOn, type BirthDate } from '../person/birth-date.ts'
import { regencyNotices } from '../place/regions.ts'
import { dateOfTwoDigitYear, isFiller, readDigits, sixDigitDate, stripSeparators } from './digits.ts'

/** `L` laki-laki, `P` perempuan, as the papers write it. */
export type Sex = 'L' | 'P'

/** What the 16 digits say: PP KK CC of first registration, DDMMYY (a woman's day + 40), NNNN (ID-01). */
export interface NikParts {
  /** Six digits without dots: where the person was *first registered*, not where they live. */
  readonly region: string
  /** As encoded. The akta decides the birth date, not this (ID-05). */
  readonly birthDate: Temporal.PlainDate
  readonly sex: Sex
  /** 1 to 9999. */
  readonly sequence: number
}

export interface Nik extends NikParts {
  /** The 16 digits. Never a key, never in a URL, an event or a log (ID-09). */
  readonly digits: string
}

export interface NikOptions {
  readonly today: Temporal.PlainDate
  /** Of a child, an age over 25 is flagged (ID-04). Default `child`. */
  readonly whose?: 'child' | 'adult'
  /** True where synthetic numbers are at home (demo, tests): region 99 is then not flagged (PV-17). */
  readonly testRegion?: boolean
}

const OLDEST_CHILD = 25

/**
 * Reads a NIK (ID-01 to ID-07). `E`: not 16 digits, all digits equal, NNNN 0000, a day, month or date that does not
 * exist, or a spreadsheet's leftovers. `W`: a region unknown today, a child over 25. Never throws.
 */
export function parseNik(input: unknown, options: NikOptions): Parsed<Nik> {
  const raw = textOf(input)
  const read = readDigits(input, { length: 16, rule: 'ID-02', name: 'NIK' })
  if ('problem' in read) return { ok: false, raw, problems: [read.problem] }
  const { digits } = read
  if (isFiller(digits)) {
    return refused(raw, 'ID-02', {
      id: 'Ini bukan NIK, hanya angka pengisi. Salin NIK dari KK atau KTP, atau kosongkan bila anak belum punya NIK.',
      en: 'This is filler, not a NIK. Copy it from the KK or KTP, or leave it empty if the child has none yet.',
    })
  }
  const parts = readParts(digits, options.today)
  if (!parts) {
    return refused(raw, 'ID-03', {
      id: 'Tanggal di dalam NIK tidak ada di kalender. Periksa angka ke-7 sampai ke-12 pada KK atau KTP.',
      en: 'The date inside this NIK does not exist. Check its digits 7 to 12 on the KK or KTP.',
    })
  }
  return accepted(raw, { digits, ...parts }, nikWarnings(parts, options))
}

function readParts(digits: string, today: Temporal.PlainDate): NikParts | null {
  const day = Number(digits.slice(6, 8))
  const isWoman = day > 40
  const birthDate = dateOfTwoDigitYear(
    Number(digits.slice(10, 12)),
    Number(digits.slice(8, 10)),
    isWoman ? day - 40 : day,
    today,
  )
  if (!birthDate) return null
  return { region: digits.slice(0, 6), birthDate, sex: isWoman ? 'P' : 'L', sequence: Number(digits.slice(12)) }
}

function nikWarnings(nik: NikParts, { today, whose = 'child', testRegion = false }: NikOptions): Notice[] {
  const ofRegion = testRegion && nik.region.startsWith('99') ? [] : regencyNotices(nik.region, 'ID-06')
  if (whose === 'adult' || ageOn(today, nik.birthDate) <= OLDEST_CHILD) return ofRegion
  return [
    ...ofRegion,
    warning('ID-04', {
      id: `Menurut NIK ini umurnya lebih dari ${OLDEST_CHILD} tahun. Periksa apakah ini NIK anak, bukan NIK orang tua.`,
      en: `By this NIK the person is over ${OLDEST_CHILD}. Check that it is the child's NIK and not a parent's.`,
    }),
  ]
}

/** The 16 digits of these parts; the inverse of `parseNik`. */
export function formatNik(nik: NikParts): string {
  return nik.region + sixDigitDate(nik.birthDate, nik.sex === 'P' ? 40 : 0) + String(nik.sequence).padStart(4, '0')
}

/** Only the last four digits, for showing (PV-10). Anything that is no NIK is masked whole. */
export function maskNik(digits: string): string {
  const shown = /^\d{16}$/.test(digits) ? digits.slice(-4) : '****'
  return '*'.repeat(12) + shown
}

/**
 * Where the NIK and the declared birth date or sex differ. A NIK never changes, not even when the birth date is
 * corrected (ID-05, PP 40/2019 art. 30(2)): so always `W`, never `E`. Of the birth date only what its precision knows
 * is compared.
 */
export function compareNik(nik: NikParts, declared: { birthDate?: BirthDate | null; sex?: Sex | null }): Notice[] {
  const notices: Notice[] = []
  if (declared.birthDate && differs(nik.birthDate, declared.birthDate)) {
    notices.push(
      warning('ID-05', {
        id: 'Tanggal lahir berbeda dari yang tersirat pada NIK. Yang dipakai adalah akta; cocokkan dengan akta.',
        en: 'The birth date differs from the one in the NIK. The akta decides: compare with the akta.',
      }),
    )
  }
  if (declared.sex && declared.sex !== nik.sex) {
    notices.push(
      warning('ID-05', {
        id: 'Jenis kelamin berbeda dari yang tersirat pada NIK. Cocokkan dengan akta atau KK.',
        en: 'The sex differs from the one in the NIK. Compare with the akta or KK.',
      }),
    )
  }
  return notices
}

function differs(encoded: Temporal.PlainDate, { date, precision }: BirthDate): boolean {
  switch (precision) {
    case 'HARI':
      return !encoded.equals(date)
    case 'BULAN':
      return encoded.year !== date.year || encoded.month !== date.month
    case 'TAHUN':
      return encoded.year !== date.year
    case 'TAKSIRAN':
      return false
  }
}

const FEWEST_ROWS = 3

/** What was seen of a column of numbers so far: enough for its verdict, however long the file is. */
export interface ColumnSeen {
  readonly filled: number
  /** Of these, the texts whose last digit is 0. */
  readonly endingInZero: number
}

/** The column with one more cell. Blank cells do not count. */
export function seeCell(seen: ColumnSeen, cell: unknown): ColumnSeen {
  if (isBlank(cell)) return seen
  const endsInZero = typeof cell === 'string' && stripSeparators(cell).endsWith('0')
  return { filled: seen.filled + 1, endingInZero: seen.endingInZero + (endsInZero ? 1 : 0) }
}

/**
 * A column of NIK or KK numbers that all end in 0 has passed through numeric cells, which keep 15 digits (ID-07): one
 * `W` for the column. Fewer than three numbers prove nothing.
 */
export function columnLostLastDigit({ filled, endingInZero }: ColumnSeen): Notice | null {
  if (filled < FEWEST_ROWS || endingInZero < filled) return null
  return warning('ID-07', {
    id: 'Semua nomor di kolom ini berakhir 0: angka ke-16 mungkin hilang di Excel. Periksa beberapa baris dengan KK.',
    en: 'Every number in this column ends in 0: a spreadsheet may have lost the 16th digit. Check some rows with the KK.',
  })
}
