import { createPublicKey } from 'node:crypto'
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWK, type JWTVerifyGetKey } from 'jose'
import { UnfitKey } from './signing-key.ts'
import { Unauthenticated } from './unauthenticated.ts'

/** Public keys: the set itself, or where it is published. */
export type KeySet = JSONWebKeySet | URL

/** Pinned: no `none`, no HMAC (whose secret an attacker could take from the public key), no RSA. */
export const ALGORITHMS = ['EdDSA', 'ES256'] as const

const FETCH_TIMEOUT_MS = 5_000
/** At most one fetch for unknown key ids in this time, whoever sends them. */
const FETCH_COOLDOWN_MS = 30_000
const CACHE_MAX_AGE_MS = 600_000

/**
 * The keys a verifier trusts. A set given as JSON is checked at once; one behind a URL is fetched at first use, cached
 * for ten minutes and fetched again, at most every half minute, when a key id is new.
 * @throws UnfitKey at start for a set that could never be right: empty, a key that is not public Ed25519 or P-256, a key id
 *   missing or twice, or a URL that is neither https nor loopback.
 */
export function trustedKeys(jwks: KeySet): JWTVerifyGetKey {
  const keys = jwks instanceof URL ? remoteKeys(jwks) : localKeys(jwks)
  return async (header, token) => {
    if (typeof header.kid !== 'string' || header.kid === '') throw new Unauthenticated('KEY_UNKNOWN')
    try {
      return await keys(header, token)
    } catch (error) {
      if (ABOUT_THE_TOKEN.some((kind) => error instanceof kind)) throw error
      // fetch's own TypeError, a timeout, an error page, a set that is none.
      throw new Unauthenticated('KEYS_UNREACHABLE')
    }
  }
}

const ABOUT_THE_TOKEN = [errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys, errors.JOSENotSupported]

function localKeys(jwks: JSONWebKeySet): JWTVerifyGetKey {
  const seen = new Set<string>()
  for (const key of jwks.keys) {
    assertPublic(key)
    if (!key.kid) throw new UnfitKey('A key in the key set has no key id (kid).')
    if (seen.has(key.kid)) throw new UnfitKey('Two keys in the key set share one key id (kid).')
    seen.add(key.kid)
  }
  if (seen.size === 0) throw new UnfitKey('The key set is empty.')
  return createLocalJWKSet(jwks)
}

function assertPublic(key: JWK): void {
  if (key.crv !== 'Ed25519' && key.crv !== 'P-256')
    throw new UnfitKey('A key set may hold only Ed25519 and P-256 keys.')
  if (key.d !== undefined) throw new UnfitKey('A key set holds a private key; publish only the public part.')
  createPublicKey({ key: { ...key }, format: 'jwk' })
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

function remoteKeys(url: URL): JWTVerifyGetKey {
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
  if (!isSafe) throw new UnfitKey('The key set must be fetched over https (http only from this machine).')
  return createRemoteJWKSet(url, {
    timeoutDuration: FETCH_TIMEOUT_MS,
    cooldownDuration: FETCH_COOLDOWN_MS,
    cacheMaxAge: CACHE_MAX_AGE_MS,
  })
}
