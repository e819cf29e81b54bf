import { InvalidInput, type Refusal, type Sentence } from '@satuanak/domain-kit'
import { type Denied, NotPermitted, type Permission } from '@satuanak/identity'
import { GraphQLError } from 'graphql'
import { inLocale, type Locale } from './context.ts'

/** What a client reads of an error: the code to switch on, and the sentence in both languages. */
export interface GraphErrorExtensions {
  readonly code: string
  readonly message: Sentence
  readonly [more: string]: unknown
}

/**
 * An error a client may see. `message` is in the reader's language, or in both where the reader is not known yet (a
 * scalar is parsed before there is a context).
 */
export function graphError(
  code: string,
  sentence: Sentence,
  locale: Locale | null,
  more: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  const message = locale === null ? bilingual(sentence) : inLocale(sentence, locale)
  const extensions: GraphErrorExtensions = { ...more, code, message: { id: sentence.id, en: sentence.en } }
  return new GraphQLError(message, { extensions })
}

export const bilingual = ({ id, en }: Sentence): string => `${id} / ${en}`

/** The input cannot be read at all (a 400), as against a domain rule it breaks (`InvalidInput`). Never names the value. */
export const badUserInput = (sentence: Sentence, locale: Locale | null = null): GraphQLError =>
  graphError('BAD_USER_INPUT', sentence, locale)

const NOT_FOUND: Sentence = { id: 'Data tidak ditemukan.', en: 'Not found.' }

/** For a place that may not be null: says what it would say of a thing that is not there. */
export const notFound = (locale: Locale): GraphQLError => graphError('NOT_FOUND', NOT_FOUND, locale)

/** The reason a field is null. `HIDDEN` never comes here with its name: it says "not found" (PV-14). */
export function denialError(permission: Permission, denied: Denied, locale: Locale): GraphQLError {
  if (denied.reason === 'HIDDEN') return notFound(locale)
  const { reason, agency } = denied
  return graphError('NOT_PERMITTED', denied.sentence, locale, { reason, permission, agency })
}

/** A refusal where there is no result union to carry it: a query, or a field of a type. */
export function refusalError(refusal: Refusal, locale: Locale): GraphQLError {
  const { code, sentence, field, rule } = refusal
  if (refusal instanceof NotPermitted) {
    const { permission, reason, agency } = refusal
    return denialError(permission, { allowed: false, reason, agency, sentence }, locale)
  }
  const more = refusal instanceof InvalidInput ? { field, rule, problems: refusal.problems } : { field, rule }
  return graphError(code, sentence, locale, more)
}
