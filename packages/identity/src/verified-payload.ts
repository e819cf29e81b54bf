import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { ALGORITHMS } from './key-set.ts'
import { faultOf, Unauthenticated } from './unauthenticated.ts'

/** A caller with thirty kelurahan fits into a quarter of this; more is an attempt to keep us busy. */
const MAX_TOKEN_CHARS = 8_192
const CLOCK_TOLERANCE_S = 5

/** What a verifier insists on beside the signature. */
export interface Expected {
  readonly keys: JWTVerifyGetKey
  readonly typ: string
  readonly issuer: string
  readonly audience: string
  readonly maxAgeSeconds: number
  readonly now: () => Temporal.Instant
}

/** Signature first, then every claim about the token itself. @throws Unauthenticated and nothing else. */
export async function verifiedPayload(token: string, expected: Expected): Promise<JWTPayload> {
  if (token.length === 0) throw new Unauthenticated('TOKEN_MISSING')
  if (token.length > MAX_TOKEN_CHARS) throw new Unauthenticated('TOKEN_TOO_LARGE')
  try {
    const { payload } = await jwtVerify(token, expected.keys, {
      algorithms: [...ALGORITHMS],
      typ: expected.typ,
      issuer: expected.issuer,
      audience: expected.audience,
      requiredClaims: ['sub', 'exp', 'iat'],
      maxTokenAge: expected.maxAgeSeconds,
      clockTolerance: CLOCK_TOLERANCE_S,
      currentDate: new Date(expected.now().epochMilliseconds),
    })
    return payload
  } catch (error) {
    throw faultOf(error)
  }
}

/** Epoch milliseconds at which a verified token ends: by its own word, or by the age that the verifier lets it reach. */
export const endOf = ({ iat = 0, exp = 0 }: JWTPayload, maxAgeSeconds: number): number =>
  Math.min(exp, iat + maxAgeSeconds) * 1_000

/** Names the claims a schema turned away; schema paths only, never a value or an attacker's own key. */
export function badClaims(issues: readonly { readonly path: readonly PropertyKey[] }[]): Unauthenticated {
  return new Unauthenticated('CLAIMS', [...new Set(issues.map(({ path }) => String(path[0] ?? 'extra')))])
}
