import { fields, optional, orRefuse, parseRegionCode } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import type { RecordField } from './domain.ts'
import type { Dispute } from './domain-disputes.ts'
import { findDisputePage } from './repository-disputes.ts'

export interface ListDisputes {
  readonly field?: RecordField | null | undefined
  readonly kelurahan?: string | null | undefined
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Values on which agencies disagree, who waits longest first; in territory and level (ID-05). @throws InvalidInput */
export async function listDisputes(app: RegistryApp, caller: Caller, query: ListDisputes): Promise<readonly Dispute[]> {
  const { value } = orRefuse(
    fields({ kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })) }),
  )
  return findDisputePage(app.db, {
    field: query.field ?? null,
    kelurahan: value.kelurahan?.dotted ?? null,
    territory: territory(caller, 'provenance.read'),
    after: query.after,
    limit: query.limit,
  })
}
