import { Caller } from './caller.ts'
import { type KeySet, trustedKeys } from './key-set.ts'
import { KnownTokens, type Verified } from './known-tokens.ts'
import { badClaims, endOf, verifiedPayload } from './verified-payload.ts'

/** Media type of an OIDC access token (RFC 9068), so that an id token or a subgraph token is never taken for one. */
export const GATEWAY_TOKEN_TYP = 'at+jwt'

const DEFAULT_MAX_AGE_S = 3_600
const MAX_CLIENT_CHARS = 200

export type Verify = (token: string) => Promise<Caller>

/** Who asks, and through which application of theirs; the application is no part of the caller and goes no further. */
export interface SignedIn {
  readonly caller: Caller
  /** The provider's name for the application (RFC 9068 `client_id`, else OIDC `azp`); null where it gives none. */
  readonly client: string | null
  /** From when on the token is refused, by its `exp` or by its age. */
  readonly expiresAt: Temporal.Instant
}

export interface VerifierOptions {
  readonly issuer: string
  readonly audience: string
  readonly jwks: KeySet
  /** Seconds since `iat` after which a token is refused, whatever its `exp` says. Default one hour. */
  readonly maxAgeSeconds?: number
  readonly now?: () => Temporal.Instant
}

/**
 * Verifies the caller's token at the gateway (DESIGN §3.9), its signature at least once a minute. The identity provider must give `sub`,
 * `name`, `agency`, `roles`, `kelurahan` and `schools`, the last two also where they are empty; `client_id` or `azp` is
 * read where it is there, further claims of its own are left unread.
 * @returns a function from token to caller and application; it throws `Unauthenticated` and nothing else.
 * @throws Error at once when the key set could never be right.
 */
export function createVerifier(options: VerifierOptions): (token: string) => Promise<SignedIn> {
  const expected = {
    keys: trustedKeys(options.jwks),
    typ: GATEWAY_TOKEN_TYP,
    issuer: options.issuer,
    audience: options.audience,
    maxAgeSeconds: options.maxAgeSeconds ?? DEFAULT_MAX_AGE_S,
    now: options.now ?? (() => Temporal.Now.instant()),
  }
  const tokens = new KnownTokens(
    async (token): Promise<Verified<SignedIn>> => {
      const payload = await verifiedPayload(token, expected)
      const { sub, name, agency, roles, kelurahan, schools, client_id, azp } = payload
      const caller = Caller.safeParse({ subject: sub, name, agency, roles, kelurahan, schools })
      if (!caller.success) throw badClaims(caller.error.issues)
      const client = clientOf(client_id) ?? clientOf(azp)
      const untilMs = endOf(payload, expected.maxAgeSeconds)
      const expiresAt = Temporal.Instant.fromEpochMilliseconds(Math.floor(untilMs))
      return { known: { caller: caller.data, client, expiresAt }, untilMs }
    },
    () => expected.now().epochMilliseconds,
  )
  return (token) => tokens.read(token)
}

const clientOf = (claim: unknown): string | null =>
  typeof claim === 'string' && claim.length > 0 && claim.length <= MAX_CLIENT_CHARS ? claim : null
