import type { Sentence } from '@satuanak/domain-kit'
import type { Caller } from '@satuanak/identity'

/** The languages a sentence comes in; Indonesian is the default. */
export type Locale = 'id' | 'en'

/** What every resolver of every subgraph is given. A service extends it with its `app` and what else it needs. */
export interface GraphContext {
  readonly caller: Caller
  readonly locale: Locale
}

export const inLocale = (sentence: Sentence, locale: Locale): string => sentence[locale]

/**
 * The reader's language out of an `Accept-Language` header: English where it is preferred to Indonesian, else
 * Indonesian. Never throws, whatever the header holds.
 */
export function localeFrom(acceptLanguage: string | null | undefined): Locale {
  const wish = (acceptLanguage ?? '').slice(0, 200).split(',').map(preference)
  const best = (language: Locale) => Math.max(0, ...wish.filter((one) => one.language === language).map((one) => one.q))
  return best('en') > best('id') ? 'en' : 'id'
}

function preference(part: string): { language: string; q: number } {
  const [tag = '', ...parameters] = part.trim().toLowerCase().split(';')
  const q = parameters
    .map((one) => /^\s*q=([01](?:\.\d{0,3})?)\s*$/.exec(one)?.[1])
    .find((found) => found !== undefined)
  return { language: tag.split('-')[0] ?? '', q: q === undefined ? 1 : Number(q) }
}
