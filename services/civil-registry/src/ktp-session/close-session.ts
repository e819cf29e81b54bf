import type { KtpCancelReason } from '@satuanak/contracts'
import { fields, orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import { isRecorded, isUnfinished, type SessionPupil } from '@satuanak/offline-session/rules'
import type { RegistryApp, RegistryTx } from '../app.ts'
import type { Session } from './domain.ts'
import { newPupil } from './draft-session.ts'
import { become, checkSessionId, getSessionInTx } from './get-session.ts'
import { findNextSessionInTx, savePupilInTx, savePupilsInTx, saveSessionInTx } from './repository.ts'
import { countInTx, dateOf, envelopeOf, type SessionCommand } from './schedule-session.ts'

/**
 * Ends the day. Who did not come, or whom time did not allow, goes to the school's next session: at once where one is
 * planned, else when it is drafted (KT-05).
 * @throws InvalidInput, SessionNotFound, SessionNotOpen, NotPermitted, RequestIdReused.
 */
export async function closeSession(app: RegistryApp, caller: Caller, command: SessionCommand): Promise<string> {
  const { value } = orRefuse(fields({ sessionId: checkSessionId(command.sessionId) }))
  return app.once(caller, { name: 'closeSession', ...command, input: command }, async (tx) => {
    const session = become(await getSessionInTx(tx, caller, value.sessionId), 'SELESAI')
    const { carried, pupils } = await leaveInTx(tx, session)
    const absent = pupils.filter(({ state }) => state === 'TIDAK_HADIR')
    await emit(tx, {
      type: 'civil-registry.ktp.session.closed.v1',
      data: {
        npsn: session.npsn,
        date: dateOf(app, session),
        pupils: await countInTx(app, tx, pupils),
        recorded: await countInTx(app, tx, pupils.filter(isRecorded)),
        absent: await countInTx(app, tx, absent),
        carried: await countInTx(app, tx, carried),
      },
      ...envelopeOf(app, caller, session, command.requestId),
    })
    await audit(tx, caller, 'ktp.session.plan', ids(carried), { session: session.id, deed: 'CLOSE' })
    return session.id
  })
}

export interface CancelSession extends SessionCommand {
  readonly reason: KtpCancelReason
}

/**
 * Calls a session off: network, weather, device (KT-08), or one of the two sides. Its pupils wait for the next; what was
 * recorded stays recorded.
 * @throws InvalidInput, SessionNotFound, SessionNotOpen, NotPermitted, RequestIdReused.
 */
export async function cancelSession(app: RegistryApp, caller: Caller, command: CancelSession): Promise<string> {
  const { value } = orRefuse(fields({ sessionId: checkSessionId(command.sessionId) }))
  return app.once(caller, { name: 'cancelSession', ...command, input: command }, async (tx) => {
    const { reason } = command
    const session = { ...become(await getSessionInTx(tx, caller, value.sessionId), 'BATAL'), cancelReason: reason }
    const { carried } = await leaveInTx(tx, session)
    await emit(tx, {
      type: 'civil-registry.ktp.session.cancelled.v1',
      data: { npsn: session.npsn, date: dateOf(app, session), reason, carried: await countInTx(app, tx, carried) },
      ...envelopeOf(app, caller, session, command.requestId),
    })
    await audit(tx, caller, 'ktp.session.plan', ids(carried), { session: session.id, deed: 'CANCEL' }, reason)
    return session.id
  })
}

const ids = (pupils: readonly SessionPupil[]) => pupils.map(({ childId }) => childId)

/** Leaves a session: whom nobody called out is absent for want of time, and the unfinished are carried on (KT-05). */
async function leaveInTx(tx: RegistryTx, session: Session) {
  await saveSessionInTx(tx, session)
  const pupils: SessionPupil[] = []
  for (const pupil of session.pupils) {
    const isLeft = isUnfinished(pupil) && pupil.state !== 'TIDAK_HADIR' && session.state === 'SELESAI'
    const after: SessionPupil = isLeft ? { ...pupil, state: 'TIDAK_HADIR', reason: 'WAKTU_HABIS' } : pupil
    if (isLeft) await savePupilInTx(tx, session.id, after, [])
    pupils.push(after)
  }
  const carried = pupils.filter(isUnfinished)
  const next = await findNextSessionInTx(tx, session.npsn)
  const there = new Set(next?.pupils.map(({ childId }) => childId))
  const coming = carried.filter(({ childId }) => !there.has(childId))
  if (next && coming.length > 0) {
    const last = Math.max(0, ...next.pupils.map(({ number }) => number))
    const added = coming.map((pupil, index) =>
      newPupil({ ...pupil, number: last + index + 1, carriedFrom: session.id }),
    )
    await savePupilsInTx(tx, next.id, added)
  }
  return { carried, pupils }
}
