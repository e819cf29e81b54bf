import { type City, generateCity } from '@satuanak/demo-city'

/** A seeded population of any size, made while it is read: person `n` is the same whatever the size. */
export interface Population {
  person(n: number): BenchPerson
  /** Words by how common they are, the commonest first. */
  readonly words: readonly string[]
}

export interface BenchPerson {
  /** As uuidv7 would give: in the order of registration. */
  readonly id: string
  /** Of region 99, where there is nobody. */
  readonly nik: string
  readonly name: string
  readonly mother: string
  readonly sex: 'L' | 'P'
  readonly birthDate: string
  readonly kelurahan: string
  /** AKTA, NIK, KK, KIA as far as the child holds them. */
  readonly papers: readonly string[]
}

/**
 * How often the word of rank r is given: 1 / (r + SHIFT), Zipf's law with Mandelbrot's shift. Frequencies of given
 * names follow a power law but for the very commonest, which are flatter (Tucker 2001, "Distribution of Forenames,
 * Surnames, and Forename-Surname Pairs in the United States", Names 49:2; Li 2012, arXiv:1205.1078, on 131 years of
 * births). Exponent and shift are ours: with them the commonest word stands in 7 of 100 names, the hundredth in 2 of
 * 1,000 [D].
 */
const SHIFT = 2.7
const VOCABULARY = 20_000
const SEED = 3375

export async function createPopulation(today: Temporal.PlainDate): Promise<Population> {
  const city = await generateCity({ children: 3_000, today })
  const words = vocabulary(city)
  const pick = zipf(words.length)
  const kelurahan = city.kelurahan.map(({ code }) => code)
  const person = (n: number): BenchPerson => {
    const next = chanceOf(n)
    const name = nameOf(next, words, pick, [0.08, 0.5, 0.34, 0.08])
    const mother = nameOf(next, words, pick, [0.22, 0.5, 0.24, 0.04])
    return {
      id: idOf(n, next),
      nik: nikOf(n),
      name,
      mother,
      sex: next() < 0.5 ? 'L' : 'P',
      birthDate: today.subtract({ days: 1 + Math.floor(next() * 18 * 365) }).toString(),
      kelurahan: kelurahan[Math.floor(next() * kelurahan.length)] ?? '',
      papers: Object.entries(HELD).flatMap(([kind, share]) => (next() < share ? [kind] : [])),
    }
  }
  return { person, words }
}

/** Most children have most papers: the working lists have to pass them over [D]. */
const HELD = { AKTA: 0.97, NIK: 0.98, KK: 0.99, KIA: 0.6 }

/** The demo city's own words, commonest first, then made-up ones that sound alike and lie a letter from each other. */
function vocabulary(city: City): readonly string[] {
  const seen = new Map<string, number>()
  for (const child of city.children) {
    for (const word of child.particulars.name.split(' ')) seen.set(word, (seen.get(word) ?? 0) + 1)
  }
  const words = new Set(
    [...seen].sort(([, a], [, b]) => b - a).flatMap(([word]) => (/^[A-Z][a-z]{2,}$/.test(word) ? [word] : [])),
  )
  for (let n = 0; words.size < VOCABULARY; n += 1) words.add(madeUp(chanceOf(-1 - n)))
  return [...words]
}

const SYLLABLES =
  'a ar as di wi sa sri nu ra ha ma mi na ni ri ru su su pra tri yu ya wa wi ti ta ka ku ki la li lu fa fi da du de za ba bu ju ja'.split(
    ' ',
  )
const ENDINGS = 'n s h ti tun wati wan no to di na ni sih yah ningsih yanti rahman tama putra ri'.split(' ')

function madeUp(next: () => number): string {
  const from = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? ''
  const stem = Array.from({ length: 1 + Math.floor(next() * 3) }, () => from(SYLLABLES)).join('')
  const word = stem + from(ENDINGS)
  return word.length < 3 ? madeUp(next) : `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

function zipf(size: number): (chance: number) => number {
  const sums = new Float64Array(size)
  let sum = 0
  for (let rank = 0; rank < size; rank += 1) {
    sum += 1 / (rank + 1 + SHIFT)
    sums[rank] = sum
  }
  return (chance) => {
    let [low, high] = [0, size - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) < chance * sum) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** `shares[k]` of names have k + 1 words. */
function nameOf(
  next: () => number,
  words: readonly string[],
  pick: (chance: number) => number,
  shares: readonly number[],
): string {
  let [length, rest] = [1, next()]
  for (const share of shares) {
    if (rest < share) break
    rest -= share
    length += 1
  }
  return Array.from({ length: Math.min(length, shares.length) }, () => words[pick(next())]).join(' ')
}

/** mulberry32 (Tommy Ettinger; public domain), one stream for each person. */
function chanceOf(n: number): () => number {
  let state = (Math.imul(n, 0x9e3779b1) ^ SEED) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

const FIRST_MILLISECOND = Date.UTC(2025, 0, 1)

function idOf(n: number, next: () => number): string {
  const time = (FIRST_MILLISECOND + n * 20).toString(16).padStart(12, '0')
  const random = () =>
    Math.floor(next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0')
  const [a, b, c] = [random(), random(), random()]
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-8${a.slice(3, 6)}-${b}${c.slice(0, 4)}`
}

/** Days of 2010 to 2025, a serial for each time round: valid, and each person's own. */
function nikOf(n: number): string {
  const day = Temporal.PlainDate.from('2010-01-01').add({ days: n % 5_800 })
  const two = (part: number) => String(part % 100).padStart(2, '0')
  return `990101${two(day.day)}${two(day.month)}${two(day.year)}${String(1 + Math.floor(n / 5_800)).padStart(4, '0')}`
}
