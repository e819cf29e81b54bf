import { fields, orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { NEEDED_TO_RECORD } from './domain-sop.ts'
import { ChecklistIncomplete } from './errors.ts'
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
    const session = become(await getSessionInTx(tx, caller, value.sessionId), 'BERLANGSUNG')
    const lacking = session.checklist.filter(
      ({ item, state }) => state === 'BELUM' || (state !== 'ADA' && NEEDED_TO_RECORD.includes(item)),
    )
    if (lacking.length > 0) throw new ChecklistIncomplete(lacking.map(({ item }) => item))
    await saveSessionInTx(tx, session)
    await endStepInTx(app, tx, session, 'BLG-02')
    await audit(tx, caller, 'ktp.session.plan', [], { session: session.id, deed: 'START' })
    return session.id
  })
}
