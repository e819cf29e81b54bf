import { randomUUID } from 'node:crypto'
import type { ChildId } from '@satuanak/contracts'
import { createDeviceKeys, type DeviceKeys, openSession } from '@satuanak/offline-session'
import { act } from '../src/act.ts'
import { NOBODY, TODAY } from '../src/city.ts'
import type { House } from '../src/house.ts'
import { running } from './ktp-rows.ts'
import type { Row, Wrong } from './rows.ts'

const SCHOOL: Wrong = { why: 'a school, which records nobody', as: 'panitia-sekolah', code: 'NOT_PERMITTED' }
const now = () => Temporal.Instant.from(`${TODAY}T02:00:00Z`)

async function taken(house: House, keys: DeviceKeys) {
  const { childId, sessionId } = await running(house)
  const input = { requestId: randomUUID(), sessionId, deviceKey: keys.deviceKey }
  const bundle = await act<{ id: string; sealed: string }>(
    house.as('perekaman'),
    'takeSessionBundle',
    input,
    'id sealed',
  )
  return { ...bundle, childId: childId as ChildId }
}

async function resultOf(house: House): Promise<string> {
  const keys = await createDeviceKeys()
  const { sealed, childId } = await taken(house, keys)
  const session = await openSession({ sealed, keys, trusted: { keys: [...house.bundleKeys.keys] }, now })
  session.takeStep({ childId, step: 'BLG-03', outcome: 'SUDAH_CETAK', startedAt: now() })
  const [result = ''] = await session.results()
  return result
}

/** Recording days that are worked on without a network (EC-49). */
export const KTP_OFFLINE_ROWS: Readonly<Record<string, Row>> = {
  takeSessionBundle: {
    as: 'perekaman',
    valid: async (house) => ({
      requestId: randomUUID(),
      sessionId: (await running(house)).sessionId,
      deviceKey: (await createDeviceKeys()).deviceKey,
    }),
    contradictory: [
      {
        why: 'a session that is not there',
        change: { sessionId: NOBODY },
        code: 'KTP_SESSION_NOT_FOUND',
        field: 'sessionId',
      },
    ],
    malformed: [
      {
        why: 'keys that are no points of P-256',
        change: {
          deviceKey: { sign: { x: 'A'.repeat(43), y: 'A'.repeat(43) }, seal: { x: 'A'.repeat(43), y: 'A'.repeat(43) } },
        },
        code: 'INVALID_INPUT',
        field: 'deviceKey.sign',
      },
    ],
    future: [],
    duplicate: { allowed: 'several devices may work at one school' },
    foreign: [SCHOOL],
  },
  uploadSessionResult: {
    as: 'perekaman',
    valid: async (house) => ({ requestId: randomUUID(), result: await resultOf(house) }),
    contradictory: [],
    malformed: [
      { why: 'no result', change: { result: 'halo' }, code: 'KTP_RESULT_NOT_GENUINE', field: 'result' },
      {
        why: 'a result without a signature',
        change: { result: 'eyJhbGciOiJub25lIn0.e30.' },
        code: 'KTP_RESULT_NOT_GENUINE',
        field: 'result',
      },
    ],
    future: [],
    duplicate: { allowed: 'a result may be sent again: each entry is applied once (EC-49)' },
    foreign: [SCHOOL],
  },
  revokeSessionBundle: {
    as: 'perekaman',
    valid: async (house) => ({
      requestId: randomUUID(),
      bundleId: (await taken(house, await createDeviceKeys())).id,
    }),
    contradictory: [
      { why: 'a bundle nobody took', change: { bundleId: NOBODY }, code: 'KTP_BUNDLE_NOT_FOUND', field: 'bundleId' },
    ],
    malformed: [],
    future: [],
    duplicate: { allowed: 'revoked once more it stays revoked' },
    foreign: [SCHOOL],
  },
}
