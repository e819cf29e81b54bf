import type { ChildId, Paper } from '@satuanak/contracts'
import { fields, optional, orRefuse, parseRegionCode } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { findChildrenWithout } from './repository.ts'

export interface ListChildrenWithoutPapers {
  readonly missing: Paper
  readonly kelurahan?: string | null | undefined
  /** Id of the last child of the page before. */
  readonly after: readonly [string] | null
  readonly limit: number
}

/** The registry's working list of RF-02: children who lack a paper, oldest record first. @throws InvalidInput */
export async function listChildrenWithoutPapers(
  app: RegistryApp,
  caller: Caller,
  query: ListChildrenWithoutPapers,
): Promise<readonly ChildId[]> {
  const { value } = orRefuse(
    fields({ kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })) }),
  )
  return findChildrenWithout(app.db, {
    paper: query.missing,
    kelurahan: value.kelurahan?.dotted ?? null,
    territory: territory(caller, 'papers.read'),
    after: query.after,
    limit: query.limit,
  })
}
