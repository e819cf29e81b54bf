import type { ChildId } from '@satuanak/contracts'
import { audit, type Caller } from '@satuanak/identity'
import { AT_SCHOOL, SessionNotOpen, type SiakCheck, StepNotTaken } from '@satuanak/offline-session/rules'
import { nextStep } from '@satuanak/sop'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { savePupilInTx } from './repository.ts'
import { getPupilInTx } from './work-pupil.ts'

export type { SiakCheck } from '@satuanak/offline-session/rules'

interface OfSession {
  readonly sessionId: string
  readonly childId: ChildId
}

/**
 * Writes down that SIAK is asked about a pupil whose turn it is (BLG-04).
 * @returns false where there is nothing to ask now: the session does not run, or it is another step's turn.
 * @throws SessionNotFound, PupilNotFound, NotPermitted.
 */
export async function noteQuestionInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  of: OfSession,
): Promise<boolean> {
  const { session, pupil } = await getPupilInTx(app, tx, caller, of)
  if (session.state !== 'BERLANGSUNG' || nextStep(AT_SCHOOL, pupil.steps) !== 'BLG-04') return false
  await audit(tx, caller, 'nik.verify', [pupil.childId], { session: session.id })
  return true
}

/**
 * Keeps an answer by which BLG-04 cannot be decided: SIAK is away, or knows nobody by the NIK. The pupil stays where it is.
 * @throws SessionNotFound, PupilNotFound, SessionNotOpen, StepNotTaken, NotPermitted.
 */
export async function keepSiakAnswerInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { siak, ...of }: OfSession & { readonly siak: SiakCheck },
): Promise<void> {
  const { session, pupil } = await getPupilInTx(app, tx, caller, of)
  if (session.state !== 'BERLANGSUNG') throw new SessionNotOpen(session.state)
  const expected = nextStep(AT_SCHOOL, pupil.steps)
  if (expected !== 'BLG-04') throw new StepNotTaken('NOT_ITS_TURN', expected)
  await savePupilInTx(tx, session.id, { ...pupil, siak }, [])
  await audit(tx, caller, 'ktp.record', [pupil.childId], { session: session.id, step: 'BLG-04' })
}
