import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { JWK } from 'jose'
import type { Caller } from './caller.ts'
import { createKeyPair, type KeyPair } from './signing-key.ts'
import { type TokenFault, Unauthenticated } from './unauthenticated.ts'

/** An attacker's bench: tokens made by hand, so that anything can be wrong with them. Not jose, which would refuse. */

export const NOW = Temporal.Instant.from('2026-11-22T03:00:00Z')
export const nowSeconds = Math.floor(NOW.epochMilliseconds / 1_000)
export const now = () => NOW

export type Json = Readonly<Record<string, unknown>>

export interface Forgery {
  readonly header: Json
  readonly payload: Json | string
}

const encode = (part: Json | string): string =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

const signingInput = ({ header, payload }: Forgery): string => `${encode(header)}.${encode(payload)}`

/** Signed properly, with whatever key and whatever is said inside. */
export function signedWith(privateJwk: JWK, forgery: Forgery): string {
  const key = createPrivateKey({ key: { ...privateJwk }, format: 'jwk' })
  const input = signingInput(forgery)
  const digest = privateJwk.kty === 'EC' ? 'sha256' : null
  return `${input}.${sign(digest, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

/** No signature at all. */
export const unsigned = (forgery: Forgery): string => `${signingInput(forgery)}.`

/** Signed by HMAC with a secret everyone knows: some writing of the public key. */
export function hmacWith(secret: string | Buffer, forgery: Forgery): string {
  const input = signingInput(forgery)
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

/** Every way in which a library might turn a public key into an HMAC secret. */
export function secretsFrom(publicJwk: JWK): readonly (string | Buffer)[] {
  const key = createPublicKey({ key: { ...publicJwk }, format: 'jwk' })
  return [
    key.export({ format: 'pem', type: 'spki' }).toString(),
    key.export({ format: 'der', type: 'spki' }),
    JSON.stringify(publicJwk),
    Buffer.from(publicJwk.x ?? '', 'base64url'),
  ]
}

export const publicKeyOf = ({ jwks }: KeyPair): JWK => {
  const [key] = jwks.keys
  if (!key) throw new Error('a key pair has a public key')
  return key
}

export const ISSUER = 'https://masuk.example.go.id'
export const AUDIENCE = 'satuanak'

export interface TokenChanges {
  readonly header?: Json
  readonly payload?: Json
}

/** A token as the identity provider gives it, with changes. A claim set to undefined is left out. */
export function providerToken(provider: KeyPair, caller: Caller, changes: TokenChanges = {}): Forgery {
  const { subject, ...claims } = caller
  const token = { iss: ISSUER, aud: AUDIENCE, sub: subject, iat: nowSeconds, exp: nowSeconds + 600 }
  return {
    header: { alg: 'EdDSA', kid: publicKeyOf(provider).kid, typ: 'at+jwt', ...changes.header },
    payload: { ...claims, ...token, ...changes.payload },
  }
}

/** Another's key that claims this key id. */
export async function impostor(kid: string): Promise<KeyPair> {
  const pair = await createKeyPair()
  return { privateJwk: { ...pair.privateJwk, kid }, jwks: { keys: [{ ...publicKeyOf(pair), kid }] } }
}

/** The code of a refusal. Fails when there was none, or when something else was thrown. */
export async function faultFrom(refused: Promise<unknown>): Promise<TokenFault> {
  const error: unknown = await refused.then(
    () => new Error('it was accepted'),
    (reason: unknown) => reason,
  )
  if (error instanceof Unauthenticated) return error.code
  throw error
}
