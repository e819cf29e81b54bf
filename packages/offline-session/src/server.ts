import { calculateJwkThumbprint, decodeProtectedHeader, importJWK } from 'jose'
import { type SigningKey, signAndSeal, verified } from './envelope.ts'
import {
  BUNDLE,
  BundleContent,
  DEVICE_ALGORITHM,
  type DeviceKey,
  jwkOf,
  type PublicPoint,
  RESULT_TYP,
  Result,
  SEAL,
} from './format.ts'

export type { SigningKey } from './envelope.ts'
export * from './format.ts'

/** Not what that device signed for that bundle, or no result at all. Says nothing of the content. */
export class NotGenuine extends Error {
  override readonly name = 'NotGenuine'
}

/**
 * A bundle as it leaves: signed by the registry (JWS), then sealed to the device (JWE), so that a lost file shows
 * neither pupils nor school.
 * @throws Error where the content does not fit the contract, or the device's key is none.
 */
export const sealBundle = (content: BundleContent, signing: SigningKey, seal: PublicPoint): Promise<string> =>
  signAndSeal(BundleContent.parse(content), signing, seal, BUNDLE)

/** The RFC 7638 thumbprint by which a device is named. */
export const deviceOf = ({ sign }: DeviceKey): Promise<string> => calculateJwkThumbprint(jwkOf(sign))

/** Whether these coordinates are a point of P-256: what is none would fail where it is first used. */
export async function isPublicKey(point: PublicPoint, use: keyof DeviceKey): Promise<boolean> {
  try {
    await importJWK(jwkOf(point), use === 'sign' ? DEVICE_ALGORITHM : SEAL.alg)
    return true
  } catch {
    return false
  }
}

/** Which bundle a result says it belongs to, before anything of it is believed. @throws NotGenuine. */
export function claimedBundle(signed: string): string {
  try {
    const { typ, kid } = decodeProtectedHeader(signed)
    if (typ === RESULT_TYP && typeof kid === 'string') return kid
  } catch {
    // What cannot be read is not genuine either.
  }
  throw new NotGenuine('This is no result of a session')
}

/** What the device that the bundle was issued to has signed for it. @throws NotGenuine. */
export async function openResult(signed: string, bundleId: string, sign: PublicPoint): Promise<Result> {
  try {
    const key = await importJWK(jwkOf(sign), DEVICE_ALGORITHM)
    const { value } = await verified(signed, async () => key, RESULT_TYP, [DEVICE_ALGORITHM])
    const result = Result.parse(value)
    if (result.bundleId === bundleId) return result
  } catch {
    // The cause is left out: a parser's error quotes what it could not read.
  }
  throw new NotGenuine('This result was not signed by the device for this bundle')
}
export { isUnsound, workOf } from './replay.ts'
