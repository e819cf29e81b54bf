import type { ChildGroup } from '@satuanak/child-kit'
import { EXIT_REASONS, type ExitReason, type Npsn } from '@satuanak/contracts'
import { date, fields, oneOf, optional, orRefuse, parseNpsn, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { EducationApp, EducationTx } from '../app.ts'
import { openFromSchoolInTx } from '../ats/open-from-school.ts'
import { type Enrolment, type Leaving, refuseUnlessEnding } from './domain.ts'
import { followUpOn, isDropOut } from './domain-reasons.ts'
import { getKeptEnrolmentInTx } from './get-kept-enrolment.ts'
import { endEnrolmentInTx } from './repository.ts'
import { tellEnded } from './start-enrolment.ts'

export interface EndEnrolment {
  readonly requestId: string
  readonly enrolmentId: string
  /** The first day on which the child is no longer there. */
  readonly on: Temporal.PlainDate
  readonly reason: string
}

export interface ReleasePupil {
  readonly requestId: string
  readonly enrolmentId: string
  readonly on: Temporal.PlainDate
  /** NPSN of the school that will take the pupil, where it is known; it may be of another city. */
  readonly movedTo?: string | null | undefined
}

/** A move is said by `releasePupil`: only there may its destination be named. */
export const END_REASONS = EXIT_REASONS.filter((reason) => reason !== 'MUTASI')

/**
 * Writes down that a child is no longer a school's pupil, and why. A drop-out is put on the out-of-school list at once
 * (AT-01); who was expelled, withdrew or left for another reason is asked after in 14 days (RF-01).
 * @returns the enrolment's id.
 * @throws InvalidInput, EnrolmentNotFound, EnrolmentEnded, EndsBeforeStart, NotPermitted for another school's pupil,
 * RequestIdReused.
 */
export function endEnrolment(app: EducationApp, caller: Caller, command: EndEnrolment): Promise<string> {
  const { value } = orRefuse(
    fields({
      ...checkWhen(command, app.today()),
      reason: oneOf(command.reason, END_REASONS, { rule: 'AT-14' }),
    }),
  )
  const leaving = { endedOn: value.on, exitReason: value.reason, movedTo: null }
  return leave(app, caller, { name: 'endEnrolment', command, enrolmentId: value.enrolmentId, leaving })
}

/**
 * The old school's half of a move: it lets a pupil go, to a school by name or to one not known. Until another school
 * receives the pupil nobody has it; after 14 days it is put on the out-of-school list (RF-01).
 * @returns the enrolment's id.
 * @throws as `endEnrolment`.
 */
export function releasePupil(app: EducationApp, caller: Caller, command: ReleasePupil): Promise<string> {
  const { value } = orRefuse(
    fields({ ...checkWhen(command, app.today()), movedTo: optional(command.movedTo, parseNpsn) }),
  )
  const movedTo = value.movedTo && (value.movedTo.code as Npsn)
  const leaving = { endedOn: value.on, exitReason: 'MUTASI', movedTo } as const
  return leave(app, caller, { name: 'releasePupil', command, enrolmentId: value.enrolmentId, leaving })
}

interface Departure {
  readonly name: 'endEnrolment' | 'releasePupil'
  readonly command: EndEnrolment | ReleasePupil
  readonly enrolmentId: string
  readonly leaving: Leaving
}

function leave(app: EducationApp, caller: Caller, departure: Departure): Promise<string> {
  const { name, command, enrolmentId, leaving } = departure
  const request = { name, requestId: command.requestId, input: { ...command, on: command.on.toString() } }
  return app.once(caller, request, async (tx) => {
    const permission = 'enrolment.keep'
    const { enrolment, group } = await getKeptEnrolmentInTx(app, tx, { caller, permission, id: enrolmentId })
    refuseUnlessEnding(enrolment, leaving.endedOn)
    await endEnrolmentInTx(tx, enrolment.id, { ...leaving, followUpOn: followUp(leaving) })
    await tell(app, tx, { caller, enrolment, group, leaving, correlationid: command.requestId })
    await audit(tx, caller, permission, [enrolment.childId], { deed: name, reason: leaving.exitReason })
    return enrolment.id
  })
}

const followUp = ({ exitReason, endedOn }: Leaving) => followUpOn(exitReason, endedOn)

interface Left {
  readonly caller: Caller
  readonly enrolment: Enrolment
  readonly group: ChildGroup
  readonly leaving: Leaving
  readonly correlationid: string
}

async function tell(app: EducationApp, tx: EducationTx, left: Left): Promise<void> {
  const { caller, enrolment, group, leaving, correlationid } = left
  const { id: enrolmentId, childId, npsn } = enrolment
  const { endedOn, exitReason, movedTo } = leaving
  const who = { actor: caller.subject, org: caller.agency }
  const said = { ...who, sensitivity: group.level, time: app.now(), correlationid }
  await tellEnded(tx, { enrolmentId, childId, npsn, endedOn }, said)
  await emit(tx, {
    ...said,
    type: 'education.pupil.left.v1',
    subject: childId,
    data: { enrolmentId, npsn, reason: exitReason satisfies ExitReason, leftOn: endedOn.toString(), movedTo },
  })
  if (!isDropOut(exitReason)) return
  await openFromSchoolInTx(app, tx, { childId, group, enrolmentId, ground: 'PUTUS_SEKOLAH', since: endedOn }, said)
}

function checkWhen({ enrolmentId, on }: EndEnrolment | ReleasePupil, today: Temporal.PlainDate) {
  return {
    enrolmentId: uuid(enrolmentId, { rule: 'AT-14' }),
    // What has not happened is not written down; a school career is twelve years.
    on: date(on, { rule: 'AT-14', earliest: today.subtract({ years: 13 }), latest: today }),
  }
}
