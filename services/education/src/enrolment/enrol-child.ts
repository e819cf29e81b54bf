import { type ChildId, LEVELS, type Npsn } from '@satuanak/contracts'
import { date, fields, oneOf, optional, orRefuse, parseNpsn, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { EducationApp } from '../app.ts'
import { identifyKnownChildInTx, permitKnown } from '../child/identify-child.ts'
import type { Place } from './domain.ts'
import { ENTRY_REASONS } from './domain-reasons.ts'
import { findEnrolments } from './repository.ts'
import { startEnrolmentInTx } from './start-enrolment.ts'

export interface EnrolChild {
  readonly requestId: string
  readonly childId: string
  readonly npsn: string
  readonly level: string
  readonly startedOn: Temporal.PlainDate
  /** Left out, it follows from the child's last time at school. */
  readonly entryReason?: string | null | undefined
}

/**
 * Enrols a child at a school, a PKBM or an SKB (RF-01). What ran before ends on that day, and an open out-of-school
 * record closes: the child is back in learning (DOMAIN §9 ats.child.reentered). Whether it stays is told by the school's
 * marks after 30 and 90 days (AT-15).
 * @returns the enrolment's id.
 * @throws InvalidInput, ChildNotFound, SchoolNotFound, SchoolClosed, LevelNotOffered, AlreadyEnrolled,
 * EnrolmentOverlaps, NotPermitted, RequestIdReused.
 */
export function enrolChild(app: EducationApp, caller: Caller, command: EnrolChild): Promise<string> {
  const { value } = orRefuse(check(command, app.today()))
  const input = { ...command, startedOn: command.startedOn.toString() }
  return app.once(caller, { name: 'enrolChild', requestId: command.requestId, input }, async (tx) => {
    const { childId, level, startedOn, entryReason } = value
    const place: Place = { npsn: value.npsn.code as Npsn, level, startedOn }
    const group = await identifyKnownChildInTx(app, tx, childId)
    permitKnown(caller, 'enrolment.start', { child: childId, level: group.level, schools: [place.npsn] })
    const before = await findEnrolments(tx, group.ids)
    const said = {
      actor: caller.subject,
      org: caller.agency,
      sensitivity: group.level,
      time: app.now(),
      correlationid: command.requestId,
    } as const
    const { id } = await startEnrolmentInTx(app, tx, { childId, group, place, before, entryReason }, said)
    await audit(tx, caller, 'enrolment.start', [childId])
    return id
  })
}

function check(command: EnrolChild, today: Temporal.PlainDate) {
  return fields({
    ...checkPlace(command, today),
    entryReason: optional(command.entryReason, (reason) => oneOf(reason, ENTRY_REASONS, { rule: 'AT-14' })),
  })
}

/** Which child, at which school and level, from which day on. */
export function checkPlace(
  { childId, npsn, level, startedOn }: Pick<EnrolChild, 'childId' | 'npsn' | 'level' | 'startedOn'>,
  today: Temporal.PlainDate,
) {
  return {
    childId: uuid<ChildId>(childId),
    npsn: parseNpsn(npsn),
    level: oneOf(level, LEVELS, { rule: 'ID-14' }),
    // A school career is twelve years; a place for the school year after the next is nobody's to give.
    startedOn: date(startedOn, {
      rule: 'RF-01',
      earliest: today.subtract({ years: 13 }),
      latest: today.add({ years: 1 }),
    }),
  }
}
