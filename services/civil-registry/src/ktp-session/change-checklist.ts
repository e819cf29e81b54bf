import { fields, list, oneOf, orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { DIREKAM_DI_SEKOLAH, type ItemState, SessionNotOpen } from '@satuanak/offline-session/rules'
import type { RegistryApp, RegistryTx } from '../app.ts'
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
    const { state } = command
    await changeChecklistInTx(tx, caller, value.sessionId, { items: value.items, state, at: app.now() })
    return value.sessionId
  })
}

interface Looked extends Pick<ChangeChecklist, 'state'> {
  readonly items: readonly string[]
  readonly at: Temporal.Instant
}

/** The same in the caller's own transaction, as of a moment of its own. @throws as `changeChecklist`, before any write. */
export async function changeChecklistInTx(tx: RegistryTx, caller: Caller, id: string, { items, state, at }: Looked) {
  const session = await getSessionInTx(tx, caller, id)
  const isBefore = session.state === 'DRAFT' || session.state === 'DIJADWALKAN'
  if (!isBefore && session.state !== 'BERLANGSUNG') throw new SessionNotOpen(session.state)
  const looked = [...new Set(items)].map((item) => ({ item, state }))
  await saveChecklistInTx(tx, session.id, looked, { by: caller.subject, at })
  if (isBefore && !session.steps.some(({ step }) => step === 'BLG-02')) {
    const entry = { step: 'BLG-02', startedAt: at, endedAt: null, outcome: null, officer: caller.subject } as const
    await saveSessionStepInTx(tx, session.id, entry)
  }
  await audit(tx, caller, 'ktp.session.plan', [], { session: session.id, deed: 'CHECKLIST', state })
}
