import { groupOf } from '@satuanak/child-kit'
import { fields, orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { StepEntry } from '@satuanak/offline-session/rules'
import type { RegistryApp, RegistryTx } from '../app.ts'
import type { Session } from './domain.ts'
import { become, checkSessionId, getSessionInTx } from './get-session.ts'
import { saveSessionInTx, saveSessionStepInTx } from './repository.ts'

export interface SessionCommand {
  readonly requestId: string
  readonly sessionId: string
}

/**
 * Fixes a drafted day: school and officers can count on it (BLG-01).
 * @throws InvalidInput, SessionNotFound, SessionNotOpen, NotPermitted, RequestIdReused.
 */
export async function scheduleSession(app: RegistryApp, caller: Caller, command: SessionCommand): Promise<string> {
  const { value } = orRefuse(fields({ sessionId: checkSessionId(command.sessionId) }))
  return app.once(caller, { name: 'scheduleSession', ...command, input: command }, async (tx) => {
    const session = become(await getSessionInTx(tx, caller, value.sessionId), 'DIJADWALKAN')
    await saveSessionInTx(tx, session)
    await endStepInTx(tx, session, 'BLG-01', app.now())
    await emit(tx, {
      type: 'civil-registry.ktp.session.scheduled.v1',
      data: {
        npsn: session.npsn,
        date: dateOf(app, session),
        quota: session.quota,
        pupils: await countInTx(app, tx, session.pupils),
      },
      ...envelopeOf(app, caller, session, command.requestId),
    })
    await audit(tx, caller, 'ktp.session.plan', [], { session: session.id, deed: 'SCHEDULE' })
    return session.id
  })
}

export const dateOf = (app: RegistryApp, { startsAt }: Session): string =>
  startsAt.toZonedDateTimeISO(app.zone).toPlainDate().toString()

/** How many of these may be told of: a hidden child is not even counted (PV-14). */
export async function countInTx(app: RegistryApp, tx: RegistryTx, pupils: Session['pupils']): Promise<number> {
  const ids = pupils.map(({ childId }) => childId)
  const groups = await groupOf(tx, ids, app.now())
  return ids.filter((id) => (groups.get(id)?.level ?? 2) < 4).length
}

export const envelopeOf = (app: RegistryApp, caller: Caller, { id }: Session, correlationid: string) =>
  ({ subject: id, actor: caller.subject, org: caller.agency, sensitivity: 1, time: app.now(), correlationid }) as const

/** Ends a step of the whole session that runs; leaves it where it never began. */
export async function endStepInTx(
  tx: RegistryTx,
  { id, steps }: Session,
  step: StepEntry['step'],
  endedAt: Temporal.Instant,
): Promise<void> {
  const running = steps.find((entry) => entry.step === step && entry.endedAt === null)
  if (running) await saveSessionStepInTx(tx, id, { ...running, endedAt })
}
