import type { ServiceName } from '@satuanak/contracts'
import { type JWK, SignJWT } from 'jose'
import { z } from 'zod'
import { Caller } from './caller.ts'
import type { Verify } from './gateway-token.ts'
import { type KeySet, trustedKeys } from './key-set.ts'
import { KnownTokens, type Verified } from './known-tokens.ts'
import { signingKey } from './signing-key.ts'
import { badClaims, endOf, verifiedPayload } from './verified-payload.ts'

export const SUBGRAPH_TOKEN_TYP = 'satuanak-subgraph+jwt'
export const GATEWAY_ISSUER = 'satuanak-gateway'
/** One request's time. Long enough for a slow plan, too short to be worth stealing. */
export const SUBGRAPH_TOKEN_SECONDS = 60
/** What a caller's next requests are sent with too: it leaves twice the time that an operation may take. */
const REUSED_SECONDS = 20

/** Signs a caller on to one subgraph and no other; the same object is signed on with the same token for some seconds. */
export type SignForSubgraph = (caller: Caller, audience: ServiceName) => Promise<string>

/**
 * The gateway's signer. @throws Error at once when the key is not a private Ed25519 or P-256 JWK with a `kid`.
 */
export function createSubgraphSigner(options: {
  readonly privateJwk: JWK
  readonly now?: () => Temporal.Instant
}): SignForSubgraph {
  const { key, kid, alg } = signingKey(options.privateJwk)
  const now = options.now ?? (() => Temporal.Now.instant())
  const signed = new WeakMap<Caller, Map<ServiceName, { readonly token: Promise<string>; readonly iat: number }>>()
  const sign = ({ subject, ...claims }: Caller, audience: ServiceName, iat: number) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg, kid, typ: SUBGRAPH_TOKEN_TYP })
      .setSubject(subject)
      .setIssuer(GATEWAY_ISSUER)
      .setAudience(audience)
      .setIssuedAt(iat)
      .setExpirationTime(iat + SUBGRAPH_TOKEN_SECONDS)
      .sign(key)
  return (caller, audience) => {
    const ofCaller = signed.get(caller) ?? new Map()
    signed.set(caller, ofCaller)
    const iat = Math.floor(now().epochMilliseconds / 1_000)
    const found = ofCaller.get(audience)
    if (found && iat >= found.iat && iat - found.iat < REUSED_SECONDS) return found.token
    const token = sign(caller, audience, iat)
    ofCaller.set(audience, { token, iat })
    token.catch(() => ofCaller.delete(audience))
    return token
  }
}

/**
 * A subgraph's verifier: only the gateway's token, only for this service, `_entities` and `_service` included. Stricter
 * than at the gateway: one audience, a life of 60 s at most, and not one claim more than the signer writes.
 * @returns a function from token to caller; it throws `Unauthenticated` and nothing else.
 */
export function createSubgraphVerifier(options: {
  readonly jwks: KeySet
  readonly audience: ServiceName
  readonly now?: () => Temporal.Instant
}): Verify {
  const expected = {
    keys: trustedKeys(options.jwks),
    typ: SUBGRAPH_TOKEN_TYP,
    issuer: GATEWAY_ISSUER,
    audience: options.audience,
    maxAgeSeconds: SUBGRAPH_TOKEN_SECONDS,
    now: options.now ?? (() => Temporal.Now.instant()),
  }
  const Claims = z
    .strictObject({
      ...Caller.omit({ subject: true }).shape,
      sub: Caller.shape.subject,
      iss: z.literal(GATEWAY_ISSUER),
      aud: z.literal(options.audience),
      iat: z.int(),
      exp: z.int(),
    })
    .refine(({ iat, exp }) => exp - iat <= SUBGRAPH_TOKEN_SECONDS, { path: ['exp'] })
  const tokens = new KnownTokens(
    async (token): Promise<Verified<Caller>> => {
      const payload = await verifiedPayload(token, expected)
      const claims = Claims.safeParse(payload)
      if (!claims.success) throw badClaims(claims.error.issues)
      const { sub, iss: _iss, aud: _aud, iat: _iat, exp: _exp, ...rest } = claims.data
      return { known: { subject: sub, ...rest }, untilMs: endOf(payload, SUBGRAPH_TOKEN_SECONDS) }
    },
    () => expected.now().epochMilliseconds,
  )
  return (token) => tokens.read(token)
}
