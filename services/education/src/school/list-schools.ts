import { LEVELS } from '@satuanak/contracts'
import { fields, oneOf, optional, orRefuse, parseRegionCode, text } from '@satuanak/domain-kit'
import type { EducationApp } from '../app.ts'
import { PROVIDERS, type School } from './domain.ts'
import { findSchoolPage, type SchoolQuery } from './repository.ts'

export interface ListSchools {
  readonly kelurahan?: string | null | undefined
  readonly level?: string | null | undefined
  readonly provider?: string | null | undefined
  /** Part of a name or of an NPSN. */
  readonly search?: string | null | undefined
  readonly after: SchoolQuery['after']
  readonly limit: number
}

/** The city's schools by name (ID-14). @throws InvalidInput */
export async function listSchools(app: EducationApp, query: ListSchools): Promise<readonly School[]> {
  const { value } = orRefuse(
    fields({
      kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })),
      level: optional(query.level, (input) => oneOf(input, LEVELS, { rule: 'ID-14' })),
      provider: optional(query.provider, (input) => oneOf(input, PROVIDERS, { rule: 'ID-14' })),
      search: optional(query.search, (input) => text(input, { rule: 'ID-13', max: 80 })),
    }),
  )
  const { after, limit } = query
  return findSchoolPage(app.db, { ...value, kelurahan: value.kelurahan?.dotted ?? null, after, limit })
}
