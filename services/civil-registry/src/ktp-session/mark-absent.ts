import type { ChildId } from '@satuanak/contracts'
import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { settleCandidateInTx } from '../ktp-list/find-ready-pupils.ts'
import type { Absence, SessionPupil } from './domain.ts'
import { mayPupilBecome } from './domain-pupil.ts'
import { PupilDone, SessionNotOpen } from './errors.ts'
import { checkSessionId } from './get-session.ts'
import { savePupilInTx } from './repository.ts'
import { getPupilInTx } from './work-pupil.ts'

export interface MarkAbsent {
  readonly requestId: string
  readonly sessionId: string
  readonly childId: string
  readonly reason: Absence
}

/**
 * Marks a pupil who is not recorded that day, and why: not come, unwilling (KT-09), to be visited at home (EC-50), out of
 * time. All but the unwilling are carried to the next session (KT-05).
 * @throws InvalidInput, SessionNotFound, PupilNotFound, SessionNotOpen, PupilDone, NotPermitted, RequestIdReused.
 */
export async function markAbsent(app: RegistryApp, caller: Caller, command: MarkAbsent): Promise<string> {
  const { value } = orRefuse(
    fields({
      sessionId: checkSessionId(command.sessionId),
      childId: uuid<ChildId>(command.childId, { rule: 'KT-05' }),
    }),
  )
  return app.once(caller, { name: 'markAbsent', ...command, input: command }, async (tx) => {
    const { session, pupil } = await getPupilInTx(app, tx, caller, value)
    if (session.state !== 'BERLANGSUNG') throw new SessionNotOpen(session.state)
    if (!mayPupilBecome(pupil.state, 'TIDAK_HADIR')) throw new PupilDone()
    const absent: SessionPupil = { ...pupil, state: 'TIDAK_HADIR', reason: command.reason }
    await savePupilInTx(tx, session.id, absent, [])
    if (command.reason === 'MENOLAK') {
      await settleCandidateInTx(app, tx, {
        npsn: session.npsn,
        childId: pupil.childId,
        by: caller.subject,
        as: 'MENOLAK',
      })
    }
    await audit(tx, caller, 'ktp.record', [pupil.childId], { session: session.id, step: 'ABSENT' }, command.reason)
    return session.id
  })
}
