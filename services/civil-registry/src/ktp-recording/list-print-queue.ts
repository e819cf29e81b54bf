import { fields, optional, orRefuse, parseNpsn, parseRegionCode } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import type { KtpRecord, PrintState } from './domain.ts'
import { findQueuePage } from './repository.ts'

export interface ListPrintQueue {
  readonly state: PrintState
  readonly npsn?: string | null | undefined
  readonly kelurahan?: string | null | undefined
  readonly after: readonly [string, string] | null
  readonly limit: number
}

/** Cards in one state, who waits longest first; of one school or kelurahan where it is named. @throws InvalidInput */
export async function listPrintQueue(
  app: RegistryApp,
  caller: Caller,
  query: ListPrintQueue,
): Promise<readonly KtpRecord[]> {
  const { value } = orRefuse(
    fields({
      npsn: optional(query.npsn, (input) => parseNpsn(input)),
      kelurahan: optional(query.kelurahan, (input) => parseRegionCode(input, { level: 'village' })),
    }),
  )
  return findQueuePage(app.db, {
    state: query.state,
    npsn: value.npsn?.code ?? null,
    kelurahan: value.kelurahan?.dotted ?? null,
    territory: territory(caller, 'ktp.status.read'),
    today: app.today(),
    after: query.after,
    limit: query.limit,
  })
}
