import type { ChildId } from '@satuanak/contracts'
import { date, fields, matchKeys, optional, orRefuse, parsePersonName, parseRegionCode } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { findChildrenByName } from './repository.ts'

export interface SearchChildren {
  readonly name: string
  readonly birthDate?: string | null | undefined
  readonly kelurahan?: string | null | undefined
  /** Id of the last child of the page before: a cursor holds no name. */
  readonly after: readonly [string] | null
  readonly limit: number
}

/**
 * Children whose name key begins with the name asked for (ID-20), within the caller's territory and level. Level 4 is
 * not found by those who may not know of it (PV-14).
 * @throws InvalidInput
 */
export async function searchChildren(
  app: RegistryApp,
  caller: Caller,
  query: SearchChildren,
): Promise<readonly ChildId[]> {
  const { value } = orRefuse(
    fields({
      name: parsePersonName(query.name),
      birthDate: optional(query.birthDate, (input) => date(input, { rule: 'ID-22', latest: app.today() })),
      kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })),
    }),
  )
  return findChildrenByName(app.db, {
    nameKey: matchKeys(value.name.display)[0],
    birthDate: value.birthDate?.toString() ?? null,
    kelurahan: value.kelurahan?.dotted ?? null,
    territory: territory(caller, 'person.search'),
    after: query.after,
    limit: query.limit,
  })
}
