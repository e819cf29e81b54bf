import { createRandom, generateCity, type Random } from '@satuanak/demo-city'

/** Rows of a city's children, made while they are read: the same for the same seed, whatever their number. */
export interface PopulationPlan {
  readonly seed: number
  readonly rows: number
  readonly today: Temporal.PlainDate
}

export const HEADING = [
  'NAMA',
  'JK',
  'TGL_LAHIR',
  'TMPT_LAHIR',
  'NAMA_IBU',
  'NIK',
  'NO_KK',
  'KELURAHAN',
  'RT',
  'RW',
] as const

/** Shares of what offices' files hold [D]: rows without a NIK, and rows with an Excel-damaged one (ID-07). */
const [WITHOUT_NIK, DAMAGED] = [0.03, 0.005]
const YEARS = 18
const VOCABULARY = 20_000

/**
 * Households of one to four children: brothers and sisters share mother, KK and address, as a file by kelurahan has
 * them. Words of names by Zipf's law over the demo city's own words and made-up ones, for a million children of a small
 * list would all bear each other's names. Every NIK and KK is of region 99 (PV-17).
 */
export async function* population({ seed, rows, today }: PopulationPlan): AsyncGenerator<readonly string[]> {
  const random = createRandom(seed)
  const city = await generateCity({ seed, children: 3_000, today })
  const word = zipf(
    random,
    vocabulary(
      random,
      [...city.children].map(({ particulars }) => particulars.name),
    ),
  )
  const places = city.kelurahan.map(({ code }) => code)
  const nik = numbers(YEARS * 366 * 2)
  const firstDay = today.subtract({ years: YEARS })
  const name = () => Array.from({ length: random.often([2, 2, 3, 1, 4]) }, word).join(' ')
  const household = () => ({
    mother: name(),
    kk: `9975010101${two(random.below(25))}`,
    place: random.pick(places),
    rt: String(random.between(1, 9)),
    rw: String(random.between(1, 14)),
  })
  for (let row = 0, family = household(), left = 1; row < rows; row += 1) {
    if (left === 0) [family, left] = [household(), random.often([1, 2, 2, 3, 4])]
    left -= 1
    const day = random.below(YEARS * 365)
    const born = firstDay.add({ days: day })
    const girl = random.chance(0.49)
    const digits = `997501${two(born.day + (girl ? 40 : 0))}${two(born.month)}${two(born.year % 100)}${nik(day * 2 + (girl ? 1 : 0))}`
    const written = random.chance(WITHOUT_NIK) ? '' : random.chance(DAMAGED) ? '9.97501E+15' : digits
    const kk = `${family.kk}${String(1 + (row % 9999)).padStart(4, '0')}`
    yield [
      name(),
      girl ? 'P' : 'L',
      born.toString(),
      'Pekalongan',
      family.mother,
      written,
      kk,
      family.place,
      family.rt,
      family.rw,
    ]
  }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The next serial of each day and sex. */
function numbers(size: number): (at: number) => string {
  const given = new Uint16Array(size)
  return (at) => {
    given[at] = (given[at] ?? 0) + 1
    return String(given[at]).padStart(4, '0')
  }
}

const SYLLABLES =
  'a ar as di wi sa sri nu ra ha ma mi na ni ri ru su pra tri yu ya wa ti ta ka ku ki la li lu fa fi da du za ba bu ju'.split(
    ' ',
  )
const ENDINGS = 'n s h ti tun wati wan no to di na ni sih yah ningsih yanti rahman tama putra ri'.split(' ')

/** The city's words first, commonest first, then ones that sound alike. */
function vocabulary(random: Random, names: readonly string[]): readonly string[] {
  const seen = Map.groupBy(
    names.flatMap((name) => name.split(' ')).filter((word) => /^[A-Z][a-z]{2,}$/.test(word)),
    (word) => word,
  )
  const words = new Set([...seen].sort(([, a], [, b]) => b.length - a.length).map(([word]) => word))
  while (words.size < VOCABULARY) {
    const stem = Array.from({ length: random.between(1, 3) }, () => random.pick(SYLLABLES)).join('')
    const word = stem + random.pick(ENDINGS)
    if (word.length > 2) words.add(word.charAt(0).toUpperCase() + word.slice(1))
  }
  return [...words]
}

/** Draws the word of rank r with weight 1 / (r + 3). */
function zipf(random: Random, words: readonly string[]): () => string {
  const sums = new Float64Array(words.length)
  let sum = 0
  for (let rank = 0; rank < words.length; rank += 1) {
    sum += 1 / (rank + 3)
    sums[rank] = sum
  }
  return () => {
    const chance = random.next() * sum
    let [low, high] = [0, words.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < chance) low = middle + 1
      else high = middle
    }
    return words[low] ?? ''
  }
}
