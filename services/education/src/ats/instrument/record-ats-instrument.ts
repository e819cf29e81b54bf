import type { Npsn } from '@satuanak/contracts'
import { InvalidInput, orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import type { EducationApp } from '../../app.ts'
import { isVerified } from '../domain-states.ts'
import { AtsNotReady, AtsRecordNotFound } from '../errors.ts'
import { factsOfRecord, getRecordInTx } from '../get-ats-record.ts'
import { checkInstrument, type RecordAtsInstrument } from './check-instrument.ts'
import { contradictsCategory } from './domain.ts'
import { addInstrumentInTx } from './repository.ts'

/**
 * Writes down what was asked of a verified child and its family (TUN-06, AT-05, AT-08 to AT-11). Told again, it stands
 * beside what was told before, and is what is read from then on.
 * @returns the record's id.
 * @throws InvalidInput, AtsRecordNotFound, AtsNotReady before the verification and after the record closed, NotPermitted
 * outside the caller's kelurahan (TUN-R3), RequestIdReused.
 */
export function recordAtsInstrument(app: EducationApp, caller: Caller, command: RecordAtsInstrument): Promise<string> {
  const { value } = orRefuse(checkInstrument(command, app.today()))
  const { recordId, lastNpsn, ...rest } = value
  const answers = { ...rest, lastNpsn: lastNpsn ? (lastNpsn.code as Npsn) : null }
  const request = { name: 'recordAtsInstrument', requestId: command.requestId, input: command }
  return app.once(caller, request, async (tx) => {
    const { record, level } = await getRecordInTx(app, tx, recordId)
    permitOr(caller, 'ats.verify', factsOfRecord(record, level), () => new AtsRecordNotFound())
    if (!isVerified(record.state)) throw new AtsNotReady(record.state)
    if (contradictsCategory(record.category, answers)) throw new InvalidInput([LAST_SCHOOL_OF[record.category]])
    await addInstrumentInTx(tx, { recordId, answers, by: caller.subject, at: app.now() })
    await audit(tx, caller, 'ats.instrument.record', [record.childId], { record: recordId })
    return recordId
  })
}

const WAS_IN_SCHOOL = {
  field: 'lastLevel',
  rule: 'AT-01',
  message: {
    id: 'Anak ini didata pernah bersekolah. Isi jenjang terakhirnya.',
    en: 'This child is on record as having been to school. Give the last level.',
  },
}
const LAST_SCHOOL_OF = {
  DO: WAS_IN_SCHOOL,
  LTM: WAS_IN_SCHOOL,
  BPB: {
    field: 'lastLevel',
    rule: 'AT-01',
    message: {
      id: 'Anak ini didata belum pernah bersekolah (BPB). Kosongkan jenjang, kelas, sekolah dan tahun berhenti.',
      en: 'This child is on record as never having been to school (BPB). Leave level, grade, school and year empty.',
    },
  },
}
