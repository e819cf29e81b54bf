import type { ChildGroup } from '@satuanak/child-kit'
import type { ChildId, EventType, KelurahanCode } from '@satuanak/contracts'
import { type Caller, decide, type Permission } from '@satuanak/identity'
import type { CoordinationApp } from '../app.ts'
import type { TimelineEntry } from './domain.ts'
import { findPlaces, findTimelines, type Sight, type TimelineKeys } from './repository.ts'

/**
 * Which permission a fact asks of its reader besides the timeline's own: the one that guards it where it lives, so that
 * the timeline shows nobody what its agency would not (PV-12).
 */
const GUARDED_BY = {
  'civil-registry.person.registered.v1': 'papers.read',
  'civil-registry.person.merged.v1': 'person.read',
  'civil-registry.person.split.v1': 'person.read',
  'civil-registry.person.moved.v1': 'person.read',
  // That a NIK is claimed by another tells that there is another, perhaps a hidden child (PV-14).
  'civil-registry.person.identifier.flagged.v1': 'match.read',
  'civil-registry.paper.issued.v1': 'papers.read',
  'civil-registry.ktp.candidate.listed.v1': 'ktp.list.read',
  'civil-registry.ktp.session.scheduled.v1': 'ktp.session.read',
  'civil-registry.ktp.session.cancelled.v1': 'ktp.session.read',
  'civil-registry.ktp.session.closed.v1': 'ktp.session.read',
  'civil-registry.ktp.status.changed.v1': 'ktp.status.read',
  'civil-registry.ktp.recorded.v1': 'ktp.status.read',
  'civil-registry.ktp.held.v1': 'ktp.status.read',
  'civil-registry.ktp.printready.v1': 'ktp.status.read',
  'civil-registry.ktp.printed.v1': 'ktp.status.read',
  'civil-registry.ktp.siak.mismatch.v1': 'ktp.record',
  'civil-registry.ktp.siak.corrected.v1': 'ktp.record',
  'civil-registry.ktp.batch.handed.v1': 'ktp.card.read',
  'civil-registry.ktp.card.received.v1': 'ktp.card.read',
  'civil-registry.ktp.card.returned.v1': 'ktp.card.read',
  'civil-registry.ktp.stock.low.v1': 'ktp.print',
  'education.child.presented.v1': 'person.read',
  'education.enrolment.started.v1': 'enrolment.read',
  'education.enrolment.ended.v1': 'enrolment.read',
  'education.ats.record.created.v1': 'ats.read',
  'education.ats.record.verified.v1': 'ats.read',
  'education.ats.child.reentered.v1': 'ats.read',
  'social.child.presented.v1': 'outreach.read',
  'social.street.contact.recorded.v1': 'outreach.read',
  'social.street.assessment.completed.v1': 'assessment.read',
  'social.child.protected.v1': 'assessment.read',
  'coordination.referral.created.v1': 'referral.read',
  'coordination.referral.acknowledged.v1': 'referral.read',
  'coordination.referral.rejected.v1': 'referral.read',
  'coordination.referral.completed.v1': 'referral.read',
} as const satisfies Record<EventType, Permission>

const TYPES_OF = Map.groupBy(Object.keys(GUARDED_BY) as EventType[], (type): Permission => GUARDED_BY[type])

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
