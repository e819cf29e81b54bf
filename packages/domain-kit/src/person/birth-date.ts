import { accepted, information, isBlank, type Notice, type Parsed, REQUIRED, refused, warning } from '../notice.ts'
import { realDate } from '../numbers/digits.ts'

/** How exactly a birth date is known (ID-22): the day, the month, the year, or only by estimate. */
export type Precision = 'HARI' | 'BULAN' | 'TAHUN' | 'TAKSIRAN'

/**
 * A birth date and how far it can be trusted. Where the day is not known, `date` is what SIAK writes: the 15th of the
 * month, or 1 July of the year (ID-22).
 */
export interface BirthDate {
  readonly date: Temporal.PlainDate
  readonly precision: Precision
}

export interface BirthDateOptions {
  readonly today: Temporal.PlainDate
  /** As declared. Without it, by the form of the text: a whole date HARI, `2013-05` BULAN, `2013` TAHUN, `±2013` TAKSIRAN. */
  readonly precision?: Precision
  /** Ages in whole years that the service expects; outside them `W` (EC-17). */
  readonly expected?: { readonly from: number; readonly to: number }
}

const OLDEST = 120

/**
 * Reads a birth date: `2013-05-20`, `20-05-2013`, `2013-05`, `2013`, `±2013`, or a `Temporal.PlainDate`. `E`: not a
 * date, in the future (EC-17), over 120 years ago, or less than the declared precision. `W`: a day that SIAK writes for
 * an unknown one (EC-11), an age outside `expected`. Never throws.
 */
export function parseBirthDate(input: unknown, options: BirthDateOptions): Parsed<BirthDate> {
  const raw = input instanceof Temporal.PlainDate ? input.toString() : typeof input === 'string' ? input : ''
  if (isBlank(input)) return refused(raw, 'ID-22', REQUIRED)
  const written = readWritten(raw)
  const precision = options.precision ?? written?.precision
  if (!written || !precision || FINENESS[precision] > FINENESS[written.precision]) {
    return refused(raw, 'ID-22', {
      id: 'Tanggal lahir tidak lengkap atau tidak ada di kalender. Tulis misalnya 2013-05-20, atau pilih presisi yang lebih kasar.',
      en: 'The birth date is incomplete or does not exist. Write it like 2013-05-20, or choose a coarser precision.',
    })
  }
  const birthDate = { date: byConvention(written.date, precision), precision }
  if (isFuture(birthDate, options.today) || ageOn(options.today, birthDate.date) > OLDEST) {
    return refused(raw, 'EC-17', {
      id: 'Tanggal lahir tidak mungkin: belum terjadi, atau lebih dari 120 tahun lalu. Periksa tahunnya.',
      en: 'This birth date cannot be: it has not come yet, or is over 120 years ago. Check the year.',
    })
  }
  return accepted(raw, birthDate, birthDateNotices(birthDate, written, options))
}

/** The finer, the higher. An estimate may be written as coarsely as one likes. */
const FINENESS = { HARI: 3, BULAN: 2, TAHUN: 1, TAKSIRAN: 0 } as const satisfies Record<Precision, number>

function readWritten(raw: string): BirthDate | null {
  const text = raw.length > 32 ? '' : raw.trim()
  const yearFirst = /^(?<y>\d{4})(?:-(?<m>\d{2})(?:-(?<d>\d{2}))?)?$/.exec(text)
  const dayFirst = /^(?<d>\d{1,2})[-/.](?<m>\d{1,2})[-/.](?<y>\d{4})$/.exec(text)
  const estimate = /^[±~]\s?(?<y>\d{4})$/.exec(text)
  const { y, m, d } = (yearFirst ?? dayFirst ?? estimate)?.groups ?? {}
  if (!y) return null
  const date = realDate(Number(y), Number(m ?? 1), Number(d ?? 1))
  if (!date) return null
  return { date, precision: estimate ? 'TAKSIRAN' : d ? 'HARI' : m ? 'BULAN' : 'TAHUN' }
}

