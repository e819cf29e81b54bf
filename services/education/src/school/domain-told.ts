import type { KelurahanCode } from '@satuanak/contracts'
import type { School } from './domain.ts'

/** What a list says of a school; null where it does not say. */
export interface ToldSchool extends Pick<School, 'npsn' | 'name' | 'kind' | 'provider'> {
  /** All that its form may teach (ID-14); which of several a centre or an SLB does teach, a list does not tell. */
  readonly levels: School['levels']
  readonly kelurahan: KelurahanCode | null
  readonly capacity: number | null
}

/**
 * A school as a list has it, laid over what is known: what the list does not say stays as it was. Null where it is new
 * and the list does not say where it stands.
 */
export function asTold(known: School | null, told: ToldSchool): School | null {
  const kelurahan = told.kelurahan ?? known?.kelurahan ?? null
  if (kelurahan === null) return null
  const { npsn, name, kind, provider } = told
  const { latitude = null, longitude = null, closedOn = null, mergedInto = null } = known ?? {}
  return {
    npsn,
    name,
    kind,
    provider,
    levels: levelsOf(known, told),
    kelurahan,
    capacity: told.capacity ?? known?.capacity ?? 0,
    latitude,
    longitude,
    closedOn,
    mergedInto,
  }
}

/** The levels that somebody chose stay while the kind does (one roof, two levels), or as long as the new kind may teach them. */
function levelsOf(known: School | null, { levels, kind, provider }: ToldSchool): School['levels'] {
  const mayStay =
    known !== null &&
    (known.kind === kind || (known.provider === provider && known.levels.every((level) => levels.includes(level))))
  return mayStay ? known.levels : levels
}

/** Whether the two say the same of a school. */
export function isSameSchool(one: School, other: School): boolean {
  return (
    one.name === other.name &&
    one.kind === other.kind &&
    one.provider === other.provider &&
    one.kelurahan === other.kelurahan &&
    one.capacity === other.capacity &&
    one.levels.join() === other.levels.join()
  )
}
