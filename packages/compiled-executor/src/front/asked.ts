import type { HTTPGraphQLRequest } from '@apollo/server'
import type { Asked } from './request.ts'

/** Whose body is JSON, so that no form of a foreign page can have sent it (Apollo Server's CSRF prevention). */
const JSON_BODY = /^application\/json\s*(?:;|$)/i

/** The GraphQL request in a plain POST; undefined for whatever Apollo Server has to look at more closely. */
export function askedIn(http: HTTPGraphQLRequest): Asked | undefined {
  const { method, headers, body } = http
  if (method !== 'POST' || !isRecord(body) || !JSON_BODY.test(headers.get('content-type') ?? '')) return undefined
  const { query, operationName, variables, extensions } = body
  if (typeof query !== 'string' || query === '' || extensions !== undefined) return undefined
  // Apollo Server looks for an operation of that name where it is the empty one.
  if (operationName === '' || !(isMissing(operationName) || typeof operationName === 'string')) return undefined
  if (!(isMissing(variables) || isRecord(variables))) return undefined
  // Undefined where Apollo Server has it undefined, too: a hook may ask whether it is there.
  return { query, operationName: operationName ?? undefined, variables: variables ?? undefined, extensions, http }
}

const isMissing = (value: unknown): value is null | undefined => value === undefined || value === null

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
