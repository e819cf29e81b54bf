import type { ChildId } from '@satuanak/contracts'
import { type Caller, decide } from '@satuanak/identity'
import { DIREKAM_DI_SEKOLAH, type SessionPupil } from '@satuanak/offline-session/rules'
import { type BundledPupil, momentOf, RULES, sealBundle } from '@satuanak/offline-session/server'
import type { RegistryApp } from '../app.ts'
import { type ChildFile, findChildFiles } from '../identity/find-child-files.ts'
import { readSession } from '../ktp-session/get-session.ts'
import type { Bundle } from './domain.ts'

export interface SealedBundle {
  readonly sealed: string
  /** Whose data are in it. */
  readonly childIds: readonly ChildId[]
}

/**
 * What leaves with a bundle, as the session stands now: signed by the registry, sealed to the device. Who came to be
 * hidden since it was taken stays out (PV-14). Null where the session is no longer open.
 */
export async function sealSessionBundle(
  app: RegistryApp,
  caller: Caller,
  bundle: Bundle,
): Promise<SealedBundle | null> {
  const session = await readSession(app, bundle.sessionId)
  const { state } = session
  if (state !== 'DIJADWALKAN' && state !== 'BERLANGSUNG') return null
  const files = await findChildFiles(app, app.db, bundle.childIds)
  const seen = session.pupils.flatMap((pupil) => {
    const file = files.get(pupil.childId)
    return file && bundle.childIds.includes(pupil.childId) ? (bundled(caller, pupil, file) ?? []) : []
  })
  const pupils = seen.map((pupil, index) => ({ ...pupil, number: index + 1 }))
  const content = {
    bundleId: bundle.id,
    sessionId: session.id,
    sessionVersion: Buffer.from(app.fingerprint(JSON.stringify(session))).toString('base64url'),
    npsn: session.npsn,
    startsAt: momentOf(session.startsAt),
    state,
    sop: DIREKAM_DI_SEKOLAH.code,
    rules: RULES,
    takenAt: momentOf(bundle.takenAt),
    expiresAt: momentOf(bundle.expiresAt),
    device: bundle.device,
    checklist: session.checklist.map(({ item, state }) => ({ item, state })),
    pupils,
  } as const
  const sealed = await sealBundle(
    { ...content, checklist: [...content.checklist] },
    app.bundleKey,
    bundle.deviceKey.seal,
  )
  return { sealed, childIds: pupils.map(({ childId }) => childId) }
}

/** What an officer needs at the table. No mother, no address, no marriage (KT-10); of the NIK four digits (PV-10). */
function bundled(caller: Caller, pupil: SessionPupil, { group, persons }: ChildFile): BundledPupil | null {
  const [person] = persons
  const facts = { child: pupil.childId, level: group.level }
  if (!person || !decide(caller, 'ktp.record', facts).allowed) return null
  const last4 = persons.find(({ nikLast4 }) => nikLast4 !== null)?.nikLast4
  const { childId, number, state, reason, papers, siakFields, exceptions, place, steps } = pupil
  return {
    childId,
    number,
    name: person.name,
    sex: person.sex,
    birthDate: person.birthDate,
    birthDatePrecision: person.birthDatePrecision,
    nik: last4 && decide(caller, 'nik.read', facts).allowed ? `${'*'.repeat(12)}${last4}` : null,
    state,
    reason,
    papers: [...papers],
    siakFields: [...siakFields],
    exceptions: [...exceptions],
    place,
    steps: steps.map(({ step, outcome, startedAt, endedAt }) => ({
      step,
      outcome,
      startedAt: momentOf(startedAt),
      endedAt: momentOf(endedAt),
    })),
  }
}
