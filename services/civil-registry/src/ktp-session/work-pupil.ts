import { type ChildGroup, groupOf } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import { fields, instant, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, permitOr } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import {
  type Finding,
  followCard,
  type PupilEntry,
  PupilNotFound,
  type PupilStepId,
  SessionNotOpen,
  type SessionPupil,
  StepNotTaken,
  statusTold,
  workPupil,
} from '@satuanak/offline-session/rules'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { settleCandidateInTx } from '../ktp-list/find-ready-pupils.ts'
import { changeKtpStatusInTx } from '../ktp-recording/change-ktp-status.ts'
import { readKtpStatuses } from '../ktp-recording/read-ktp-statuses.ts'
import type { Session } from './domain.ts'
import { SessionNotFound } from './errors.ts'
import { checkSessionId } from './get-session.ts'
import { findSessionInTx, savePupilInTx } from './repository.ts'

export type { Finding } from '@satuanak/offline-session/rules'

/** One step of the SOP for one pupil, as an officer enters it. */
export interface TakeStep {
  /** Of the mutation. */
  readonly name: string
  readonly requestId: string
  readonly sessionId: string
  readonly childId: string
  readonly step: PupilStepId
  readonly outcome: string | null
  readonly startedAt: Temporal.Instant
  readonly finding: Finding
}

/**
 * Takes a step for a pupil of a running session; it ends now. What the step means for the pupil (KT-08), for the list and
 * for others follows from it.
 * @returns the session's id.
 * @throws InvalidInput, SessionNotFound, PupilNotFound, SessionNotOpen, StepNotTaken, NotPermitted, RequestIdReused.
 */
export async function takeStepForPupil(app: RegistryApp, caller: Caller, command: TakeStep): Promise<string> {
  const { value } = orRefuse(fields(stepChecks(command, app.now())))
  const { name, requestId, step, outcome, finding } = command
  return app.once(caller, { name, requestId, input: command }, async (tx) => {
    const entry = { step, outcome, startedAt: value.startedAt, endedAt: app.now(), officer: caller.subject }
    await takeStepInTx(app, tx, caller, { ...value, entry, finding, correlationid: requestId })
    return value.sessionId
  })
}

/** One step with its own times and officer. */
export interface TakenStep {
  readonly sessionId: string
  readonly childId: ChildId
  readonly entry: PupilEntry
  readonly finding: Finding
  readonly correlationid: string
}

/**
 * The same in the caller's own transaction.
 * @returns the pupil as it was, and the ids of the child.
 * @throws as `takeStepForPupil`, before any write.
 */
export async function takeStepInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { entry, finding, correlationid, ...of }: TakenStep,
) {
  const { session, pupil, group } = await getPupilInTx(app, tx, caller, of)
  if (session.state !== 'BERLANGSUNG') throw new SessionNotOpen(session.state)
  const worked = workPupil(pupil, entry, finding)
  if (!worked.ok) throw new StepNotTaken(worked.why, worked.expected)
  await keepWorkInTx(app, tx, caller, { session, before: pupil, after: worked.pupil, group, correlationid })
  return { pupil, group }
}

/** Checks what every step at the school is told: which pupil of which session, and since when. */
export function stepChecks(
  { sessionId, childId, startedAt }: Pick<TakeStep, 'sessionId' | 'childId' | 'startedAt'>,
  now: Temporal.Instant,
) {
  return {
    sessionId: checkSessionId(sessionId),
    childId: uuid<ChildId>(childId, { rule: 'BLG-01' }),
    startedAt: instant(startedAt, { rule: 'ID-29', earliest: now.subtract({ hours: 24 }), latest: now }),
  }
}

/** @throws SessionNotFound, PupilNotFound, NotPermitted. */
export async function getPupilInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { sessionId, childId }: { readonly sessionId: string; readonly childId: ChildId },
) {
  const session = await findSessionInTx(tx, sessionId)
  if (!session) throw new SessionNotFound()
  const group = (await groupOf(tx, [childId], app.now())).get(childId)
  const pupil = session.pupils.find((one) => group?.ids.includes(one.childId))
  if (!group || !pupil) throw new PupilNotFound()
  const facts = { child: pupil.childId, level: group.level, schools: group.schools }
  permitOr(caller, 'ktp.record', facts, () => new PupilNotFound())
  return { session, pupil, group }
}

interface Work {
  readonly session: Session
  readonly before: SessionPupil
  readonly after: SessionPupil
  readonly group: ChildGroup
  readonly correlationid: string
}

/** Keeps what a pupil has become, and tells it: the card, the list, others, the audit. */
async function keepWorkInTx(app: RegistryApp, tx: RegistryTx, caller: Caller, work: Work): Promise<void> {
  const { session, before, group, correlationid } = work
  const steps = work.after.steps.slice(before.steps.length)
  let after = work.after
  for (const entry of steps) after = await tellCardInTx(app, tx, caller, after, entry, correlationid)
  await savePupilInTx(tx, session.id, after, steps)
  const common = {
    subject: after.childId,
    actor: caller.subject,
    org: caller.agency,
    sensitivity: group.level,
    time: app.now(),
    correlationid,
  } as const
  for (const entry of steps) {
    await settleInTx(app, tx, caller, session, after, entry)
    const data = { fields: [...after.siakFields] }
    if (entry.outcome === 'TIDAK_COCOK') {
      await emit(tx, { type: 'civil-registry.ktp.siak.mismatch.v1', data, ...common })
    }
    if (entry.step === 'BLG-05') await emit(tx, { type: 'civil-registry.ktp.siak.corrected.v1', data, ...common })
    await audit(tx, caller, 'ktp.record', [after.childId], { session: session.id, step: entry.step })
  }
}

/** Hands a status on to where cards are followed; the pupil is where the card is (BLG-R3). */
async function tellCardInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  pupil: SessionPupil,
  entry: PupilEntry,
  requestId: string,
): Promise<SessionPupil> {
  const code = statusTold(entry)
  if (code === null) return pupil
  const { childId } = pupil
  const known = (await readKtpStatuses(app, tx, [childId])).get(childId)
  // The check finds a card: where this house knows of one, its own word says more than "printed".
  if (code === 'CARD_PRINTED' && known?.decision.state === 'SUDAH_CETAK') return pupil
  const everMarried = pupil.everMarried ? true : undefined
  const news = { childId, code, source: 'SESSION', at: entry.endedAt, everMarried, requestId } as const
  const { decision, whenReady } = await changeKtpStatusInTx(app, tx, caller, news)
  // Just recorded, the centre has not answered: what can be said is whether the card will wait (BLG-R3).
  const standing = code === 'BIO_CAPTURED' && whenReady.state !== 'SIAP_CETAK' ? whenReady : decision
  const until = standing.state === 'DITAHAN' ? standing.until : null
  return followCard(pupil, { state: standing.state, until, isIssued: false })
}

const SETTLES = {
  SUDAH_REKAM: 'SELESAI',
  SUDAH_CETAK: 'SUDAH_CETAK',
  NIK_TIDAK_ADA: 'NIK_TIDAK_DI_SIAK',
} as const

async function settleInTx(
  app: RegistryApp,
  tx: RegistryTx,
  { subject: by }: Caller,
  { npsn }: Session,
  { childId }: SessionPupil,
  { step, outcome }: PupilEntry,
): Promise<void> {
  const as = step === 'BLG-06' ? 'SELESAI' : SETTLES[(outcome ?? '') as keyof typeof SETTLES]
  if (as !== undefined) await settleCandidateInTx(app, tx, { npsn, childId, by, as })
}
