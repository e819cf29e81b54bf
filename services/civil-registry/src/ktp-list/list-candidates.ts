import type { Npsn } from '@satuanak/contracts'
import { fields, optional, orRefuse, parseNpsn } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import type { Candidate, CandidateState } from './domain.ts'
import { type CandidateQuery, findCandidatePage } from './repository.ts'

export interface ListCandidates {
  readonly npsn?: string | null | undefined
  readonly state?: CandidateState | null | undefined
  readonly after: CandidateQuery['after']
  readonly limit: number
}

/** Pupils on the recording lists that the caller may see, by school (BLG-01). @throws InvalidInput */
export async function listCandidates(
  app: RegistryApp,
  caller: Caller,
  { npsn, state, after, limit }: ListCandidates,
): Promise<readonly Candidate[]> {
  const { value } = orRefuse(fields({ npsn: optional(npsn, parseNpsn) }))
  return findCandidatePage(app.db, {
    npsn: (value.npsn?.code ?? null) as Npsn | null,
    state: state ?? null,
    territory: territory(caller, 'ktp.list.read'),
    today: app.today(),
    after,
    limit,
  })
}
