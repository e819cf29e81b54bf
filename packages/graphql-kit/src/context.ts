import type { ChildId } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import type { Caller, Denial, Permission } from '@satuanak/identity'

/** The languages a sentence comes in; Indonesian is the default. */
export type Locale = 'id' | 'en'

/** A try that the permissions table stopped, for the audit (PV-05). The caller may not even know of it: never shown. */
export interface RefusedTry {
  readonly permission: Permission
  readonly reason: Denial
  /** The child concerned, where the refused place or its arguments name one. */
  readonly child: ChildId | null
}

/** What every resolver of every subgraph is given. A service extends it with its `app` and what else it needs. */
export interface GraphContext {
  readonly caller: Caller
  readonly locale: Locale
  /** Told of every try that the permissions table stops, in whatever words the caller is answered (PV-05). */
  readonly onRefused?: (tried: RefusedTry) => void
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
