import { skeletonOf } from '@satuanak/domain-kit'
import type { Described } from './domain-compare.ts'
import { isCommon, type NameForm } from './domain-names.ts'

/** Words of a name that are asked for; a fifth adds nothing that finds anybody. */
const MOST_WORDS = 4
/** How many records one key may bring in: beyond it says too little, and other keys find the child. */
export const ROWS_PER_KEY = 60

/**
 * The keys a child is found by: whoever shares one with another is compared with it, and nobody else is. Each is one
 * way for two records of a child to be apart, and is narrow enough to be an index lookup of few rows in a city of a
 * million. Written down beside the record and looked up by the same function, in the database and in the benchmark.
 *
 * | by | finds, though |
 * |---|---|
 * | whole name + year, + kelurahan, + mother | the day is wrong; the year too; it moved |
 * | birth date + a word of the name | the other words are wrong, the mother unknown |
 * | birth date + mother, birth date + kelurahan | the name is another one altogether |
 * | mother + a word of the name | date missing, moved |
 * | mother + year | name and day are wrong |
 * | year + kelurahan + a word of the name | mother missing, day unknown, a part of the name left out |
 * | RT and RW + mother, + a word of the name | date wrong, name or mother misheard: the same home |
 *
 * Names by what is heard without vowels (`skeletonOf`), dates with day and month in either order (ID-20, ID-22).
 */
export function findingKeys(child: Described): number[] {
  const name = wholeOf(child.name)
  const mother = child.mother === null ? null : wholeOf(child.mother)
  const words = wordsOf(child.name)
  const day = dayOf(child)
  const { kelurahan, sex } = child
  const home = kelurahan && child.neighbourhood && `${kelurahan} ${child.neighbourhood}`
  const ways = [
    ['name-place', name, kelurahan],
    ['name-mother', name, mother],
    ['day-mother', day, mother],
    ['day-place', day, kelurahan, sex],
    ['home-mother', home, mother],
    ...yearsOf(child).flatMap((year) => [
      ['name-year', name, year],
      ['mother-year', mother, year],
      ...words.map((word) => ['year-place-word', year, kelurahan, word]),
    ]),
    ...words.flatMap((word) => [
      ['day-word', day, word],
      ['mother-word', mother, word],
      ['home-word', home, word],
    ]),
  ]
  return [...new Set(ways.flatMap((way) => (way.includes(null) ? [] : [numberOf(way.join('|'))])))]
}

/**
 * What two records share that are surely alike: of two that come in at the same moment the second waits for the first
 * (ID-21). Few, for each is a lock.
 */
export function likenessMarks(child: Described): string[] {
  const day = dayOf(child)
  const byMother = child.mother === null || day === null ? [] : [`mother ${wholeOf(child.mother)} ${day}`]
  return [`name ${wholeOf(child.name)}`, ...byMother]
}

const wholeOf = (name: NameForm): string => name.sounds.map(skeletonOf).toSorted().join(' ')

function wordsOf(name: NameForm): string[] {
  const telling = name.sounds.filter((_, at) => !isCommon(name.words[at] ?? ''))
  return (telling.length > 0 ? telling : name.sounds).slice(0, MOST_WORDS).map(skeletonOf)
}

/** An estimate may be a year off, either way (ID-22). */
function yearsOf({ birth }: Described): string[] {
  if (birth === null) return []
  const year = Number(birth.date.slice(0, 4))
  return (birth.precision === 'TAKSIRAN' ? [year - 1, year, year + 1] : [year]).map(String)
}

/** Null where the day is not known, or may stand for an unknown one of the same year. */
function dayOf({ birth }: Described): string | null {
  if (birth === null || birth.precision !== 'HARI') return null
  const [year, month = '', day = ''] = birth.date.split('-')
  return [year, ...[month, day].toSorted()].join('-')
}

/** FNV-1a in 32 bits: small to keep, and no names in the index. Two ways that meet in one number only cost a look. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash | 0
}
