import { date, fields, optional, orRefuse, parseRegionCode } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { SocialApp } from '../app.ts'
import type { StreetContact } from './domain.ts'
import { findContactPage } from './repository.ts'

export interface ListContacts {
  readonly kelurahan?: string | null | undefined
  readonly since?: Temporal.PlainDate | null | undefined
  /** Day and id of the last contact of the page before. */
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** The team's contacts, the latest first, as far as the caller may look. @throws InvalidInput */
export async function listContacts(
  app: SocialApp,
  caller: Caller,
  query: ListContacts,
): Promise<readonly StreetContact[]> {
  const { value } = orRefuse(
    fields({
      kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })),
      since: optional(query.since, (input) => date(input, { rule: 'TPI-03' })),
    }),
  )
  return findContactPage(app.db, {
    kelurahan: value.kelurahan?.dotted ?? null,
    since: value.since,
    territory: territory(caller, 'outreach.read'),
    after: query.after,
    limit: query.limit,
  })
}
