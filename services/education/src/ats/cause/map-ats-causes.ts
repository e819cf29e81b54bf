import { orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import type { EducationApp } from '../../app.ts'
import { AtsNotReady, AtsRecordNotFound } from '../errors.ts'
import { factsOfRecord, getRecordInTx } from '../get-ats-record.ts'
import { hasInstrument } from '../instrument/repository.ts'
import { moveAtsRecordInTx } from '../repository.ts'
import { checkCauses, type MapAtsCauses } from './check-causes.ts'
import { planMapping } from './domain.ts'
import { InstrumentMissing } from './errors.ts'
import { findCausesOf, saveMappingInTx } from './repository.ts'

/**
 * Says why a verified child is out of school and which OPD answers for each cause (TUN-07, TUN-R5). May be said again
 * until it is proposed, and once an OPD gave something back; what stood before is kept as superseded.
 * @returns the record's id.
 * @throws InvalidInput, AtsRecordNotFound, AtsNotReady before the verification and while all is with the OPD,
 * InstrumentMissing, CauseAtOpd, NotPermitted outside the caller's kelurahan (TUN-R3), RequestIdReused.
 */
export function mapAtsCauses(app: EducationApp, caller: Caller, command: MapAtsCauses): Promise<string> {
  const { value } = orRefuse(checkCauses(command, app.opdsOf))
  const request = { name: 'mapAtsCauses', requestId: command.requestId, input: command }
  return app.once(caller, request, async (tx) => {
    const { record, level } = await getRecordInTx(app, tx, value.recordId)
    permitOr(caller, 'ats.cause.map', factsOfRecord(record, level), () => new AtsRecordNotFound())
    if (record.state !== 'TERVERIFIKASI' && record.state !== 'DIPETAKAN') throw new AtsNotReady(record.state)
    if (!(await hasInstrument(tx, record.id))) throw new InstrumentMissing()
    const mapping = planMapping(await findCausesOf(tx, record.id), value.causes)
    const mapped = { recordId: record.id, by: caller.subject, at: app.now(), newId: () => app.newId() }
    await saveMappingInTx(tx, mapping, mapped)
    await moveAtsRecordInTx(tx, record.id, { state: 'DIPETAKAN' })
    await audit(tx, caller, 'ats.cause.map', [record.childId], { record: record.id })
    return record.id
  })
}
