import type { ChildId } from '@satuanak/contracts'
import {
  date,
  fields,
  matchKeys,
  optional,
  orRefuse,
  parsePersonName,
  parseRegionCode,
  wholeNumber,
} from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { findChildrenByName } from './repository.ts'

export interface SearchChildren {
  /** Any words of the name, in any order. */
  readonly name: string
  readonly birthDate?: string | null | undefined
  readonly birthYear?: number | null | undefined
  /** Any words of the mother's name. */
  readonly motherName?: string | null | undefined
  readonly kelurahan?: string | null | undefined
  /** Id of the last child of the page before: a cursor holds no name. */
  readonly after: readonly [string] | null
  readonly limit: number
}

/** The rest of a longer name adds nothing that finds anybody, and costs. */
const MOST_WORDS = 6
const EARLIEST_YEAR = 1900

/**
 * Children in whose name key every word asked for stands, or one very like it, in any order (ID-20), narrowed by birth
 * date or year, mother and kelurahan, within the caller's territory and level. Level 4 is not found by those who may
 * not know of it (PV-14).
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
      birthYear: optional(query.birthYear, (input) =>
        wholeNumber(input, { rule: 'ID-22', from: EARLIEST_YEAR, to: app.today().year }),
      ),
      motherName: optional(query.motherName, (input) => parsePersonName(input)),
      kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })),
    }),
  )
  return findChildrenByName(app.db, {
    nameWords: wordsOf(value.name.display),
    birthDate: value.birthDate?.toString() ?? null,
    birthYear: value.birthYear,
    motherWords: value.motherName === null ? [] : wordsOf(value.motherName.display),
    kelurahan: value.kelurahan?.dotted ?? null,
    territory: territory(caller, 'person.search'),
    after: query.after,
    limit: query.limit,
  })
}

const wordsOf = (name: string): string[] => matchKeys(name)[0].split(' ').slice(0, MOST_WORDS)
