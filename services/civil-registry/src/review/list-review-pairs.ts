import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import type { MatchPair, PairState } from './domain.ts'
import { findPair, findPairs } from './repository.ts'

export interface ListReviewPairs {
  readonly state: PairState
  /** Id of the last pair of the page before. */
  readonly after: readonly [string] | null
  readonly limit: number
}

/** The desk's working list, oldest first; a pair of which one child is hidden from the caller is not in it (PV-14). */
export async function listReviewPairs(
  app: RegistryApp,
  caller: Caller,
  query: ListReviewPairs,
): Promise<readonly MatchPair[]> {
  const everywhere = territory(caller, 'match.review').filter(({ kind }) => kind === 'all')
  return findPairs(app.db, { ...query, level: Math.max(0, ...everywhere.map(({ level }) => level)) })
}

/** A pair that a decision was just written on. */
export async function getReviewPair(app: RegistryApp, id: string): Promise<MatchPair> {
  const pair = await findPair(app.db, id)
  if (pair === null) throw new Error('a pair that was decided is gone')
  return pair
}
