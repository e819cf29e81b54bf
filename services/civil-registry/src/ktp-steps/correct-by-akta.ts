import { fields, orRefuse } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { stepChecks, takeStepInTx } from '../ktp-session/work-pupil.ts'
import { aktaText, keepCorrectionInTx } from '../siak-correction/keep-correction.ts'
import { sendCorrections } from '../siak-correction/send-corrections.ts'
import type { AtSchool } from './domain.ts'

export interface CorrectByAkta extends AtSchool {
  /** Of the akta in hand (ID-17). */
  readonly aktaNumber: string
}

/**
 * BLG-05: SIAK is corrected by the akta, which decides (ID-05), in what BLG-04 found: on the spot, or by itself once SIAK is
 * back (RF-22). The note of it stays (DOC-12), and the pupil goes on either way.
 * @throws InvalidInput, and as `takeStepForPupil`.
 */
export async function correctByAkta(app: RegistryApp, caller: Caller, command: CorrectByAkta): Promise<string> {
  const { requestId } = command
  const { value } = orRefuse(fields({ ...stepChecks(command, app.now()), aktaNumber: aktaText(command.aktaNumber) }))
  const { sessionId, childId, startedAt, aktaNumber } = value
  const notes: string[] = []
  await app.once(caller, { name: 'correctByAkta', requestId, input: command }, async (tx) => {
    const entry = { step: 'BLG-05', outcome: null, startedAt, endedAt: app.now(), officer: caller.subject } as const
    const step = { sessionId, childId, entry, finding: {}, correlationid: requestId }
    const { pupil, group } = await takeStepInTx(app, tx, caller, step)
    const correction = { childId: pupil.childId, ids: group.ids, fields: pupil.siakFields, aktaNumber }
    const note = await keepCorrectionInTx(app, tx, caller, correction)
    if (note !== null) notes.push(note)
    return sessionId
  })
  // SIAK is outside the house: it hears of it once the note is written, outside its transaction.
  await sendCorrections(app, notes)
  return sessionId
}
