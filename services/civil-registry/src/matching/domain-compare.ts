import type { Particulars, Precision, Sex } from '@satuanak/contracts'
import { compareNames, NAME_OUTCOMES, type NameForm, nameForm } from './domain-names.ts'

/** Written so that a child can be told from another; a registry's record, or one that is coming in. */
export type Sought = Omit<Particulars, 'nik' | 'birthPlace'> & {
  /** The NIK's blind index, as hexadecimal digits: the NIK itself is never compared (ID-09). */
  readonly nikIndex: string | null
}

/** What is compared of a child, read once for all its comparisons. */
export interface Described {
  readonly nikIndex: string | null
  readonly name: NameForm
  readonly birth: Birth | null
  readonly mother: NameForm | null
  readonly sex: Sex
  readonly kelurahan: string | null
  /** RT and RW, where both are known. */
  readonly neighbourhood: string | null
}

export interface Birth {
  /** `2013-05-20`. */
  readonly date: string
  readonly precision: Precision
}

export function describeChild(child: Sought): Described {
  const { rt = null, rw = null } = child.address ?? {}
  return {
    nikIndex: child.nikIndex,
    name: nameForm(child.name),
    birth: child.birthDate === null ? null : { date: child.birthDate, precision: child.birthDatePrecision },
    mother: motherForm(child.motherName),
    sex: child.sex,
    kelurahan: child.address?.kelurahan ?? null,
    neighbourhood: rt === null || rw === null ? null : `${rt}/${rw}`,
  }
}

/** What offices write where nobody knows the mother: no name, or all foundlings were brothers and sisters (EC-12). */
const NOBODY: ReadonlySet<string> = new Set(
  'TIDAK DIKETAHUI|TDK DIKETAHUI|TAK DIKETAHUI|BELUM DIKETAHUI|TIDAK TAHU|TIDAK ADA|TANPA NAMA|NN'.split('|'),
)

function motherForm(name: string | null): NameForm | null {
  if (name === null) return null
  const form = nameForm(name)
  return NOBODY.has(form.words.join(' ')) ? null : form
}

/** What can come out of comparing a field, the best first. MISSING: one of the two does not say. */
export const OUTCOMES = {
  NIK: ['SAME', 'DIFFERENT', 'MISSING'],
  NAME: NAME_OUTCOMES,
  BIRTH_DATE: [
    'EXACT',
    'SAME_MONTH',
    'SAME_YEAR',
    'ESTIMATED',
    'SWAPPED',
    'ONE_DIGIT',
    'YEAR_ONLY',
    'DIFFERENT',
    'MISSING',
  ],
  MOTHER: [...NAME_OUTCOMES, 'MISSING'],
  SEX: ['SAME', 'DIFFERENT'],
  ADDRESS: ['SAME_RT', 'SAME_KELURAHAN', 'DIFFERENT', 'MISSING'],
} as const

export const FIELDS = Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[]
export type Field = keyof typeof OUTCOMES
export type OutcomeOf<F extends Field> = (typeof OUTCOMES)[F][number]
export type Outcome = OutcomeOf<Field>
/** The outcome of every field. */
export type Comparison = { readonly [F in Field]: OutcomeOf<F> }

/** Compares two children field by field. Symmetric. */
export function compareChildren(one: Described, other: Described): Comparison {
  return {
    NIK: compareNik(one.nikIndex, other.nikIndex),
    NAME: compareNames(one.name, other.name),
    BIRTH_DATE: compareBirth(one.birth, other.birth),
    MOTHER: one.mother === null || other.mother === null ? 'MISSING' : compareNames(one.mother, other.mother),
    SEX: one.sex === other.sex ? 'SAME' : 'DIFFERENT',
    ADDRESS: compareAddress(one, other),
  }
}

function compareNik(one: string | null, other: string | null): OutcomeOf<'NIK'> {
  if (one === null || other === null) return 'MISSING'
  return one === other ? 'SAME' : 'DIFFERENT'
}

function compareAddress(one: Described, other: Described): OutcomeOf<'ADDRESS'> {
  if (one.kelurahan === null || other.kelurahan === null) return 'MISSING'
  if (one.kelurahan !== other.kelurahan) return 'DIFFERENT'
  return one.neighbourhood !== null && one.neighbourhood === other.neighbourhood ? 'SAME_RT' : 'SAME_KELURAHAN'
}

/**
 * No finer than the coarser of the two is known (ID-22): SAME_MONTH and SAME_YEAR agree as far as they go, ESTIMATED
 * lies within a year of an estimate. Of two whole dates: SWAPPED day for month, ONE_DIGIT one digit wrong or two
 * exchanged, YEAR_ONLY nothing else in common. A whole date that offices write for an unknown day counts as such where
 * the two would otherwise differ (EC-11).
 */
export function compareBirth(one: Birth | null, other: Birth | null): OutcomeOf<'BIRTH_DATE'> {
  if (one === null || other === null) return 'MISSING'
  if (one.date === other.date && one.precision === 'HARI' && other.precision === 'HARI') return 'EXACT'
  if (one.precision === 'TAKSIRAN' || other.precision === 'TAKSIRAN') {
    return Math.abs(yearOf(one) - yearOf(other)) <= 1 ? 'ESTIMATED' : 'DIFFERENT'
  }
  const [first, second] = [sureness(one), sureness(other)]
  const coarser = Math.min(first, second)
  if (coarser === DAY) return compareDays(one.date, other.date)
  if (coarser === MONTH && one.date.slice(0, 7) === other.date.slice(0, 7)) return 'SAME_MONTH'
  if (yearOf(one) === yearOf(other)) return coarser === MONTH ? 'YEAR_ONLY' : 'SAME_YEAR'
  return one.precision === 'HARI' && other.precision === 'HARI' ? compareDays(one.date, other.date) : 'DIFFERENT'
}

const [YEAR, MONTH, DAY] = [1, 2, 3]

const yearOf = ({ date }: Birth): number => Number(date.slice(0, 4))

/** How much of a date to believe: 1 July and 31 December may stand for a year, the 15th for a month (EC-11). */
function sureness({ date, precision }: Birth): number {
  if (precision === 'TAHUN' || date.endsWith('-07-01') || date.endsWith('-12-31')) return YEAR
  return precision === 'BULAN' || date.endsWith('-15') ? MONTH : DAY
}

function compareDays(one: string, other: string): OutcomeOf<'BIRTH_DATE'> {
  const [year, month, day] = one.split('-')
  if (other === `${year}-${day}-${month}`) return 'SWAPPED'
  if (isOneSlip(one, other)) return 'ONE_DIGIT'
  return other.startsWith(`${year}-`) ? 'YEAR_ONLY' : 'DIFFERENT'
}

function isOneSlip(one: string, other: string): boolean {
  const wrong = [...one].flatMap((digit, at) => (digit === other[at] ? [] : [at]))
  const [first, second] = wrong
  if (first === undefined || wrong.length > 2) return false
  if (second === undefined) return true
  return one[first] === other[second] && one[second] === other[first] && second - first === 1
}
