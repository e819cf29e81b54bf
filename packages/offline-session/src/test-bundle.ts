import type { ChildId } from '@satuanak/contracts'
import { exportJWK, generateKeyPair } from 'jose'
import { createDeviceKeys } from './device-keys.ts'
import { type BundledPupil, RULES } from './format.ts'
import { DIREKAM_DI_SEKOLAH } from './rules/index.ts'
import { type BundleContent, deviceOf, sealBundle } from './server.ts'
import { openSession } from './session.ts'

export const EQUIPMENT = DIREKAM_DI_SEKOLAH.equipment.map(({ code }) => code)
export const idOf = (n: number) => `01930000-0000-7000-8000-00000000000${n}` as ChildId
const at = (text: string) => Temporal.Instant.from(text)

/** A clock that a test moves. */
function createTestClock(start: string) {
  let now = at(start)
  return {
    now: () => now,
    set: (text: string) => {
      now = at(text)
    },
    pass: (minutes: number) => {
      now = now.add({ minutes })
    },
  }
}

export async function createRegistry() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'dukcapil', alg: 'EdDSA', use: 'sig' }
  return { signing: { key: privateKey, kid: 'dukcapil', alg: 'EdDSA' }, trusted: { keys: [jwk] } }
}

const pupil = (n: number): BundledPupil => ({
  childId: idOf(n),
  number: n,
  name: `Murid Contoh ${n}`,
  sex: 'P',
  birthDate: '2009-12-01',
  birthDatePrecision: 'HARI',
  nik: null,
  state: 'BELUM_DICEK',
  reason: null,
  papers: [],
  siakFields: [],
  exceptions: [],
  place: null,
  steps: [],
})

/** A scheduled session with three pupils, taken on a Thursday at 08.00 WITA by a device on whose clock it is opened. */
export async function takenOut(more: Partial<BundleContent> = {}) {
  const [registry, keys] = [await createRegistry(), await createDeviceKeys()]
  const clock = createTestClock('2026-11-26T00:00:00Z')
  const content: BundleContent = {
    bundleId: '01930000-0000-7000-8000-0000000000b1',
    sessionId: '01930000-0000-7000-8000-0000000000a1',
    sessionVersion: 'v',
    npsn: '99000001',
    startsAt: '2026-11-26T00:30:00.000Z',
    state: 'DIJADWALKAN',
    sop: DIREKAM_DI_SEKOLAH.code,
    rules: RULES,
    takenAt: '2026-11-26T00:00:00.000Z',
    expiresAt: '2026-11-28T16:00:00.000Z',
    device: await deviceOf(keys.deviceKey),
    checklist: EQUIPMENT.map((item) => ({ item, state: 'BELUM' })),
    pupils: [1, 2, 3].map(pupil),
    ...more,
  }
  const sealed = await sealBundle(content, registry.signing, keys.deviceKey.seal)
  const { trusted } = registry
  const open = (kept?: string) =>
    openSession({ sealed, keys, trusted, now: clock.now, ...(kept !== undefined && { kept }) })
  return { keys, clock, content, sealed, trusted, registry, open }
}
