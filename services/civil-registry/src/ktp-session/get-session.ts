import { uuid } from '@satuanak/domain-kit'
import { type Caller, type Facts, permit } from '@satuanak/identity'
import { maySessionBecome, SessionNotOpen, type SessionState } from '@satuanak/offline-session/rules'
import type { RegistryApp, RegistryTx } from '../app.ts'
import type { Session } from './domain.ts'
import { SessionNotFound } from './errors.ts'
import { findSessionInTx, findSessions } from './repository.ts'

/** A session is no secret: who may know of a pupil in it is measured pupil by pupil. */
export const factsOfSession = ({ npsn }: Pick<Session, 'npsn'>): Facts => ({ level: 2, schools: [npsn] })

/** @throws SessionNotFound, NotPermitted. */
export async function getSessionInTx(tx: RegistryTx, caller: Caller, id: string): Promise<Session> {
  const session = await findSessionInTx(tx, id)
  if (!session) throw new SessionNotFound()
  permit(caller, 'ktp.session.plan', factsOfSession(session))
  return session
}

/** A session as it stands, for another feature's use case; asks no permission. @throws SessionNotFound. */
export async function readSession(app: RegistryApp, id: string): Promise<Session> {
  const session = (await findSessions(app.db, [id])).get(id)
  if (!session) throw new SessionNotFound()
  return session
}

/** @throws SessionNotOpen where it may not become that (KT-08). */
export function become(session: Session, state: SessionState): Session {
  if (!maySessionBecome(session.state, state)) throw new SessionNotOpen(session.state)
  return { ...session, state }
}

export const checkSessionId = (id: string) => uuid(id, { rule: 'KT-08' })
