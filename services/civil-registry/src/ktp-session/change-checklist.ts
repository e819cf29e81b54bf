import { fields, list, oneOf, orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import type { ItemState } from './domain.ts'
import { DIREKAM_DI_SEKOLAH } from './domain-sop.ts'
import { SessionNotOpen } from './errors.ts'
import { checkSessionId, getSessionInTx } from './get-session.ts'
import { saveChecklistInTx, saveSessionStepInTx } from './repository.ts'

export interface ChangeChecklist {
  readonly requestId: string
  readonly sessionId: string
  readonly items: readonly string[]
  readonly state: ItemState
}

const CODES = DIREKAM_DI_SEKOLAH.equipment.map(({ code }) => code)

/**
 * Ticks off equipment, item by item or several at once (BLG-02, BLG-H4). With the first, preparing begins: its minutes
 * run until the session is started.
 * @throws InvalidInput, SessionNotFound, SessionNotOpen, NotPermitted, RequestIdReused.
 */
export async function changeChecklist(app: RegistryApp, caller: Caller, command: ChangeChecklist): Promise<string> {
  const { value } = orRefuse(
    fields({
      sessionId: checkSessionId(command.sessionId),
      items: list(command.items, (item) => oneOf(item, CODES, { rule: 'BLG-H4' }), {
        rule: 'BLG-H4',
        max: CODES.length,
      }),
    }),
  )
  return app.once(caller, { name: 'changeChecklist', ...command, input: command }, async (tx) => {
    const session = await getSessionInTx(tx, caller, value.sessionId)
    const isBefore = session.state === 'DRAFT' || session.state === 'DIJADWALKAN'
    if (!isBefore && session.state !== 'BERLANGSUNG') throw new SessionNotOpen(session.state)
    const now = app.now()
    const items = [...new Set(value.items)].map((item) => ({ item, state: command.state }))
    await saveChecklistInTx(tx, session.id, items, { by: caller.subject, at: now })
    if (isBefore && !session.steps.some(({ step }) => step === 'BLG-02')) {
      const entry = { step: 'BLG-02', startedAt: now, endedAt: null, outcome: null, officer: caller.subject } as const
      await saveSessionStepInTx(tx, session.id, entry)
    }
    await audit(tx, caller, 'ktp.session.plan', [], { session: session.id, deed: 'CHECKLIST', state: command.state })
    return session.id
  })
}
