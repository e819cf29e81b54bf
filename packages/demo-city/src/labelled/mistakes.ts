import type { KelurahanCode, Particulars } from '@satuanak/contracts'
import { otherSpelling, slipOfTheFinger } from '../people/names.ts'
import type { Random } from '../random.ts'

type Known = Particulars
/** One thing that goes wrong when a child is written down again; null where it cannot go wrong for this child. */
type Mistake = (random: Random, known: Known, elsewhere: readonly KelurahanCode[]) => Partial<Known> | null | ''

const named = (name: string | null, before: string): Partial<Known> | null =>
  name === null || name === before ? null : { name }
const withMother = (motherName: string | null, before: string | null): Partial<Known> | null =>
  motherName === before ? null : { motherName }

/** Any one word left out, but never the only one. */
function withoutWord(random: Random, name: string): string | null {
  const words = name.split(' ')
  if (words.length < 2) return null
  const at = random.below(words.length)
  return words.filter((_, there) => there !== at).join(' ')
}

/** What the child, or its mother, is called at home. */
const oneWordOf = (random: Random, name: string): string => random.pick(name.split(' '))

function reordered(random: Random, name: string): string | null {
  const words = name.split(' ')
  if (words.length < 2) return null
  const at = random.between(1, words.length - 1)
  return [...words.slice(at), ...words.slice(0, at)].join(' ')
}

function initialled(name: string): string | null {
  const words = name.split(' ')
  const last = words.at(-1) ?? ''
  return words.length < 2 || last.length < 3 ? null : [...words.slice(0, -1), `${last[0]}.`].join(' ')
}

const exactDate = ({ birthDate, birthDatePrecision }: Known): string | null =>
  birthDatePrecision === 'HARI' ? birthDate : null

function swapped(known: Known): Partial<Known> | null {
  const [year, month = '', day = ''] = exactDate(known)?.split('-') ?? []
  return day > '12' || day === month || year === undefined ? null : { birthDate: `${year}-${day}-${month}` }
}

/** One digit of day, month or year typed wrongly, such that the calendar still has the date. */
function wrongDigit(random: Random, known: Known): Partial<Known> | null {
  const date = exactDate(known)
  if (date === null) return null
  for (let tries = 0; tries < 20; tries += 1) {
    const at = random.pick([3, 5, 6, 8, 9])
    const typed: string = date.slice(0, at) + random.below(10) + date.slice(at + 1)
    const real = !Number.isNaN(Date.parse(typed)) && new Date(typed).toISOString().startsWith(typed)
    if (typed !== date && real && typed < '2026') return { birthDate: typed }
  }
  return null
}

function roughly(precision: Known['birthDatePrecision']): Mistake {
  return (random, known) => {
    const date = exactDate(known)
    if (date === null) return null
    const year = Number(date.slice(0, 4)) - (precision === 'TAKSIRAN' ? random.below(2) : 0)
    return {
      birthDate: precision === 'BULAN' ? `${date.slice(0, 7)}-15` : `${year}-07-01`,
      birthDatePrecision: precision,
    }
  }
}

function moved(random: Random, { address }: Known, elsewhere: readonly KelurahanCode[]): Partial<Known> | null {
  if (address === null) return null
  const number = (most: number) => String(random.between(1, most)).padStart(3, '0')
  return { address: { kelurahan: random.pick(elsewhere), rt: number(9), rw: number(14), line: null } }
}

/**
 * What goes wrong, by what it is called in the figures, and how often against the others. The shares are made up
 * (there is no published study of the city's own registers); a list that errs more is harder, not easier.
 */
export const MISTAKES: Readonly<Record<string, readonly [weight: number, mistake: Mistake]>> = {
  'name spelt otherwise': [16, (random, { name }) => named(otherSpelling(random, name), name)],
  'name with a slip': [12, (random, { name }) => named(slipOfTheFinger(random, name), name)],
  'name in part': [8, (random, { name }) => named(withoutWord(random, name), name)],
  'name as called': [4, (random, { name }) => named(oneWordOf(random, name), name)],
  'name in another order': [3, (random, { name }) => named(reordered(random, name), name)],
  'name with an initial': [3, (_, { name }) => named(initialled(name), name)],
  'birth date swapped': [4, (_, known) => swapped(known)],
  'birth date with a wrong digit': [5, wrongDigit],
  'birth year only': [7, roughly('TAHUN')],
  'birth month only': [3, roughly('BULAN')],
  'birth year estimated': [3, roughly('TAKSIRAN')],
  'birth date missing': [1, (_, { birthDate }) => birthDate && { birthDate: null, birthDatePrecision: 'TAKSIRAN' }],
  'mother spelt otherwise': [
    9,
    (random, { motherName }) => motherName && withMother(otherSpelling(random, motherName), motherName),
  ],
  'mother as called': [
    4,
    (random, { motherName }) => motherName && withMother(oneWordOf(random, motherName), motherName),
  ],
  'mother missing': [6, (_, { motherName }) => withMother(null, motherName)],
  'family moved': [10, moved],
  'neighbourhood not known': [
    5,
    (_, { address }) => address && { address: { ...address, rt: null, rw: null, line: null } },
  ],
  'address missing': [2, (_, { address }) => address && { address: null }],
  'sex mistaken': [0.4, (_, { sex }) => ({ sex: sex === 'L' ? 'P' : 'L' })],
}
