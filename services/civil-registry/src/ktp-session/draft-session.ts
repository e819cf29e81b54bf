import { groupOf } from '@satuanak/child-kit'
import type { Npsn } from '@satuanak/contracts'
import { fields, instant, list, optional, orRefuse, parseNpsn, text, wholeNumber } from '@satuanak/domain-kit'
import { audit, type Caller, decide, permit } from '@satuanak/identity'
import { DIREKAM_DI_SEKOLAH, type SessionPupil } from '@satuanak/offline-session/rules'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findReadyPupilsInTx } from '../ktp-list/find-ready-pupils.ts'
import type { Session } from './domain.ts'
import { NobodyReady } from './errors.ts'
import { findInOpenSessions, findLastSessions, saveNewSessionInTx } from './repository.ts'

export interface DraftSession {
  readonly requestId: string
  readonly npsn: string
  readonly startsAt: Temporal.Instant
  readonly hours: number
  readonly devices: number
  /** How many pupils at most; null: all who are ready. */
  readonly quota?: number | null | undefined
  /** Accounts. */
  readonly officers: readonly string[]
}

/** A session without a quota takes as many as a week of one device cannot manage anyway. */
const MOST = 500

/**
 * Drafts a day of recording with the school's confirmed pupils, those first whom an earlier session left (KT-05), then
 * the oldest (BLG-01). Nobody who is in another open session, nobody under 16 on that day.
 * @returns the session's id.
 * @throws InvalidInput, NobodyReady, NotPermitted, RequestIdReused.
 */
export async function draftSession(app: RegistryApp, caller: Caller, command: DraftSession): Promise<string> {
  const { value } = orRefuse(checkPlan(command, app.now()))
  const npsn = value.npsn.code as Npsn
  permit(caller, 'ktp.session.plan', { level: 2, schools: [npsn] })
  return app.once(caller, { name: 'draftSession', ...command, input: command }, async (tx) => {
    const { startsAt, hours, devices, quota, officers } = value
    const id = app.newId<string>()
    const on = startsAt.toZonedDateTimeISO(app.zone).toPlainDate()
    const pupils = await choosePupilsInTx(app, tx, caller, { npsn, on, quota: quota ?? MOST })
    if (pupils.length === 0) throw new NobodyReady()
    const session: Session = {
      id,
      npsn,
      startsAt,
      hours,
      devices,
      quota,
      officers,
      pupils,
      state: 'DRAFT',
      cancelReason: null,
      checklist: DIREKAM_DI_SEKOLAH.equipment.map(({ code }) => ({ item: code, state: 'BELUM' })),
      steps: [{ step: 'BLG-01', startedAt: app.now(), endedAt: null, outcome: null, officer: caller.subject }],
    }
    await saveNewSessionInTx(tx, session)
    const ids = pupils.map(({ childId }) => childId)
    await audit(tx, caller, 'ktp.session.plan', ids, { session: id, deed: 'DRAFT' })
    return id
  })
}

function checkPlan(command: Omit<DraftSession, 'requestId'>, now: Temporal.Instant) {
  const rule = 'BLG-01'
  return fields({
    npsn: parseNpsn(command.npsn),
    startsAt: instant(command.startsAt, { rule, earliest: now, latest: now.add({ hours: 24 * 366 }) }),
    hours: wholeNumber(command.hours, { rule: 'BLG-R4', from: 1, to: 12 }),
    devices: wholeNumber(command.devices, { rule: 'BLG-R4', from: 1, to: 50 }),
    quota: optional(command.quota, (quota) => wholeNumber(quota, { rule: 'BLG-R4', from: 1, to: MOST })),
    officers: list(command.officers, (officer) => text(officer, { rule, max: 64 }), { rule, max: 20 }),
  })
}

interface Choice {
  readonly npsn: Npsn
  readonly on: Temporal.PlainDate
  readonly quota: number
}

async function choosePupilsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { npsn, on, quota }: Choice,
): Promise<readonly SessionPupil[]> {
  const ready = await findReadyPupilsInTx(app, tx, npsn, on)
  const ids = ready.map(({ childId }) => childId)
  const [groups, busy, left] = [
    await groupOf(tx, ids, app.now()),
    await findInOpenSessions(tx, ids),
    await findLastSessions(tx, ids),
  ]
  // A hidden pupil is asked to school only by who may know of it (PV-14).
  const mayKnow = (level: 1 | 2 | 3 | 4) => decide(caller, 'ktp.session.plan', { level }).allowed
  const free = ready.filter(({ childId }) => !busy.has(childId) && mayKnow(groups.get(childId)?.level ?? 2))
  const [carried, others] = [
    free.filter(({ childId }) => left.has(childId)),
    free.filter(({ childId }) => !left.has(childId)),
  ]
  return [...carried, ...others]
    .slice(0, quota)
    .map((pupil, index) => newPupil({ ...pupil, number: index + 1, carriedFrom: left.get(pupil.childId) ?? null }))
}

/** A pupil as a session begins with it. */
export function newPupil(
  pupil: Pick<SessionPupil, 'childId' | 'number' | 'carriedFrom' | 'sixteenOn' | 'everMarried'>,
): SessionPupil {
  const { childId, number, carriedFrom, sixteenOn, everMarried } = pupil
  const nothing = { reason: null, papers: [], siakFields: [], siak: null, exceptions: [], place: null, printFrom: null }
  return { childId, number, carriedFrom, sixteenOn, everMarried, state: 'BELUM_DICEK', ...nothing, steps: [] }
}
