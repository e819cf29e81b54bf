import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { calculateJwkThumbprint, type JSONWebKeySet, type JWK } from 'jose'

/** A configured key that can never be right. Its sentence is meant for the operator and names no part of the key. */
export class UnfitKey extends Error {
  override readonly name = 'UnfitKey'
}

/** A key pair to sign tokens with: the secret half, and the public half as verifiers want it. */
export interface KeyPair {
  readonly privateJwk: JWK
  readonly jwks: JSONWebKeySet
}

const ALG_OF_CURVE: Readonly<Record<string, string>> = { Ed25519: 'EdDSA', 'P-256': 'ES256' }

/** A private JWK made ready to sign. @throws UnfitKey for anything but a private Ed25519 or P-256 key with a `kid`. */
export function signingKey(jwk: JWK): { readonly key: KeyObject; readonly kid: string; readonly alg: string } {
  const alg = ALG_OF_CURVE[jwk.crv ?? '']
  if (alg === undefined || jwk.d === undefined)
    throw new UnfitKey('The signing key must be a private Ed25519 or P-256 JWK.')
  if (!jwk.kid) throw new UnfitKey('The signing key has no key id (kid).')
  return { key: createPrivateKey({ key: { ...jwk }, format: 'jwk' }), kid: jwk.kid, alg }
}

/** A new Ed25519 key pair; its key id is its thumbprint (RFC 7638). */
export async function createKeyPair(): Promise<KeyPair> {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as JWK
  const kid = await calculateJwkThumbprint(jwk)
  return pairOf({ ...jwk, kid, alg: 'EdDSA', use: 'sig' })
}

/**
 * The key pair kept in this file, made on first use. Several processes may start at once: one of them makes it, all get
 * the same. The file is readable by its owner only.
 * @throws UnfitKey when the file is no key, or others may read it.
 */
export async function openKeyPair(file: string): Promise<KeyPair> {
  const found = readKeyPair(file)
  if (found) return found
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, JSON.stringify((await createKeyPair()).privateJwk), { mode: 0o600, flag: 'wx' })
  try {
    // A link appears whole or not at all, and never replaces the key that another process made meanwhile.
    linkSync(draft, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const made = readKeyPair(file)
  if (!made) throw new UnfitKey(`The signing key ${file} vanished while it was being made.`)
  return made
}

function readKeyPair(file: string): KeyPair | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
  const isShared = process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0
  if (isShared)
    throw new UnfitKey(`Others may read the signing key ${file}. Run chmod 600 on it, or delete it for a new one.`)
  try {
    const jwk = JSON.parse(text) as JWK
    signingKey(jwk)
    return pairOf(jwk)
  } catch {
    // Without the reason: it could quote the key.
    throw new UnfitKey(`The signing key ${file} cannot be read. Delete it for a new one.`)
  }
}

function pairOf(privateJwk: JWK): KeyPair {
  const { key, kid, alg } = signingKey(privateJwk)
  const publicJwk = createPublicKey(key).export({ format: 'jwk' }) as JWK
  return { privateJwk, jwks: { keys: [{ ...publicJwk, kid, alg, use: 'sig' }] } }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)
