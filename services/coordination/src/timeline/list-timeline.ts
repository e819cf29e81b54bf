import type { ChildGroup } from '@satuanak/child-kit'
import type { ChildId, FactType, KelurahanCode } from '@satuanak/contracts'
import { type Caller, decide, type Permission } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import type { TimelineEntry } from './domain.ts'
import { GUARDED_BY } from './guarded-by.ts'
import { findPlaces, findTimelines, type Sight, type TimelineKeys } from './repository.ts'

const TYPES_OF = Map.groupBy(Object.keys(GUARDED_BY) as FactType[], (type): Permission => GUARDED_BY[type])

const LEVELS = [4, 3, 2, 1] as const

/** A child whose timeline is asked for. */
export interface OfChild {
  readonly id: ChildId
  readonly group: ChildGroup
  /** Where the child lives or is listed; null where nobody has spoken of it. */
  readonly kelurahan: readonly string[] | null
}

/** What of this child's timeline this caller may see: per permission the highest level, and whether as a party only. */
export function sightsOf(caller: Caller, { group, kelurahan }: Omit<OfChild, 'id'>): Sight[] {
  const facts = { level: group.level, kelurahan: kelurahan ?? [], grants: group.grants }
  if (!decide(caller, 'timeline.read', facts).allowed) return []
  return [...TYPES_OF].flatMap(([permission, types]) => {
    const upTo = (agencies: Caller['agency'][]) =>
      LEVELS.find((level) => level >= group.level && decide(caller, permission, { ...facts, level, agencies }).allowed)
    const [anyones, asParty] = [upTo([]), upTo([caller.agency])]
    const all: Sight[] = anyones === undefined ? [] : [{ types, level: anyones, party: null }]
    return asParty === undefined || asParty === anyones
      ? all
      : [...all, { types, level: asParty, party: caller.agency }]
  })
}

/** Facts about each child that this caller may see, oldest first; those of all ids of the person. */
export function listTimelines(
  app: Pick<CoordinationApp, 'db'>,
  caller: Caller,
  children: readonly OfChild[],
  page: { readonly after: TimelineKeys | null; readonly limit: number },
): Promise<ReadonlyMap<ChildId, readonly TimelineEntry[]>> {
  const queries = children.map((child) => ({
    asked: child.id,
    members: child.group.ids,
    sights: sightsOf(caller, child),
  }))
  return findTimelines(
    app.db,
    queries.filter(({ sights }) => sights.length > 0),
    page,
  )
}

/**
 * The kelurahan that registry and education named for each child; no entry for a child nobody has spoken of. Where an
 * outreach worker met a child gives that kelurahan's officers no say.
 */
export function findPlacesOfChildren(
  db: Parameters<typeof findPlaces>[0],
  ids: readonly ChildId[],
): Promise<ReadonlyMap<ChildId, readonly KelurahanCode[]>> {
  return findPlaces(db, ids)
}
