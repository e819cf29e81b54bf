import type { Npsn } from '@satuanak/contracts'
import { date, fields, optional, orRefuse, parseNpsn } from '@satuanak/domain-kit'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import type { Candidate } from './domain.ts'
import { findPupilsOf16 } from './repository.ts'

/** As many as a session takes. */
const MOST = 500

export interface PupilList {
  readonly npsn: Npsn
  readonly on: Temporal.PlainDate
  readonly pupils: readonly Candidate[]
  /** False where there are more than stand on it. */
  readonly isWhole: boolean
}

/**
 * DOC-10: the pupils of a school who are 16 on that day and not recorded yet, the oldest first, as far as the caller may
 * see them (BLG-01). Who was married before that stands on it, unseen by the school (KT-10).
 * @param on today unless named; within a year.
 * @throws InvalidInput
 */
export async function readPupilList(
  app: RegistryApp,
  caller: Caller,
  query: { readonly npsn: string; readonly on?: Temporal.PlainDate | null | undefined },
): Promise<PupilList> {
  const today = app.today()
  const within = { rule: 'BLG-01', earliest: today, latest: today.add({ years: 1 }) }
  const { value } = orRefuse(
    fields({ npsn: parseNpsn(query.npsn), on: optional(query.on, (input) => date(input, within)) }),
  )
  const [npsn, on] = [value.npsn.code as Npsn, value.on ?? today]
  const reach = { territory: territory(caller, 'ktp.list.read'), today }
  const found = await findPupilsOf16(app.db, { npsn, on, ...reach, limit: MOST + 1 })
  return { npsn, on, pupils: found.slice(0, MOST), isWhole: found.length <= MOST }
}
