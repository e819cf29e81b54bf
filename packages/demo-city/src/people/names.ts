import type { Sex } from '@satuanak/contracts'
import type { Random } from '../random.ts'
import {
  ARAB_FIRST,
  ARAB_LAST,
  ARAB_MIDDLE,
  JAVANESE_FIRST,
  JAVANESE_LAST,
  SINGLE,
  SURNAMES,
  WESTERN,
} from './name-lists.ts'

/** How a family names its children (EC-08, EC-09). */
export type NameStyle = 'JAVANESE' | 'ARAB_JAVANESE' | 'CHINESE_INDONESIAN' | 'ONE_WORD'

/** Shares of the four styles; made up, leaning on the look of the city's lists of names. */
export function chooseStyle(random: Random): NameStyle {
  const share = random.next()
  if (share < 0.56) return 'JAVANESE'
  if (share < 0.89) return 'ARAB_JAVANESE'
  return share < 0.94 ? 'CHINESE_INDONESIAN' : 'ONE_WORD'
}

/** A full name. `surname` only matters where the style has one. */
export function givenName(random: Random, style: NameStyle, sex: Sex, surname: string): string {
  switch (style) {
    case 'JAVANESE':
      return `${random.often(JAVANESE_FIRST[sex])} ${random.often(JAVANESE_LAST[sex])}`
    case 'ARAB_JAVANESE': {
      const first = random.often(ARAB_FIRST[sex])
      const middle = random.often(ARAB_MIDDLE[sex])
      return random.chance(0.55) ? `${first} ${middle} ${random.often(ARAB_LAST[sex])}` : `${first} ${middle}`
    }
    case 'CHINESE_INDONESIAN':
      return random.chance(0.4)
        ? `${random.often(WESTERN[sex])} ${random.often(JAVANESE_FIRST[sex])} ${surname}`
        : `${random.often(WESTERN[sex])} ${surname}`
    case 'ONE_WORD':
      return random.often(SINGLE[sex])
  }
}

export const surnameOf = (random: Random): string => random.often(SURNAMES)

/** The generation before: more one-word names. */
export function parentName(random: Random, style: NameStyle, sex: Sex, surname: string): string {
  const older = style !== 'CHINESE_INDONESIAN' && random.chance(0.18)
  return givenName(random, older ? 'ONE_WORD' : style, sex, surname)
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^Muhammad\b/, 'Moch.'],
  [/^Muhammad\b/, 'M.'],
  [/^Mohamad\b/, 'Muhammad'],
  [/^Ahmad\b/, 'Achmad'],
  [/^Siti\b/, 'St.'],
  [/^Abdul\b/, 'Abd.'],
  [/u/, 'oe'],
  [/j/, 'dj'],
  [/sy/, 'sj'],
  [/q/, 'k'],
  [/z/, 's'],
  [/fi/, 'vi'],
  [/ya/, 'ia'],
]

/** The same name as another clerk heard or typed it (ID-20, EC-08): never the same text, always the same person. */
export function otherSpelling(random: Random, name: string): string {
  const words = name.split(' ')
  const kind = random.below(4)
  if (kind === 0 && words.length > 1) return words.slice(0, -1).join(' ')
  if (kind !== 3) {
    const fitting = SPELLINGS.filter(([heard]) => heard.test(name))
    const [heard, written] = fitting.length > 0 ? random.pick(fitting) : [/$/, '']
    const spelt = name.replace(heard, written)
    if (spelt !== name) return spelt
  }
  return slipOfTheFinger(random, name)
}

export function slipOfTheFinger(random: Random, name: string): string {
  const at = random.between(1, name.length - 2)
  const swapped = `${name.slice(0, at)}${name[at + 1]}${name[at]}${name.slice(at + 2)}`
  const plain = swapped !== name && name[at] !== ' ' && name[at + 1] !== ' '
  return plain ? swapped : `${name}${name.at(-1)}`
}
