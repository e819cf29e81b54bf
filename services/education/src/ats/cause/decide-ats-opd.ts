import { ATS_OPDS } from '@satuanak/contracts'
import { fields, oneOf, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import type { EducationApp } from '../../app.ts'
import { AtsRecordNotFound } from '../errors.ts'
import { factsOfRecord, getRecordInTx } from '../get-ats-record.ts'
import { NothingToDecide } from './errors.ts'
import { decideOpdInTx, findCausesOf } from './repository.ts'

export interface DecideAtsOpd {
  readonly requestId: string
  readonly recordId: string
  readonly opd: string
}

/**
 * The coordinator says which OPD answers for a cause that the list does not have (A13), until it is proposed.
 * @returns the record's id.
 * @throws InvalidInput, AtsRecordNotFound, NothingToDecide, NotPermitted, RequestIdReused.
 */
export function decideAtsOpd(app: EducationApp, caller: Caller, command: DecideAtsOpd): Promise<string> {
  const { value } = orRefuse(
    fields({ recordId: uuid(command.recordId), opd: oneOf(command.opd, ATS_OPDS, { rule: 'TUN-07' }) }),
  )
  const request = { name: 'decideAtsOpd', requestId: command.requestId, input: command }
  return app.once(caller, request, async (tx) => {
    const { record, level } = await getRecordInTx(app, tx, value.recordId)
    permitOr(caller, 'ats.opd.decide', factsOfRecord(record, level), () => new AtsRecordNotFound())
    const causes = await findCausesOf(tx, record.id)
    const other = causes.find(({ reason, proposal }) => reason === 'A13' && proposal === null)
    if (!other || record.state !== 'DIPETAKAN') throw new NothingToDecide()
    await decideOpdInTx(tx, other.id, { opd: value.opd, by: caller.subject, at: app.now() })
    await audit(tx, caller, 'ats.opd.decide', [record.childId], { record: record.id, opd: value.opd })
    return record.id
  })
}
