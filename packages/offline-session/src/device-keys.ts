import { type CryptoKey, exportJWK, generateKeyPair } from 'jose'
import { DEVICE_ALGORITHM, type DeviceKey, type PublicPoint, SEAL } from './format.ts'

/** A device's two key pairs. The private halves cannot be taken out of it; a browser keeps them in IndexedDB. */
export interface DeviceKeys {
  readonly sign: CryptoKey
  readonly seal: CryptoKey
  /** What `takeSessionBundle` is told, as `deviceKey`. */
  readonly deviceKey: DeviceKey
}

/** New keys, on P-256. Made once per device: a bundle is opened, and its result signed, by those it was taken for. */
export async function createDeviceKeys(): Promise<DeviceKeys> {
  const sign = await generateKeyPair(DEVICE_ALGORITHM)
  const seal = await generateKeyPair(SEAL.alg, { crv: 'P-256' })
  const deviceKey = { sign: await pointOf(sign.publicKey), seal: await pointOf(seal.publicKey) }
  return { sign: sign.privateKey, seal: seal.privateKey, deviceKey }
}

async function pointOf(key: CryptoKey): Promise<PublicPoint> {
  const { x = '', y = '' } = await exportJWK(key)
  return { x, y }
}
