import { aktaText, fields, orRefuse } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { stepChecks, type TakenStep, takeStepInTx } from '../ktp-session/work-pupil.ts'
import { keepCorrectionInTx } from '../siak-correction/keep-correction.ts'
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
    const note = await correctByAktaInTx(app, tx, caller, step, aktaNumber)
    if (note !== null) notes.push(note)
    return sessionId
  })
  // SIAK is outside the house: it hears of it once the note is written, outside its transaction.
  await sendCorrections(app, notes)
  return sessionId
}

/**
 * The same in the caller's own transaction; the caller sends the note once that has ended.
 * @param aktaNumber as `aktaText` has it.
 * @returns the note's id; null where nothing is left to tell SIAK.
 * @throws as `takeStepInTx`, before any write.
 */
export async function correctByAktaInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  step: TakenStep,
  aktaNumber: string,
): Promise<string | null> {
  const { pupil, group } = await takeStepInTx(app, tx, caller, step)
  const { childId, siakFields } = pupil
  return keepCorrectionInTx(app, tx, caller, { childId, ids: group.ids, fields: siakFields, aktaNumber })
}
