import type { ChildGroup } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { emit } from '@satuanak/messaging'
import type { EducationApp, EducationTx, Said } from '../app.ts'
import { closeAtsRecordsInTx } from '../ats/close-ats-records.ts'
import { getOpenSchoolInTx } from '../school/find-schools.ts'
import { type Enrolment, enrolmentsEndedBy, type Place } from './domain.ts'
import { type EntryReason, entryReasonAfter, exitReasonOnEntry } from './domain-reasons.ts'
import { LevelNotOffered } from './errors.ts'
import { dropFollowUpsInTx, endEnrolmentInTx, saveEnrolmentInTx } from './repository.ts'

interface Start {
  readonly childId: ChildId
  readonly group: ChildGroup
  readonly place: Place
  /** All of the person, the latest first. */
  readonly before: readonly Enrolment[]
  /** Null where nobody said: then by what was before. */
  readonly entryReason: EntryReason | null
}

/**
 * Begins a time at school: what ran before ends on that day, an open out-of-school record closes, and nobody asks any
 * longer who has taken the child. @throws SchoolNotFound, SchoolClosed, LevelNotOffered, AlreadyEnrolled,
 * EnrolmentOverlaps
 */
export async function startEnrolmentInTx(
  app: EducationApp,
  tx: EducationTx,
  { childId, group, place, before, entryReason }: Start,
  said: Said,
): Promise<Enrolment> {
  const school = await getOpenSchoolInTx(tx, place.npsn, place.startedOn)
  if (!school.levels.includes(place.level)) throw new LevelNotOffered(school.levels)
  const ended = enrolmentsEndedBy(place, before)
  const enrolment: Enrolment = {
    ...place,
    id: app.newId(),
    childId,
    grade: null,
    endedOn: null,
    entryReason: entryReason ?? entryReasonAfter(before[0] ?? null, place),
    exitReason: null,
    movedTo: null,
  }
  for (const one of ended) await end(tx, one, place, said)
  await write(tx, enrolment, said)
  await dropFollowUpsInTx(tx, group.ids)
  await closeAtsRecordsInTx(tx, { childIds: group.ids, enrolmentId: enrolment.id, ...place }, said)
  return enrolment
}

async function end(tx: EducationTx, ended: Enrolment, place: Place, said: Said): Promise<void> {
  const exitReason = exitReasonOnEntry(ended, place)
  const movedTo = exitReason === 'MUTASI' ? place.npsn : null
  const { id: enrolmentId, childId, npsn } = ended
  await endEnrolmentInTx(tx, enrolmentId, { endedOn: place.startedOn, exitReason, movedTo, followUpOn: null })
  await tellEnded(tx, { enrolmentId, childId, npsn, endedOn: place.startedOn }, said)
}

/** Tells that a time at school no longer runs from that day on. */
export async function tellEnded(
  tx: EducationTx,
  { enrolmentId, childId, npsn, endedOn }: Pick<Enrolment, 'childId' | 'npsn'> & Ended,
  said: Said,
): Promise<void> {
  await emit(tx, {
    ...said,
    type: 'education.enrolment.ended.v1',
    subject: childId,
    data: { enrolmentId, npsn, endedOn: endedOn.toString() },
  })
}

interface Ended {
  readonly enrolmentId: string
  readonly endedOn: Temporal.PlainDate
}

async function write(tx: EducationTx, enrolment: Enrolment, said: Said): Promise<void> {
  const { id: enrolmentId, childId, npsn, level, startedOn } = enrolment
  await saveEnrolmentInTx(tx, enrolment, { by: said.actor, at: said.time })
  await emit(tx, {
    ...said,
    type: 'education.enrolment.started.v1',
    subject: childId,
    data: { enrolmentId, npsn, level, startedOn: startedOn.toString() },
  })
}
