import type { ChildId, Paper } from '@satuanak/contracts'
import { fields, optional, orRefuse, parseRegionCode } from '@satuanak/domain-kit'
import { createCursor, type Page, type PageArgs, pageRequest } from '@satuanak/graphql-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { findChildrenWithout } from './repository.ts'

export interface ListChildrenWithoutPapers extends PageArgs {
  readonly missing: Paper
  readonly kelurahan?: string | null | undefined
}

const CURSOR = createCursor('childrenWithoutPapers', ['string'])

/** The registry's working list of RF-02: children who lack a paper, oldest record first. @throws InvalidInput */
export async function listChildrenWithoutPapers(
  app: RegistryApp,
  caller: Caller,
  query: ListChildrenWithoutPapers,
): Promise<Page<ChildId>> {
  const { value } = orRefuse(
    fields({ kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })) }),
  )
  const ask = pageRequest(query, CURSOR)
  const ids = await findChildrenWithout(app.db, {
    paper: query.missing,
    kelurahan: value.kelurahan?.dotted ?? null,
    territory: territory(caller, 'papers.read'),
    after: ask.after,
    limit: ask.limit,
  })
  return ask.page(ids, (id) => [id])
}
