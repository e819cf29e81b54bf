import type { Paper } from '@satuanak/contracts'
import { fields, optional, orRefuse, parseRegionCode } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { OPEN_STATES, type PaperRequest, type RequestState } from './domain.ts'
import { findRequestPage } from './repository.ts'

export interface ListPaperRequests {
  /** Open ones where it is left out. */
  readonly state?: RequestState | null | undefined
  readonly paper?: Paper | null | undefined
  readonly kelurahan?: string | null | undefined
  /** Only those whose limit is past. */
  readonly overdue?: boolean | null | undefined
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Requests for papers, what is due first first; in territory and level (RF-02). @throws InvalidInput */
export async function listPaperRequests(
  app: RegistryApp,
  caller: Caller,
  query: ListPaperRequests,
): Promise<readonly PaperRequest[]> {
  const { value } = orRefuse(
    fields({ kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })) }),
  )
  return findRequestPage(app.db, {
    states: query.state ? [query.state] : OPEN_STATES,
    paper: query.paper ?? null,
    kelurahan: value.kelurahan?.dotted ?? null,
    dueBefore: query.overdue ? app.now() : null,
    territory: territory(caller, 'papers.read'),
    after: query.after,
    limit: query.limit,
  })
}
