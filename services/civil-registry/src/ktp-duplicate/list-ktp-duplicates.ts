import { fields, optional, orRefuse, parseRegionCode } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { type DuplicateState, type KtpDuplicate, OPEN_STATES } from './domain.ts'
import { findDuplicatePage } from './repository.ts'

export interface ListKtpDuplicates {
  /** Open ones where it is left out. */
  readonly state?: DuplicateState | null | undefined
  readonly kelurahan?: string | null | undefined
  /** Only those whose 30 days are over. */
  readonly overdue?: boolean | null | undefined
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Duplicate records that are being dealt with, what is due first first; in territory and level. @throws InvalidInput */
export async function listKtpDuplicates(
  app: RegistryApp,
  caller: Caller,
  query: ListKtpDuplicates,
): Promise<readonly KtpDuplicate[]> {
  const { value } = orRefuse(
    fields({ kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })) }),
  )
  const states = query.state ? [query.state] : OPEN_STATES
  return findDuplicatePage(app.db, {
    // What is closed is late no more.
    states: query.overdue ? OPEN_STATES.filter((open) => states.includes(open)) : states,
    kelurahan: value.kelurahan?.dotted ?? null,
    dueBefore: query.overdue ? app.today() : null,
    territory: territory(caller, 'ktp.status.read'),
    after: query.after,
    limit: query.limit,
  })
}
