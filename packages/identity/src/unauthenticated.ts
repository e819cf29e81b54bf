import { errors } from 'jose'

/** Why a token was turned away. Stable: logged and counted. */
export const TOKEN_FAULTS = [
  'TOKEN_MISSING',
  'TOKEN_TOO_LARGE',
  'TOKEN_MALFORMED',
  'TOKEN_TYPE',
  'ALGORITHM',
  'KEY_UNKNOWN',
  'KEY_AMBIGUOUS',
  /** The issuer's keys could not be fetched: our fault or the issuer's, not the caller's. */
  'KEYS_UNREACHABLE',
  'SIGNATURE',
  'ISSUER',
  'AUDIENCE',
  'EXPIRED',
  'NOT_YET_VALID',
  'TOO_OLD',
  'CLAIMS',
] as const
export type TokenFault = (typeof TOKEN_FAULTS)[number]

/** The one error of every verifier. Carries a code and, for `CLAIMS`, claim names; never a piece of the token. */
export class Unauthenticated extends Error {
  readonly code: TokenFault
  /** Names of the claims that are missing or not as they must be. */
  readonly claims: readonly string[]

  constructor(code: TokenFault, claims: readonly string[] = []) {
    super(code)
    this.name = 'Unauthenticated'
    this.code = code
    this.claims = claims
  }
}

/** The token of an `Authorization: Bearer …` header. @throws Unauthenticated `TOKEN_MISSING`, also for other schemes. */
export function bearerOf(authorization: string | undefined): string {
  const token = /^Bearer ([^\s,]+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) throw new Unauthenticated('TOKEN_MISSING')
  return token
}

const OF_CLAIM: Readonly<Record<string, TokenFault>> = {
  typ: 'TOKEN_TYPE',
  iss: 'ISSUER',
  aud: 'AUDIENCE',
  nbf: 'NOT_YET_VALID',
  iat: 'NOT_YET_VALID',
}

const OF_CODE: Readonly<Record<string, TokenFault>> = {
  [errors.JOSEAlgNotAllowed.code]: 'ALGORITHM',
  [errors.JOSENotSupported.code]: 'ALGORITHM',
  [errors.JWKSNoMatchingKey.code]: 'KEY_UNKNOWN',
  [errors.JWKSMultipleMatchingKeys.code]: 'KEY_AMBIGUOUS',
  [errors.JWSSignatureVerificationFailed.code]: 'SIGNATURE',
}

/** What jose found wrong. Its errors hold the payload, so only the code goes on, without `cause`. A bug stays a bug. */
export function faultOf(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return new Unauthenticated(error.claim === 'iat' ? 'TOO_OLD' : 'EXPIRED')
  if (error instanceof errors.JWTClaimValidationFailed) {
    const code = error.reason === 'check_failed' ? OF_CLAIM[error.claim] : undefined
    return code ? new Unauthenticated(code) : new Unauthenticated('CLAIMS', [error.claim])
  }
  if (error instanceof errors.JOSEError) return new Unauthenticated(OF_CODE[error.code] ?? 'TOKEN_MALFORMED')
  return error
}
