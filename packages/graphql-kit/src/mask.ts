import { randomUUID } from 'node:crypto'
import type { Sentence } from '@satuanak/domain-kit'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { bilingual, type GraphErrorExtensions } from './graph-error.ts'

/** Where unexpected faults go: `fault` is the id that the caller was told, `path` the field (names and places only). */
export interface FaultLog {
  error(
    fields: { readonly err: unknown; readonly fault: string; readonly path: readonly (string | number)[] | undefined },
    message: string,
  ): void
}

export type MaskError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError

/** Apollo's own refusals of an operation. Their words are rewritten: they quote what was sent. */
const REWRITTEN: ReadonlySet<string> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'OPERATION_RESOLUTION_FAILURE',
  // @apollo/gateway's word for an operation name that names none of the document's.
  'INVALID_GRAPHQL',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
])

/**
 * For a server's `formatError`: errors made by `graphError` pass as they are, refusals of the operation pass without the
 * values they quote, and everything else becomes INTERNAL with an id under which the log gets the original.
 */
export function maskError(log: FaultLog): MaskError {
  return (formatted, error) => {
    const { stacktrace: _, ...extensions } = formatted.extensions ?? {}
    const code = extensions.code
    // graphql-js puts the value it could not read before the scalar's own words, and keeps their extensions.
    const isQuoting = /^Variable "\$/.test(formatted.message)
    if (isOurs(extensions) && !isQuoting) return { ...formatted, extensions }
    if (typeof code === 'string' && REWRITTEN.has(code)) return rewritten(formatted, error, code)
    const id = randomUUID()
    log.error({ err: originalOf(error), fault: id, path: formatted.path }, 'GraphQL operation failed')
    const message: Sentence = {
      id: `Terjadi gangguan pada sistem. Coba lagi; bila berulang, sebutkan nomor ${id} kepada petugas.`,
      en: `Something went wrong on our side. Try again; if it comes back, quote ${id} to the operator.`,
    }
    return { ...place(formatted), message: bilingual(message), extensions: { code: 'INTERNAL', id, message } }
  }
}

const place = ({ path, locations }: GraphQLFormattedError) => ({
  ...(locations && { locations }),
  ...(path && { path }),
})

const originalOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? error.originalError : error

/** A sentence in both languages stands only in errors that were written for the caller. */
function isOurs(extensions: Readonly<Record<string, unknown>>): extensions is GraphErrorExtensions {
  const { code, message } = extensions
  return (
    typeof code === 'string' && typeof message === 'object' && message !== null && 'id' in message && 'en' in message
  )
}

function rewritten(formatted: GraphQLFormattedError, error: unknown, code: string): GraphQLFormattedError {
  const inner = originalOf(error)
  // graphql-js quotes the value before a scalar's own words: only the words are kept, and where.
  const ours = inner instanceof GraphQLError && isOurs(inner.extensions) ? inner.extensions : undefined
  const where = /^Variable "(\$\w+)"/.exec(formatted.message)?.[1]
  if (ours) {
    const message = where ? prefixed(where, ours.message) : ours.message
    return { ...place(formatted), message: bilingual(message), extensions: { ...ours, code, message } }
  }
  return { ...place(formatted), message: withoutValues(formatted.message, code), extensions: { code } }
}

const prefixed = (where: string, { id, en }: Sentence): Sentence => ({ id: `${where}: ${id}`, en: `${where}: ${en}` })

/** A value may be a megabyte long: no expression looks at more than this of what quotes it. */
const LONGEST = 500

/** What graphql-js says of an operation, less every place where it quotes a value: that may be a NIK, and is logged. */
function withoutValues(message: string, code: string): string {
  if (code === 'GRAPHQL_PARSE_FAILED') return 'Syntax error in the operation.'
  const variable = /^Variable "\$\w+" got invalid value /.exec(message)?.[0]
  const end = message.slice(-LONGEST)
  const said = variable ? `${variable.trim()}${placeIn(end)}: ${reasonIn(end)}` : quoteless(message.slice(0, LONGEST))
  // Names are the client's too: nothing that could be a number of a person stands in what is left.
  return /\d{6}/.test(said) ? 'The operation is not valid.' : said
}

/** The value stands in the middle and may hold anything, so the end is read, and only what graphql-js may have put there. */
const placeIn = (message: string): string => / at "[A-Za-z_][\w.[\]]*"(?=; )/.exec(message)?.[0] ?? ''

const REASONS = [
  /Field "\w+" of required type "[\w[\]!]+" was not provided\.$/,
  /Expected non-nullable type "[\w[\]!]+" not to be null\.$/,
  /Expected type "\w+" to be an object\.$/,
  /(Int|Float|String|Boolean|ID) cannot represent /,
  /"\w+" enum/,
  /Enum "\w+" cannot represent /,
] as const

function reasonIn(message: string): string {
  const [end = '', kind] = REASONS.map((reason) => reason.exec(message)).find((match) => match !== null) ?? []
  if (kind) return `it is no ${kind}.`
  if (end.endsWith('.')) return end
  return end ? 'it is no value of its enum.' : 'it does not fit its type.'
}

const quoteless = (message: string): string =>
  message
    .replace(/(cannot represent [^:"]*?)(?::.*)?$/s, '$1.')
    .replace(/Value ".*" does not exist in ("\w+" enum).*$/s, 'A value does not exist in $1.')
    .replace(/, found .*$/s, '.')
