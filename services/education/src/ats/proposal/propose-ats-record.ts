import { levelOfReason, Sensitivity } from '@satuanak/contracts'
import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { EducationApp } from '../../app.ts'
import { OpdUndecided } from '../cause/errors.ts'
import { findCausesOf, proposeCausesInTx } from '../cause/repository.ts'
import { AtsNotReady, AtsRecordNotFound } from '../errors.ts'
import { factsOfRecord, getRecordInTx } from '../get-ats-record.ts'
import { moveAtsRecordInTx } from '../repository.ts'

export interface ProposeAtsRecord {
  readonly requestId: string
  readonly recordId: string
}

/**
 * Proposes each mapped cause to the OPD that answers for it (TUN-08): told once, and coordination puts it on their desks.
 * What an OPD has already is not proposed again.
 * @returns the record's id.
 * @throws InvalidInput, AtsRecordNotFound, AtsNotReady, OpdUndecided, NotPermitted outside the caller's kelurahan
 * (TUN-R3), RequestIdReused.
 */
export function proposeAtsRecord(app: EducationApp, caller: Caller, command: ProposeAtsRecord): Promise<string> {
  const { value } = orRefuse(fields({ recordId: uuid(command.recordId) }))
  const request = { name: 'proposeAtsRecord', requestId: command.requestId, input: command }
  return app.once(caller, request, async (tx) => {
    const { record, level } = await getRecordInTx(app, tx, value.recordId)
    permitOr(caller, 'ats.cause.map', factsOfRecord(record, level), () => new AtsRecordNotFound())
    if (record.state !== 'DIPETAKAN') throw new AtsNotReady(record.state)
    const waiting = (await findCausesOf(tx, record.id)).filter(({ proposal }) => proposal === null)
    const causes = waiting.map(({ id: causeId, reason, opd }) => {
      if (opd === null) throw new OpdUndecided()
      return { causeId, reason, opd }
    })
    const at = app.now()
    await proposeCausesInTx(
      tx,
      waiting.map(({ id }) => id),
      at,
    )
    await moveAtsRecordInTx(tx, record.id, { state: 'DIUSULKAN' })
    // Where an OPD gave one cause back and it was dropped, the others are with their OPD as before.
    if (causes.length > 0) {
      await emit(tx, {
        type: 'education.ats.record.proposed.v1',
        subject: record.childId,
        data: { recordId: record.id, kelurahan: record.kelurahan, causes },
        actor: caller.subject,
        org: caller.agency,
        // As carefully as the most delicate of its causes (PV-14).
        sensitivity: Sensitivity.parse(Math.max(level, ...causes.map(({ reason }) => levelOfReason(reason)))),
        time: at,
        correlationid: command.requestId,
      })
    }
    await audit(tx, caller, 'ats.propose', [record.childId], { record: record.id, causes: causes.length })
    return record.id
  })
}
