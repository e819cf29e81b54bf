import type { ChildId } from '@satuanak/contracts'
import { fields, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import {
  type Absence,
  isBeforeTheLast,
  leaveOut,
  PupilDone,
  SessionNotOpen,
  StepNotTaken,
} from '@satuanak/offline-session/rules'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { settleCandidateInTx } from '../ktp-list/find-ready-pupils.ts'
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
    await markAbsentInTx(app, tx, caller, { ...value, reason: command.reason })
    return value.sessionId
  })
}

interface Absent {
  readonly sessionId: string
  readonly childId: ChildId
  readonly reason: Absence
  /** When it was said, where that was not just now: not before what was done with the pupil. */
  readonly at?: Temporal.Instant
}

/** The same in the caller's own transaction. @throws as `markAbsent`, and StepNotTaken; before any write. */
export async function markAbsentInTx(app: RegistryApp, tx: RegistryTx, caller: Caller, { reason, at, ...of }: Absent) {
  const { session, pupil } = await getPupilInTx(app, tx, caller, of)
  if (session.state !== 'BERLANGSUNG') throw new SessionNotOpen(session.state)
  const absent = leaveOut(pupil, reason)
  if (absent === null) throw new PupilDone()
  if (at && isBeforeTheLast(pupil, at)) throw new StepNotTaken('BEFORE_THE_LAST', null)
  await savePupilInTx(tx, session.id, absent, [])
  if (reason === 'MENOLAK') {
    await settleCandidateInTx(app, tx, {
      npsn: session.npsn,
      childId: pupil.childId,
      by: caller.subject,
      as: 'MENOLAK',
    })
  }
  await audit(tx, caller, 'ktp.record', [pupil.childId], { session: session.id, step: 'ABSENT' }, reason)
}
