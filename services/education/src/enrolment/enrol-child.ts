import { type ChildId, LEVELS, type Npsn } from '@satuanak/contracts'
import { date, fields, oneOf, orRefuse, parseNpsn, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { EducationApp, EducationTx, Said } from '../app.ts'
import { closeAtsRecordsInTx } from '../ats/close-ats-records.ts'
import { identifyKnownChildInTx, permitKnown } from '../child/identify-child.ts'
import { getOpenSchoolInTx } from '../school/find-schools.ts'
import { type Enrolment, enrolmentsEndedBy, type Place } from './domain.ts'
import { LevelNotOffered } from './errors.ts'
import { endEnrolmentInTx, findEnrolments, saveEnrolmentInTx } from './repository.ts'

export interface EnrolChild {
  readonly requestId: string
  readonly childId: string
  readonly npsn: string
  readonly level: string
  readonly startedOn: Temporal.PlainDate
}

/**
 * Enrols a child at a school, a PKBM or an SKB (RF-01). What ran before ends on that day, and an open out-of-school
 * record closes: the child is back in learning (DOMAIN §9 ats.child.reentered). Whether it stays is asked after 30 and
 * 90 days (AT-15), elsewhere.
 * @returns the enrolment's id.
 * @throws InvalidInput, ChildNotFound, SchoolNotFound, SchoolClosed, LevelNotOffered, AlreadyEnrolled, EnrolmentOverlaps,
 * NotPermitted, RequestIdReused.
 */
export function enrolChild(app: EducationApp, caller: Caller, command: EnrolChild): Promise<string> {
  const { value } = orRefuse(check(command, app.today()))
  const input = { ...command, startedOn: command.startedOn.toString() }
  return app.once(caller, { name: 'enrolChild', requestId: command.requestId, input }, async (tx) => {
    const { childId, level, startedOn } = value
    const place: Place = { npsn: value.npsn.code as Npsn, level, startedOn }
    const group = await identifyKnownChildInTx(app, tx, childId)
    permitKnown(caller, 'enrolment.start', { child: childId, level: group.level, schools: [place.npsn] })
    await refuseUnlessOffered(tx, place)
    const ended = enrolmentsEndedBy(place, await findEnrolments(tx, group.ids))
    const enrolment: Enrolment = { ...place, id: app.newId(), childId, grade: null, endedOn: null }
    const said = {
      actor: caller.subject,
      org: caller.agency,
      sensitivity: group.level,
      time: app.now(),
      correlationid: command.requestId,
    } as const
    for (const one of ended) await end(tx, one, startedOn, said)
    await write(tx, enrolment, said)
    await closeAtsRecordsInTx(tx, { childIds: group.ids, enrolmentId: enrolment.id, ...place }, said)
    await audit(tx, caller, 'enrolment.start', [childId])
    return enrolment.id
  })
}

async function refuseUnlessOffered(tx: EducationTx, { npsn, level, startedOn }: Place): Promise<void> {
  const school = await getOpenSchoolInTx(tx, npsn, startedOn)
  if (!school.levels.includes(level)) throw new LevelNotOffered(school.levels)
}

async function end(
  tx: EducationTx,
  { id, childId, npsn }: Enrolment,
  on: Temporal.PlainDate,
  said: Said,
): Promise<void> {
  await endEnrolmentInTx(tx, id, on)
  await emit(tx, {
    ...said,
    type: 'education.enrolment.ended.v1',
    subject: childId,
    data: { enrolmentId: id, npsn, endedOn: on.toString() },
  })
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

function check(command: EnrolChild, today: Temporal.PlainDate) {
  return fields({
    childId: uuid<ChildId>(command.childId),
    npsn: parseNpsn(command.npsn),
    level: oneOf(command.level, LEVELS, { rule: 'ID-14' }),
    // A school career is twelve years; a place for the school year after the next is nobody's to give.
    startedOn: date(command.startedOn, {
      rule: 'RF-01',
      earliest: today.subtract({ years: 13 }),
      latest: today.add({ years: 1 }),
    }),
  })
}
