import { fields, optional, orRefuse, parseNpsn } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { SessionState } from '@satuanak/offline-session/rules'
import type { RegistryApp } from '../app.ts'
import type { Session } from './domain.ts'
import { findSessionPage, type SessionQuery } from './repository.ts'

export interface ListSessions {
  readonly npsn?: string | null | undefined
  readonly state?: SessionState | null | undefined
  readonly after: SessionQuery['after']
  readonly limit: number
}

/** Recording sessions, the latest first; a school sees its own (PV-18). @throws InvalidInput */
export async function listSessions(
  app: RegistryApp,
  caller: Caller,
  { npsn, state, after, limit }: ListSessions,
): Promise<readonly Session[]> {
  const { value } = orRefuse(fields({ npsn: optional(npsn, parseNpsn) }))
  return findSessionPage(app.db, {
    npsn: value.npsn?.code ?? null,
    state: state ?? null,
    territory: territory(caller, 'ktp.session.read'),
    after,
    limit,
  })
}
