import { type Comparison, FIELDS, type Field, OUTCOMES, type Outcome } from './domain-compare.ts'
import type { Odds, Parameters } from './domain-weights.ts'

/** How often each outcome of one field was seen, or would be: shares that sum to 1 without MISSING. */
export type Shares = Readonly<Record<Field, Readonly<Partial<Record<Outcome, number>>>>>

export interface Estimate {
  readonly m: Shares
  /** What part of the pairs are one child's. */
  readonly matches: number
}

/** Half a pair more than was seen: an outcome that was not seen may still be (Jeffreys). */
const UNSEEN = 0.5

/** Shares of each outcome among these pairs, MISSING left out. With weights: how much each pair counts. */
export function sharesOf(pairs: readonly Comparison[], weights?: readonly number[]): Shares {
  return Object.fromEntries(
    FIELDS.map((field) => {
      const tally = new Map<Outcome, number>()
      pairs.forEach((pair, at) => {
        tally.set(pair[field], (tally.get(pair[field]) ?? UNSEEN) + (weights?.[at] ?? 1))
      })
      const counts = OUTCOMES[field].filter(isSaid).map((outcome) => [outcome, tally.get(outcome) ?? UNSEEN] as const)
      const total = counts.reduce((sum, [, count]) => sum + count, 0)
      return [field, Object.fromEntries(counts.map(([outcome, count]) => [outcome, count / total]))]
    }),
  ) as Shares
}

const isSaid = (outcome: Outcome): boolean => outcome !== 'MISSING'

/**
 * Expectation and maximisation (Dempster, Laird and Rubin 1977; for record linkage Winkler 1988): finds which pairs are
 * one child's without being told, and with what m. `u` is given: nearly all of any random pairs are two children's, so
 * it is simply their shares. The fields by which the pairs were chosen say nothing among them and are left out.
 */
export function estimate(
  pairs: readonly Comparison[],
  u: Shares,
  {
    without,
    start,
    rounds = 40,
  }: { readonly without: readonly Field[]; readonly start: Parameters; readonly rounds?: number },
): Estimate {
  const patterns = Map.groupBy(pairs, (pair) =>
    fieldsBut(without)
      .map((field) => pair[field])
      .join(),
  )
  const kinds = [...patterns.values()].flatMap((alike) => (alike[0] ? [{ pair: alike[0], count: alike.length }] : []))
  let state: Estimate = { m: startingM(start), matches: 0.05 }
  for (let round = 0; round < rounds; round += 1) state = nextRound(kinds, u, state, without)
  return state
}

interface Kind {
  readonly pair: Comparison
  readonly count: number
}

const fieldsBut = (without: readonly Field[]): Field[] => FIELDS.filter((field) => !without.includes(field))

const startingM = (start: Parameters): Shares =>
  Object.fromEntries(
    FIELDS.map((field) => [
      field,
      Object.fromEntries(Object.entries<Odds>(start[field]).map(([outcome, [m]]) => [outcome, m])),
    ]),
  ) as Shares

function nextRound(kinds: readonly Kind[], u: Shares, { m, matches }: Estimate, without: readonly Field[]): Estimate {
  const fields = fieldsBut(without)
  const belongs = kinds.map(({ pair }) => {
    const likelihood = (shares: Shares) =>
      fields.reduce((product, field) => product * (shares[field][pair[field]] ?? 1), 1)
    const [one, two] = [matches * likelihood(m), (1 - matches) * likelihood(u)]
    return one / (one + two)
  })
  const weights = kinds.map(({ count }, at) => count * (belongs[at] ?? 0))
  const total = kinds.reduce((sum, { count }) => sum + count, 0)
  return {
    m: sharesOf(
      kinds.map(({ pair }) => pair),
      weights,
    ),
    matches: weights.reduce((sum, weight) => sum + weight, 0) / total,
  }
}
