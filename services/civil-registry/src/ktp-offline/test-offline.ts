import type { ChildId } from '@satuanak/contracts'
import {
  createDeviceKeys,
  type DeviceKeys,
  type OfflineSession,
  type OfflineStep,
  openSession,
} from '@satuanak/offline-session'
import { network, now, type Persona } from '../ktp-session/test-session.ts'
import { sendAs } from '../test-balangan.ts'

/** A device at the school of a test, on the test's clock, and what it sends. */
export interface Device {
  readonly keys: DeviceKeys
  readonly bundleId: string
  readonly sealed: string
  readonly session: OfflineSession
}

interface Refused {
  readonly code?: string
  readonly field?: string
  readonly problems?: readonly { readonly field: string; readonly rule: string }[]
}
interface Conflict {
  readonly reason: string
  readonly message: string
  readonly kind: string
  readonly step: string | null
  readonly childId: string | null
}
export interface Outcome {
  readonly childId: string | null
  readonly verdict: string
  readonly applied: number
  readonly conflicts: readonly Conflict[]
}

const TAKEN = '{ id expiresAt sealed }'
export const take = (sessionId: string, { deviceKey }: DeviceKeys, more: object = {}, as: Persona = 'perekaman') =>
  sendAs<Refused & { data?: { id: string; expiresAt: string; sealed: string | null } }>(
    network,
    as,
    'takeSessionBundle',
    { sessionId, deviceKey, ...more },
    TAKEN,
  )

/** Takes a session out on a new device and opens it there. */
export async function takeOut(sessionId: string, as: Persona = 'perekaman'): Promise<Device> {
  const keys = await createDeviceKeys()
  const { data, ...refusal } = await take(sessionId, keys, {}, as)
  if (!data?.sealed) throw new Error(`not taken: ${JSON.stringify(refusal)}`)
  const { id: bundleId, sealed } = data
  return { keys, bundleId, sealed, session: await open(keys, sealed) }
}

export const open = (keys: DeviceKeys, sealed: string, kept?: string) =>
  openSession({
    keys,
    sealed,
    trusted: { keys: [...network.bundleKeys.keys] },
    now: () => network.clock.now(),
    ...(kept !== undefined && { kept }),
  })

export const CONFLICT = 'reason message kind step childId'
const UPLOADED = `{ session { id } outcomes { childId verdict applied conflicts { ${CONFLICT} } } }`
export const send = (result: string, more: object = {}, as: Persona = 'perekaman') =>
  sendAs<Refused & { data?: { outcomes: Outcome[] } }>(
    network,
    as,
    'uploadSessionResult',
    { result, ...more },
    UPLOADED,
  )

/** Sends all that a device did. */
export async function upload({ session }: Pick<Device, 'session'>): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const result of await session.results()) {
    const { data, ...refusal } = await send(result)
    if (!data) throw new Error(`not taken in: ${JSON.stringify(refusal)}`)
    outcomes.push(...data.outcomes)
  }
  return outcomes
}

/** What became of each: `[verdict, entries that stand, reasons]`. */
export const told = (outcomes: readonly Outcome[]) =>
  outcomes.map(({ verdict, applied, conflicts }) => [verdict, applied, ...conflicts.map(({ reason }) => reason)])

/** A step offline that took these minutes. */
export function stepOffline(
  { session }: Pick<Device, 'session'>,
  childId: string,
  step: OfflineStep['step'],
  outcome: string | null,
  more: Partial<OfflineStep> = {},
  minutes = 3,
) {
  const startedAt = now()
  network.clock.advance({ minutes })
  return session.takeStep({ childId: childId as ChildId, step, outcome, startedAt, ...more })
}

/** A pupil checked and recorded, from the first step to the last. */
export function recordOffline(device: Pick<Device, 'session'>, childId: string) {
  stepOffline(device, childId, 'BLG-03', 'BELUM_REKAM')
  stepOffline(device, childId, 'BLG-04', 'COCOK')
  stepOffline(device, childId, 'BLG-06', null, {}, 20)
}
