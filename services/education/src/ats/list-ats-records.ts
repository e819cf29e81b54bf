import { fields, oneOf, optional, orRefuse, parseRegionCode } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { EducationApp } from '../app.ts'
import type { AtsRecord } from './domain.ts'
import { ATS_STATES } from './domain-states.ts'
import { type AtsQuery, findAtsRecordPage } from './repository.ts'

export interface ListAtsRecords {
  readonly kelurahan?: string | null | undefined
  readonly state?: string | null | undefined
  readonly after: AtsQuery['after']
  readonly limit: number
}

/** The working list (TUN-02, TUN-09) as far as the caller may look: a kelurahan its own (TUN-R3). @throws InvalidInput */
export async function listAtsRecords(
  app: EducationApp,
  caller: Caller,
  query: ListAtsRecords,
): Promise<readonly AtsRecord[]> {
  const { value } = orRefuse(
    fields({
      kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })),
      state: optional(query.state, (input) => oneOf(input, ATS_STATES, { rule: 'TUN-R1' })),
    }),
  )
  return findAtsRecordPage(app.db, {
    kelurahan: value.kelurahan?.dotted ?? null,
    state: value.state,
    territory: territory(caller, 'ats.read'),
    after: query.after,
    limit: query.limit,
  })
}
