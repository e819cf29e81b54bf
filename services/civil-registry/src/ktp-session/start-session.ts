import { fields, orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { ChecklistIncomplete, lackingToStart } from '@satuanak/offline-session/rules'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { become, checkSessionId, getSessionInTx } from './get-session.ts'
import { saveSessionInTx } from './repository.ts'
import { endStepInTx, type SessionCommand } from './schedule-session.ts'

/**
 * The officers are at the school, and everything without which nothing can be recorded is there (BLG-02, BLG-H4); what
 * else is missing (network, printer: KT-09) they have at least looked for.
 * @throws InvalidInput, SessionNotFound, SessionNotOpen, ChecklistIncomplete, NotPermitted, RequestIdReused.
 */
export async function startSession(app: RegistryApp, caller: Caller, command: SessionCommand): Promise<string> {
  const { value } = orRefuse(fields({ sessionId: checkSessionId(command.sessionId) }))
  return app.once(caller, { name: 'startSession', ...command, input: command }, async (tx) => {
    await startSessionInTx(tx, caller, value.sessionId, app.now())
    return value.sessionId
  })
}

/** The same in the caller's own transaction, as of a moment of its own. @throws as `startSession`, before any write. */
export async function startSessionInTx(tx: RegistryTx, caller: Caller, id: string, at: Temporal.Instant) {
  const session = become(await getSessionInTx(tx, caller, id), 'BERLANGSUNG')
  const lacking = lackingToStart(session.checklist)
  if (lacking.length > 0) throw new ChecklistIncomplete(lacking)
  await saveSessionInTx(tx, session)
  await endStepInTx(tx, session, 'BLG-02', at)
  await audit(tx, caller, 'ktp.session.plan', [], { session: session.id, deed: 'START' })
}
