import { createRandom, type LabelledRecord } from '@satuanak/demo-city'
import { type Comparison, compareChildren, type Described, FIELDS, type Field } from './domain-compare.ts'
import { estimate, type Shares, sharesOf } from './domain-estimate.ts'
import { type Odds, PARAMETERS } from './domain-weights.ts'
import { described } from './test-figures.ts'

/** What the table of weights would be by this set, without looking at its labels. */
export interface Estimates {
  readonly m: Shares
  readonly u: Shares
}

/**
 * `u` from random pairs, nearly all of two children. `m` by expectation and maximisation: of name and birth date among
 * the pairs of one mother in one RT (brothers and sisters, and records of one child), of the rest among the pairs of
 * one birth date. Pairs with two NIKs are left out: of them it is known what they are, and among them are the twins,
 * whom nothing but name and NIK tells apart (EC-06).
 */
export function estimateFrom(records: readonly LabelledRecord[], seed: number, draws = 600_000): Estimates {
  const children = described(records)
  const u = sharesOf(randomPairs(children, seed, draws))
  const home = ({ mother, kelurahan, neighbourhood }: Described) =>
    mother && kelurahan && neighbourhood && [mother.keys[0], kelurahan, neighbourhood].join()
  const day = ({ birth }: Described) => (birth?.precision === 'HARI' ? birth.date : null)
  const ofOneHome = estimate(pairsAlike(children, home), u, {
    without: ['NIK', 'MOTHER', 'ADDRESS'],
    start: PARAMETERS,
  })
  const ofOneDay = estimate(pairsAlike(children, day), u, { without: ['NIK', 'BIRTH_DATE'], start: PARAMETERS })
  const { NAME, BIRTH_DATE } = ofOneHome.m
  return { u, m: { ...ofOneDay.m, NAME, BIRTH_DATE } }
}

/** One line of the table beside its estimate; weights in bits. */
export interface Beside {
  readonly field: Field
  readonly outcome: string
  readonly written: { readonly m: number; readonly u: number; readonly weight: number }
  readonly estimated: { readonly m: number; readonly u: number; readonly weight: number }
}

/** The table as it is written beside what these estimates would make of it; NIK, which is set by hand, left out. */
export function weightsBeside({ m, u }: Estimates): Beside[] {
  const weighed = (oddsM: number, oddsU: number) => ({ m: oddsM, u: oddsU, weight: Math.log2(oddsM / oddsU) })
  return FIELDS.filter((field) => field !== 'NIK').flatMap((field) =>
    Object.entries<Odds>(PARAMETERS[field]).map(([outcome, odds]) => {
      const [newM = 0, newU = 0] = [m, u].map((shares) => (shares[field] as Record<string, number>)[outcome])
      return { field, outcome, written: weighed(...odds), estimated: weighed(newM, newU) }
    }),
  )
}

function randomPairs(children: readonly Described[], seed: number, draws: number): Comparison[] {
  const random = createRandom(seed)
  return Array.from({ length: draws }, () => [random.pick(children), random.pick(children)] as const)
    .filter(([one, other]) => one !== other)
    .map(([one, other]) => compareChildren(one, other))
}

function pairsAlike(children: readonly Described[], by: (child: Described) => string | null): Comparison[] {
  const groups = Map.groupBy(children, by)
  groups.delete(null)
  return [...groups.values()].flatMap((alike) =>
    alike.flatMap((one, at) =>
      alike
        .slice(at + 1)
        .filter((other) => one.nikIndex === null || other.nikIndex === null)
        .map((other) => compareChildren(one, other)),
    ),
  )
}
