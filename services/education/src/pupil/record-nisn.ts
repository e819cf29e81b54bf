import type { ChildId } from '@satuanak/contracts'
import { fields, orRefuse, parseNisn, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { EducationApp } from '../app.ts'
import { identifyKnownChildInTx, permitKnown } from '../child/identify-child.ts'
import { findCurrentEnrolmentInTx } from '../enrolment/find-enrolments.ts'
import { NisnTaken } from './errors.ts'
import { findHolderInTx, saveNisnInTx } from './repository.ts'

export interface RecordNisn {
  readonly requestId: string
  readonly childId: string
  readonly nisn: string
}

/**
 * Writes down a pupil's national number (ID-12), or corrects it: one child has one, and no other child has it. It stays
 * in this table; neither event nor audit row carries it.
 * @returns the child's id.
 * @throws InvalidInput, ChildNotFound, NisnTaken, NotPermitted for another school's pupil, RequestIdReused.
 */
export function recordNisn(app: EducationApp, caller: Caller, command: RecordNisn): Promise<ChildId> {
  const { value } = orRefuse(fields({ childId: uuid<ChildId>(command.childId), nisn: parseNisn(command.nisn) }))
  const request = { name: 'recordNisn', requestId: command.requestId, input: command }
  return app.once(caller, request, async (tx) => {
    const { childId, nisn } = value
    const { ids, level } = await identifyKnownChildInTx(app, tx, childId)
    const current = await findCurrentEnrolmentInTx(tx, ids, app.today())
    permitKnown(caller, 'nisn.record', { child: childId, level, schools: current ? [current.npsn] : [] })
    const holder = await findHolderInTx(tx, nisn)
    if (holder !== null && !ids.includes(holder)) throw new NisnTaken()
    await saveNisnInTx(tx, { childId: holder ?? childId, nisn, ids }, { by: caller.subject, at: app.now() })
    await audit(tx, caller, 'nisn.record', [childId])
    return childId
  })
}
