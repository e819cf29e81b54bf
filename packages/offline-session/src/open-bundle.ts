import { Refusal, type Sentence } from '@satuanak/domain-kit'
import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import type { DeviceKeys } from './device-keys.ts'
import { unsealed } from './envelope.ts'
import { BUNDLE, BUNDLE_ALGORITHMS, BundleContent } from './format.ts'
import { CLOCK_TOLERANCE, DIREKAM_DI_SEKOLAH } from './rules/index.ts'

const WHY = {
  NOT_GENUINE: {
    id: 'Paket sesi ini bukan dari Dukcapil untuk alat ini, atau rusak. Ambil paket baru selagi ada jaringan.',
    en: 'This bundle is not Dukcapil’s for this device, or is damaged. Take a new one while there is a network.',
  },
  OTHER_RULES: {
    id: 'Paket sesi ini memakai aturan lain daripada aplikasi ini. Perbarui aplikasi, lalu ambil paket baru.',
    en: 'This bundle goes by other rules than this application. Update it, then take a new bundle.',
  },
  EXPIRED: {
    id: 'Masa berlaku paket sesi ini habis. Kirim hasilnya, lalu ambil paket baru.',
    en: 'This bundle has expired. Send its result, then take a new one.',
  },
  CLOCK: {
    id: 'Jam alat ini tertinggal dari saat paket diambil. Betulkan jamnya lebih dahulu.',
    en: 'The clock of this device is behind the moment at which the bundle was taken. Set it first.',
  },
} as const satisfies Record<string, Sentence>

/** A bundle with which nothing is entered, or nothing any more. */
export class BundleUnusable extends Refusal {
  readonly code = 'KTP_BUNDLE_UNUSABLE'
  readonly why: keyof typeof WHY

  constructor(why: keyof typeof WHY) {
    super(WHY[why], { rule: 'EC-49' })
    this.why = why
  }
}

/** Open from when it was taken until it expires. @throws BundleUnusable. */
export function assertOpen(content: BundleContent, now: Temporal.Instant): void {
  const { takenAt, expiresAt } = content
  if (Temporal.Instant.compare(now, Temporal.Instant.from(expiresAt)) >= 0) throw new BundleUnusable('EXPIRED')
  const earliest = Temporal.Instant.from(takenAt).subtract(CLOCK_TOLERANCE)
  if (Temporal.Instant.compare(now, earliest) < 0) throw new BundleUnusable('CLOCK')
}

/**
 * Opens a bundle with the device's own key and believes it only under one of the registry's.
 * @param trusted the registry's public keys, as the application was installed with them; not out of the same answer.
 * @throws BundleUnusable.
 */
export async function openBundle(
  sealed: string,
  keys: DeviceKeys,
  trusted: JSONWebKeySet,
  now: Temporal.Instant,
): Promise<BundleContent> {
  const value = await genuine(sealed, keys, trusted)
  const { rules, sop } = value as { readonly rules?: unknown; readonly sop?: unknown }
  if (rules !== BundleContent.shape.rules.value || sop !== DIREKAM_DI_SEKOLAH.code) {
    throw new BundleUnusable('OTHER_RULES')
  }
  const content = BundleContent.safeParse(value)
  if (!content.success) throw new BundleUnusable('NOT_GENUINE')
  assertOpen(content.data, now)
  return content.data
}

async function genuine(sealed: string, keys: DeviceKeys, trusted: JSONWebKeySet): Promise<object> {
  try {
    const signer = { key: createLocalJWKSet(trusted), algorithms: BUNDLE_ALGORITHMS }
    const value = await unsealed(sealed, keys.seal, BUNDLE, signer)
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // The cause is left out: it could quote the content.
  }
  throw new BundleUnusable('NOT_GENUINE')
}
