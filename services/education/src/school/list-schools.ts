import { LEVELS } from '@satuanak/contracts'
import { fields, oneOf, optional, orRefuse, parseRegionCode, text } from '@satuanak/domain-kit'
import type { EducationApp } from '../app.ts'
import { PROVIDERS, SCHOOL_KIND_NAMES, SCHOOL_STATUSES, type School } from './domain.ts'
import { findSchoolPage, type SchoolQuery } from './repository.ts'

export interface ListSchools {
  readonly kelurahan?: string | null | undefined
  readonly level?: string | null | undefined
  readonly provider?: string | null | undefined
  readonly kind?: string | null | undefined
  /** As of today. */
  readonly status?: string | null | undefined
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
      kind: optional(query.kind, (input) => oneOf(input, SCHOOL_KIND_NAMES, { rule: 'ID-14' })),
      status: optional(query.status, (input) => oneOf(input, SCHOOL_STATUSES, { rule: 'EC-36' })),
      search: optional(query.search, (input) => text(input, { rule: 'ID-13', max: 80 })),
    }),
  )
  const { after, limit } = query
  const kelurahan = value.kelurahan?.dotted ?? null
  return findSchoolPage(app.db, { ...value, kelurahan, today: app.today(), after, limit })
}
