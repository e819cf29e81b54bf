import type { Npsn } from '@satuanak/contracts'
import { orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { EducationApp } from '../app.ts'
import { checkVerification, type VerifyAtsRecord } from './check-verification.ts'
import { type Finding, isConcluded, stateAfterCheck } from './domain.ts'
import { isFinal } from './domain-states.ts'
import { AtsRecordNotFound } from './errors.ts'
import { factsOfRecord, getRecordInTx } from './get-ats-record.ts'
import { addFieldCheckInTx, moveAtsRecordInTx } from './repository.ts'

/**
 * Writes down what a field check of a reported child found (TUN-04 to TUN-06): out of school indeed, or not and why. No
 * verification without a field check (TUN-R2).
 * @returns the record's id.
 * @throws InvalidInput, AtsRecordNotFound, AtsAlreadyVerified, SecondVisitNeeded, NotPermitted outside the caller's
 * kelurahan (TUN-R3), RequestIdReused.
 */
export function verifyAtsRecord(app: EducationApp, caller: Caller, command: VerifyAtsRecord): Promise<string> {
  const { value } = orRefuse(checkVerification(command, app.today()))
  const { requestId, fieldCheck } = command
  const input = { ...command, fieldCheck: { ...fieldCheck, date: fieldCheck.date.toString() } }
  const finding: Finding = {
    fieldCheck: { ...value.fieldCheck, volunteer: value.fieldCheck.volunteer ?? caller.subject },
    outcome: value.outcome,
    npsn: value.npsn ? (value.npsn.code as Npsn) : null,
  }
  return app.once(caller, { name: 'verifyAtsRecord', requestId, input }, async (tx) => {
    const { record, level } = await getRecordInTx(app, tx, value.recordId)
    permitOr(caller, 'ats.verify', factsOfRecord(record, level), () => new AtsRecordNotFound())
    const state = stateAfterCheck(record, finding)
    const at = app.now()
    const number = record.fieldChecks.length + 1
    await addFieldCheckInTx(tx, { recordId: record.id, number, fieldCheck: finding.fieldCheck, by: caller.subject, at })
    await moveAtsRecordInTx(tx, record.id, {
      state,
      ...(isConcluded(state) && { verifiedAt: at, outcome: finding.outcome, outcomeNpsn: finding.npsn }),
      ...(isFinal(state) && { closedAt: at }),
    })
    if (isConcluded(state)) {
      await emit(tx, {
        type: 'education.ats.record.verified.v1',
        subject: record.childId,
        data: { recordId: record.id, outOfSchool: finding.outcome === null },
        actor: caller.subject,
        org: caller.agency,
        sensitivity: level,
        time: at,
        correlationid: requestId,
      })
    }
    await audit(tx, caller, 'ats.verify', [record.childId], { state })
    return record.id
  })
}