/** Whatever was typed, an unknown day is written as SIAK writes it, so that two agencies write the same (ID-22). */
function byConvention(date: Temporal.PlainDate, precision: Precision): Temporal.PlainDate {
  switch (precision) {
    case 'HARI':
      return date
    case 'BULAN':
      return date.with({ day: 15 })
    case 'TAHUN':
    case 'TAKSIRAN':
      return date.with({ month: 7, day: 1 })
  }
}

/** Compared no finer than it is known: 1 July stands for this year even in March. */
function isFuture({ date, precision }: BirthDate, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(date, byConvention(today, precision)) > 0
}

function birthDateNotices(birthDate: BirthDate, written: BirthDate, options: BirthDateOptions): Notice[] {
  const notices: Notice[] = []
  if (birthDate.precision === 'HARI' && mayStandForUnknown(birthDate.date)) {
    notices.push(
      warning('EC-11', {
        id: 'Tanggal ini sering ditulis bila hari lahir tidak diketahui. Tanyakan; bila memang tidak tahu, ubah presisinya.',
        en: 'This date is often written when the day is unknown. Ask; if it is not known, change the precision.',
      }),
    )
  }
  if (written.precision === 'HARI' && !birthDate.date.equals(written.date)) {
    notices.push(
      information('ID-22', {
        id: 'Hari lahir tidak diketahui: disimpan seperti SIAK menulisnya (tanggal 15, atau 1 Juli).',
        en: 'The day is not known: kept as SIAK writes it (the 15th, or 1 July).',
      }),
    )
  }
  const age = ageOn(options.today, birthDate.date)
  if (options.expected && (age < options.expected.from || age > options.expected.to)) {
    const { from, to } = options.expected
    notices.push(
      warning('EC-17', {
        id: `Umurnya di luar ${from} sampai ${to} tahun. Periksa tanggal lahir, atau apakah layanan ini tepat untuknya.`,
        en: `The age is outside ${from} to ${to}. Check the birth date, or whether this is the right service.`,
      }),
    )
  }
  return notices
}

/** 1 July, 31 December and the 15th of any month: what offices write for an unknown day (EC-11, ID-22). */
export function mayStandForUnknown({ month, day }: Temporal.PlainDate): boolean {
  return day === 15 || (month === 7 && day === 1) || (month === 12 && day === 31)
}

/** The shortest text that says what is known: `2013-05-20`, `2013-05`, `2013`, `±2013`; `parseBirthDate` reads it back. */
export function formatBirthDate({ date, precision }: BirthDate): string {
  switch (precision) {
    case 'HARI':
      return date.toString()
    case 'BULAN':
      return date.toString().slice(0, 7)
    case 'TAHUN':
      return date.toString().slice(0, 4)
    case 'TAKSIRAN':
      return `±${date.toString().slice(0, 4)}`
  }
}

/** Whether a rule that turns on the exact day (17th birthday, tie by age) may run without an officer's word (ID-22). */
export function isOfExactPrecision({ precision }: BirthDate): boolean {
  return precision === 'HARI'
}

/**
 * Age in whole years on `today`; the birthday itself counts (EC-40). Who is born on 29 February turns a year older on
 * 1 March of a common year. Zero before birth.
 */
export function ageOn(today: Temporal.PlainDate, birthDate: Temporal.PlainDate): number {
  const isBeforeBirthday =
    today.month < birthDate.month || (today.month === birthDate.month && today.day < birthDate.day)
  return Math.max(0, today.year - birthDate.year - (isBeforeBirthday ? 1 : 0))
}

/** The first day on which `ageOn` is `years`: the 17th birthday that a recorded card waits for (ID-30). */
export function dateOfAge(birthDate: Temporal.PlainDate, years: number): Temporal.PlainDate {
  const constrained = birthDate.add({ years })
  return constrained.day === birthDate.day ? constrained : constrained.add({ days: 1 })
}
