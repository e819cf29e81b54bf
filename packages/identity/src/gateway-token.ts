import { Caller } from './caller.ts'
import { type KeySet, trustedKeys } from './key-set.ts'
import { badClaims, verifiedPayload } from './verified-payload.ts'

/** Media type of an OIDC access token (RFC 9068), so that an id token or a subgraph token is never taken for one. */
export const GATEWAY_TOKEN_TYP = 'at+jwt'

const DEFAULT_MAX_AGE_S = 3_600

export type Verify = (token: string) => Promise<Caller>

export interface VerifierOptions {
  readonly issuer: string
  readonly audience: string
  readonly jwks: KeySet
  /** Seconds since `iat` after which a token is refused, whatever its `exp` says. Default one hour. */
  readonly maxAgeSeconds?: number
  readonly now?: () => Temporal.Instant
}

/**
 * Verifies the caller's token at the gateway, once per request (DESIGN §3.9). The identity provider must give `sub`,
 * `name`, `agency`, `roles`, `kelurahan` and `schools`, the last two also where they are empty; further claims of its
 * own are left unread.
 * @returns a function from token to caller; it throws `Unauthenticated` and nothing else.
 * @throws Error at once when the key set could never be right.
 */
export function createVerifier(options: VerifierOptions): Verify {
  const expected = {
    keys: trustedKeys(options.jwks),
    typ: GATEWAY_TOKEN_TYP,
    issuer: options.issuer,
    audience: options.audience,
    maxAgeSeconds: options.maxAgeSeconds ?? DEFAULT_MAX_AGE_S,
    now: options.now ?? (() => Temporal.Now.instant()),
  }
  return async (token) => {
    const { sub, name, agency, roles, kelurahan, schools } = await verifiedPayload(token, expected)
    const caller = Caller.safeParse({ subject: sub, name, agency, roles, kelurahan, schools })
    if (!caller.success) throw badClaims(caller.error.issues)
    return caller.data
  }
}
