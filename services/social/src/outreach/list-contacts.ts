import { date, fields, optional, orRefuse, parseRegionCode } from '@satuanak/domain-kit'
import { createCursor, type Page, type PageArgs, pageRequest } from '@satuanak/graphql-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { SocialApp } from '../app.ts'
import type { StreetContact } from './domain.ts'
import { findContactPage } from './repository.ts'

export interface ListContacts extends PageArgs {
  readonly kelurahan?: string | null | undefined
  readonly since?: Temporal.PlainDate | null | undefined
}

const CURSOR = createCursor('streetContacts', ['string', 'string'])

/** The team's contacts, the latest first, as far as the caller may look. @throws InvalidInput */
export async function listContacts(app: SocialApp, caller: Caller, query: ListContacts): Promise<Page<StreetContact>> {
  const { value } = orRefuse(
    fields({
      kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })),
      since: optional(query.since, (input) => date(input, { rule: 'TPI-03' })),
    }),
  )
  const ask = pageRequest(query, CURSOR)
  const contacts = await findContactPage(app.db, {
    kelurahan: value.kelurahan?.dotted ?? null,
    since: value.since,
    territory: territory(caller, 'outreach.read'),
    after: ask.after,
    limit: ask.limit,
  })
  return ask.page(contacts, (contact) => [contact.metOn.toString(), contact.id])
}
