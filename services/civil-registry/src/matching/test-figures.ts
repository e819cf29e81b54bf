import type { LabelledRecord } from '@satuanak/demo-city'
import { isNearCertain, judge } from './domain.ts'
import { compareChildren, type Described, describeChild } from './domain-compare.ts'
import { findingKeys, ROWS_PER_KEY } from './domain-keys.ts'

/** What the matching does with records of which it is known whose they are; for its tests and its benchmark. */
export interface Figures {
  readonly records: number
  /** Pairs of records of one child, and how many of them share a key at all. */
  readonly truePairs: number
  readonly keyed: number
  readonly compared: number
  /** Of the pairs beyond each threshold: one child's, two children's. */
  readonly automatic: Beyond
  readonly review: Beyond
  /** The mistakes of the pairs that were not found, joined; and pairs of two children taken for near-certain. */
  readonly missed: readonly string[]
  readonly wrong: readonly (readonly [LabelledRecord, LabelledRecord])[]
  /** Seconds. */
  readonly took: { readonly reading: number; readonly finding: number; readonly comparing: number }
}

export interface Beyond {
  readonly right: number
  readonly wrong: number
}

export const precisionOf = ({ right, wrong }: Beyond): number => right / (right + wrong)
/** Of all pairs of one child, also of those that no key finds. */
export const recallOf = ({ right }: Beyond, { truePairs }: Pick<Figures, 'truePairs'>): number => right / truePairs

type Pair = readonly [number, number]

export function described(records: readonly LabelledRecord[]): Described[] {
  return records.map(({ particulars }) => describeChild({ ...particulars, nikIndex: particulars.nik }))
}

/** Each pair that shares a NIK or a finding key, once: as the registry looks, each record when it comes in. */
export function* pairsOf(children: readonly Described[]): Generator<Pair> {
  const index = new Map<number | string, number[]>()
  for (const [at, child] of children.entries()) {
    const found = new Set<number>()
    for (const key of child.nikIndex === null ? findingKeys(child) : [child.nikIndex, ...findingKeys(child)]) {
      const there = index.get(key) ?? []
      for (const other of there.slice(0, ROWS_PER_KEY)) found.add(other)
      if (there.length === 0) index.set(key, there)
      there.push(at)
    }
    for (const other of found) yield [other, at]
  }
}

/** Records come in in the order in which they are given: a child's second record after its first. */
export function measure(records: readonly LabelledRecord[]): Figures {
  const started = performance.now()
  const children = described(records)
  const read = performance.now()
  const pairs = [...pairsOf(children)]
  const found = performance.now()
  const [automatic, review] = [
    { right: 0, wrong: 0 },
    { right: 0, wrong: 0 },
  ]
  const wrong: [LabelledRecord, LabelledRecord][] = []
  const seen = new Set<string>()
  let keyed = 0
  for (const [one, other] of pairs) {
    const [a, b] = [records[one], records[other]]
    const [first, second] = [children[one], children[other]]
    if (!(a && b && first && second)) continue
    const comparison = compareChildren(first, second)
    const { verdict, score } = judge(comparison)
    const kind = a.truth === b.truth ? 'right' : 'wrong'
    if (kind === 'right') keyed += 1
    if (verdict !== 'TIDAK_ADA') {
      review[kind] += 1
      if (kind === 'right') seen.add(b.id)
    }
    if (isNearCertain(comparison, score)) {
      automatic[kind] += 1
      if (kind === 'wrong') wrong.push([a, b])
    }
  }
  const seconds = records.filter(({ id, truth }) => id !== truth)
  const ended = performance.now()
  return {
    records: records.length,
    truePairs: seconds.length,
    keyed,
    compared: pairs.length,
    automatic,
    review,
    missed: seconds.filter(({ id }) => !seen.has(id)).map(({ mistakes }) => mistakes.join(' + ')),
    wrong,
    took: { reading: (read - started) / 1000, finding: (found - read) / 1000, comparing: (ended - found) / 1000 },
  }
}
