import { randomBytes } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK } from 'jose'

/** Every secret of a house, made for one test run and never written down. */
export interface HouseKeys {
  readonly gatewayPrivate: JWK
  readonly gatewayJwks: { readonly keys: readonly JWK[] }
  readonly sealingPrivate: JWK
  readonly sealingPublic: JWK
  /** The registry's, for session bundles. */
  readonly bundlePrivate: JWK
  readonly bundleJwks: { readonly keys: readonly JWK[] }
  /** The registry's key ring, as its file has it. */
  readonly nikRing: object
  /** Coordination's, under which portals' secrets are sealed. */
  readonly webhookRing: object
  readonly fingerprintKey: string
}

export async function makeHouseKeys(): Promise<HouseKeys> {
  const gateway = await generateKeyPair('EdDSA', { extractable: true })
  const sealing = await generateKeyPair('ECDH-ES+A256KW', { extractable: true })
  const bundle = await generateKeyPair('EdDSA', { extractable: true })
  const named = { kid: 'test', alg: 'EdDSA', use: 'sig' }
  return {
    gatewayPrivate: { ...(await exportJWK(gateway.privateKey)), ...named },
    gatewayJwks: { keys: [{ ...(await exportJWK(gateway.publicKey)), ...named }] },
    sealingPrivate: await exportJWK(sealing.privateKey),
    sealingPublic: await exportJWK(sealing.publicKey),
    bundlePrivate: { ...(await exportJWK(bundle.privateKey)), ...named },
    bundleJwks: { keys: [{ ...(await exportJWK(bundle.publicKey)), ...named }] },
    nikRing: { current: 'k1', keys: { k1: { seal: secret(), index: secret() } } },
    webhookRing: { current: 'k1', keys: { k1: secret() } },
    fingerprintKey: secret(),
  }
}

const secret = (): string => randomBytes(32).toString('base64url')
