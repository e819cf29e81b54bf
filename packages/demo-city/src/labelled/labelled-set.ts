import type { ChildId, KelurahanCode, Particulars } from '@satuanak/contracts'
import { enoughToIdentify, mayBeSameName } from '@satuanak/domain-kit'
import { generateCity } from '../generate.ts'
import type { CityChild } from '../model.ts'
import { createRandom, type Random } from '../random.ts'
import { MISTAKES } from './mistakes.ts'

/** A record of a child of whom it is known which child it is. */
export interface LabelledRecord extends Pick<CityChild, 'id' | 'truth' | 'family' | 'birthOrder' | 'particulars'> {
  /** What went wrong when this child was written down again; empty for a first record. */
  readonly mistakes: readonly string[]
}

export interface LabelledPlan {
  /** Same seed, same numbers, same day: same set. */
  readonly seed: number
  /** How many records, those of children written down twice included. */
  readonly records: number
  /** What part of them are second records. */
  readonly duplicates: number
  readonly today: Temporal.PlainDate
}

/** How often a second record is written with the NIK in hand, where the child has one. */
const NIK_IN_HAND = 0.25
/** How often a clerk copies a brother's or sister's NIK from the family card (EC-01). */
const NIK_OF_A_SIBLING = 0.000_5
/** How many twins are given names that go together (EC-06). */
const TWINS_ALIKE = 0.4

/**
 * The children of a generated city with `truth` as the label, a part of them written down a second time with one to
 * four mistakes each: for measuring and estimating the matching of records. Every second record still satisfies ID-15:
 * less than that no desk accepts. Brothers, sisters, twins with names alike (EC-06), one NIK on two children (EC-01).
 */
export async function labelledSet({ seed, records, duplicates, today }: LabelledPlan): Promise<LabelledRecord[]> {
  const random = createRandom(seed)
  const again = Math.round(records * duplicates)
  const city = await generateCity({ seed, children: Math.ceil((records - again) * 1.03) + 50, today })
  const places = city.kelurahan.map(({ code }) => code)
  const firsts: LabelledRecord[] = []
  for (const child of city.children) {
    if (child.id !== child.truth) continue
    if (firsts.length === records - again) break
    firsts.push(asFirst(random, child, firsts.at(-1)))
  }
  const twice = chosen(
    random,
    firsts.filter(({ particulars }) => isEnough(particulars)),
    again,
  )
  return [...firsts, ...twice.map((first) => secondOf(random, first, places))]
}

function asFirst(random: Random, child: CityChild, before: LabelledRecord | undefined): LabelledRecord {
  const { id, truth, family, birthOrder, particulars } = child
  const first = { id, truth, family, birthOrder, particulars, mistakes: [] }
  if (before?.family !== family) return first
  if (birthOrder === 2 && before.birthOrder === 1 && random.chance(TWINS_ALIKE)) {
    return { ...first, particulars: { ...particulars, name: twinName(random, particulars.name, before) } }
  }
  if (before.particulars.nik === null || !random.chance(NIK_OF_A_SIBLING)) return first
  return { ...first, particulars: { ...particulars, nik: before.particulars.nik } }
}

/** RIZKI ANANDA and RIZKA ANANDA, or a first name of its own before the same last one; never one name for both. */
function twinName(random: Random, own: string, { particulars }: LabelledRecord): string {
  const [first = '', ...rest] = particulars.name.split(' ')
  const ending = first.replace(/[aiu]$/, (vowel) => (vowel === 'a' ? 'i' : 'a'))
  if (rest.length === 0) return own
  const alike = [random.chance(0.5) ? ending : own.split(' ')[0], ...rest].join(' ')
  return mayBeSameName(alike, particulars.name) ? own : alike
}

/** So many of them, each once. */
function chosen(random: Random, firsts: readonly LabelledRecord[], count: number): LabelledRecord[] {
  const picked = new Set<number>()
  while (picked.size < Math.min(count, firsts.length)) picked.add(random.below(firsts.length))
  return [...picked].sort((one, other) => one - other).flatMap((at) => firsts[at] ?? [])
}

function secondOf(random: Random, first: LabelledRecord, places: readonly KelurahanCode[]): LabelledRecord {
  const withoutNik = { ...first.particulars, nik: null }
  const mistakes: string[] = []
  let particulars: Particulars = random.chance(NIK_IN_HAND) || !isEnough(withoutNik) ? first.particulars : withoutNik
  const wanted = 1 + random.often([0, 1, 1, 2, 2, 3])
  for (let tries = 0; mistakes.length < wanted && tries < 40; tries += 1) {
    const called = drawn(random)
    const wrong = mistakes.includes(called) ? null : MISTAKES[called]?.[1](random, particulars, places)
    if (!wrong || !isEnough({ ...particulars, ...wrong })) continue
    mistakes.push(called)
    particulars = { ...particulars, ...wrong }
  }
  return { ...first, id: secondId(random, first.id), particulars, mistakes }
}

const TOTAL = Object.values(MISTAKES).reduce((sum, [weight]) => sum + weight, 0)

function drawn(random: Random): string {
  let left = random.next() * TOTAL
  for (const [called, [weight]] of Object.entries(MISTAKES)) {
    left -= weight
    if (left < 0) return called
  }
  return ''
}

const isEnough = ({ birthDate, ...known }: Particulars): boolean =>
  enoughToIdentify({ ...known, birthYear: birthDate === null ? null : Number(birthDate.slice(0, 4)) }) === null

/** Of the same moment as the first one's id, so that ids do not tell which of a pair came later. */
function secondId(random: Random, first: ChildId): ChildId {
  const tail = Array.from({ length: 12 }, () => random.below(16).toString(16)).join('')
  return `${first.slice(0, -12)}${tail}` as ChildId
}
