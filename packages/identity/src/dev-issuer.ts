import { join } from 'node:path'
import { type JSONWebKeySet, SignJWT } from 'jose'
import { Caller } from './caller.ts'
import { GATEWAY_TOKEN_TYP } from './gateway-token.ts'
import { openKeyPair, signingKey } from './signing-key.ts'

/** `.invalid` (RFC 2606): no real issuer can ever bear this name. */
export const DEV_ISSUER = 'https://dev-issuer.satuanak.invalid'
export const DEV_AUDIENCE = 'satuanak'

const DEV_CLIENT = 'satuanak-dev'
const DEFAULT_LIFETIME_S = 3_600

export interface DevIssuer {
  readonly issuer: string
  readonly audience: string
  readonly jwks: JSONWebKeySet
  /**
   * A token as an identity provider would give it.
   * @param lifetimeSeconds default one hour.
   * @param client the application that it was given to.
   */
  token(caller: Caller, lifetimeSeconds?: number, client?: string): Promise<string>
}

/**
 * The identity provider of one developer's machine: whoever can read `dir` can be anyone. Its Ed25519 key is made there
 * on first start, mode 0600. Never for real children: a gateway that trusts it must be one that holds demo data.
 */
export async function openDevIssuer(dir: string, now = () => Temporal.Now.instant()): Promise<DevIssuer> {
  const { privateJwk, jwks } = await openKeyPair(join(dir, 'dev-issuer.jwk.json'))
  const { key, kid, alg } = signingKey(privateJwk)
  return {
    issuer: DEV_ISSUER,
    audience: DEV_AUDIENCE,
    jwks,
    async token(caller, lifetimeSeconds = DEFAULT_LIFETIME_S, client = DEV_CLIENT) {
      const { subject, ...claims } = Caller.parse(caller)
      const iat = Math.floor(now().epochMilliseconds / 1_000)
      return new SignJWT({ ...claims, client_id: client })
        .setProtectedHeader({ alg, kid, typ: GATEWAY_TOKEN_TYP })
        .setSubject(subject)
        .setIssuer(DEV_ISSUER)
        .setAudience(DEV_AUDIENCE)
        .setIssuedAt(iat)
        .setExpirationTime(iat + lifetimeSeconds)
        .sign(key)
    },
  }
}
