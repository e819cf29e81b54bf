import { fields, InvalidInput, orRefuse, type Parsed, refused, text } from '@satuanak/domain-kit'
import { audit, type Caller, decide } from '@satuanak/identity'
import { SessionNotOpen } from '@satuanak/offline-session/rules'
import { type DeviceKey, deviceOf, isPublicKey } from '@satuanak/offline-session/server'
import type { RegistryApp } from '../app.ts'
import { findChildFiles } from '../identity/find-child-files.ts'
import { checkSessionId, getSessionInTx } from '../ktp-session/get-session.ts'
import { type Bundle, expiryOf, isExpired } from './domain.ts'
import { BundleExpired, BundleRevoked } from './errors.ts'
import { findBundle, saveBundleInTx } from './repository.ts'

export interface TakeSessionBundle {
  readonly requestId: string
  readonly sessionId: string
  readonly deviceKey: DeviceKey
}

/**
 * Takes a session out to be worked on without a network (EC-49): whose device it is, who goes with it, until when; audited
 * with every pupil (PV-05). What leaves is made by `sealSessionBundle`.
 * @throws InvalidInput, SessionNotFound, SessionNotOpen, BundleRevoked, BundleExpired, NotPermitted, RequestIdReused.
 */
export async function takeSessionBundle(app: RegistryApp, caller: Caller, command: TakeSessionBundle): Promise<Bundle> {
  const { value } = orRefuse(
    fields({ sessionId: checkSessionId(command.sessionId), deviceKey: checkKeys(command.deviceKey) }),
  )
  await refuseOffCurve(value.deviceKey)
  const device = await deviceOf(value.deviceKey)
  const id = await app.once(caller, { name: 'takeSessionBundle', ...command, input: command }, async (tx) => {
    const { id: sessionId, state, startsAt, pupils } = await getSessionInTx(tx, caller, value.sessionId)
    if (state !== 'DIJADWALKAN' && state !== 'BERLANGSUNG') throw new SessionNotOpen(state)
    const all = pupils.map(({ childId }) => childId)
    const files = await findChildFiles(app, tx, all)
    // Whom the officer may not know of stays at home (PV-14).
    const childIds = all.filter((childId) => {
      const level = files.get(childId)?.group.level
      return level !== undefined && decide(caller, 'ktp.record', { child: childId, level }).allowed
    })
    const takenAt = app.now()
    const bundle = { id: app.newId<string>(), sessionId, takenBy: caller.subject, takenAt, device, childIds }
    const { deviceKey } = value
    await saveBundleInTx(tx, { ...bundle, deviceKey, expiresAt: expiryOf(takenAt, startsAt, app.zone) })
    await audit(tx, caller, 'ktp.record', childIds, { session: sessionId, bundle: bundle.id, deed: 'TAKE' })
    return bundle.id
  })
  const bundle = await findBundle(app.db, id)
  if (bundle === null) throw new Error('the bundle was not kept')
  // The request may come again, long after.
  if (bundle.revokedAt !== null) throw new BundleRevoked('requestId')
  if (isExpired(bundle, app.now())) throw new BundleExpired('requestId')
  return bundle
}

const checkKeys = ({ sign, seal }: DeviceKey) => fields({ sign: checkPoint(sign), seal: checkPoint(seal) })
const checkPoint = ({ x, y }: DeviceKey['sign']) => fields({ x: coordinate(x), y: coordinate(y) })

/** 32 bytes in base64url (RFC 7518 §6.2.1). */
function coordinate(input: string): Parsed<string> {
  const clean = text(input, { rule: 'EC-49', max: 43 })
  if (!clean.ok || /^[\w-]{43}$/.test(clean.value)) return clean
  return refused(clean.raw, 'EC-49', NO_KEY)
}

async function refuseOffCurve(key: DeviceKey): Promise<void> {
  for (const use of ['sign', 'seal'] as const) {
    if (await isPublicKey(key[use], use)) continue
    throw new InvalidInput([{ field: `deviceKey.${use}`, rule: 'EC-49', message: NO_KEY }])
  }
}

const NO_KEY = {
  id: 'Ini bukan kunci publik P-256. Buat kunci alat baru di aplikasi.',
  en: 'This is no public P-256 key. Make new device keys in the application.',
}
