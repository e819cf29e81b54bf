import type { Npsn } from '@satuanak/contracts'
import { fields, orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { EducationApp } from '../app.ts'
import { identifyKnownChildInTx, permitKnown } from '../child/identify-child.ts'
import { type Place, refuseUnlessReleased } from './domain.ts'
import { checkPlace, type EnrolChild } from './enrol-child.ts'
import { findEnrolments } from './repository.ts'
import { startEnrolmentInTx } from './start-enrolment.ts'

export type ReceivePupil = Omit<EnrolChild, 'entryReason'>

/**
 * The new school's half of a move: it takes in a pupil whom another school let go, to it or to no school by name. What
 * the Education Office settles otherwise, it enrols (`enrolChild`).
 * @returns the enrolment's id.
 * @throws InvalidInput, ChildNotFound, PupilNotReleased, SchoolNotFound, SchoolClosed, LevelNotOffered,
 * EnrolmentOverlaps, NotPermitted for another school's, RequestIdReused.
 */
export function receivePupil(app: EducationApp, caller: Caller, command: ReceivePupil): Promise<string> {
  const { value } = orRefuse(fields(checkPlace(command, app.today())))
  const input = { ...command, startedOn: command.startedOn.toString() }
  return app.once(caller, { name: 'receivePupil', requestId: command.requestId, input }, async (tx) => {
    const { childId, level, startedOn } = value
    const place: Place = { npsn: value.npsn.code as Npsn, level, startedOn }
    const group = await identifyKnownChildInTx(app, tx, childId)
    permitKnown(caller, 'enrolment.receive', { child: childId, level: group.level, schools: [place.npsn] })
    const before = await findEnrolments(tx, group.ids)
    refuseUnlessReleased(before, place)
    const said = {
      actor: caller.subject,
      org: caller.agency,
      sensitivity: group.level,
      time: app.now(),
      correlationid: command.requestId,
    } as const
    const start = { childId, group, place, before, entryReason: 'PINDAHAN' } as const
    const { id } = await startEnrolmentInTx(app, tx, start, said)
    await audit(tx, caller, 'enrolment.receive', [childId])
    return id
  })
}
