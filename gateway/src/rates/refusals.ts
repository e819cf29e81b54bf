import { HeaderMap } from '@apollo/server'
import type { Sentence } from '@satuanak/domain-kit'
import { graphError, type Locale } from '@satuanak/graphql-kit'
import type { RateLimits } from './options.ts'

const WHAT = {
  personRequests: {
    id: (max) => `permintaan dari akun Anda paling banyak ${max} per menit`,
    en: (max) => `your account may ask ${max} times a minute`,
  },
  personCost: {
    id: (max) => `data yang diminta akun Anda paling banyak ${max} per menit`,
    en: (max) => `your account may ask for ${max} objects a minute`,
  },
  clientRequests: {
    id: (max) => `permintaan instansi Anda melalui aplikasi ini paling banyak ${max} per menit`,
    en: (max) => `your agency may ask ${max} times a minute through this application`,
  },
} as const satisfies Record<keyof RateLimits, Readonly<Record<Locale, (max: number) => string>>>

const REMEDY = {
  personRequests: {
    id: 'Bila Anda tidak meminta sesering itu, tutup aplikasi dan laporkan kepada pengelolanya.',
    en: 'If you did not ask that often, close the application and tell those who run it.',
  },
  personCost: {
    id: 'Mintalah halaman yang lebih pendek (first) atau isian yang lebih sedikit.',
    en: 'Ask for shorter pages (first) or fewer fields.',
  },
  clientRequests: {
    id: 'Bila ini berulang, laporkan kepada pengelola aplikasi.',
    en: 'If it happens again, tell those who run the application.',
  },
} as const satisfies Record<keyof RateLimits, Sentence>

/** 429, before anything of the operation is planned. @param ms until `retryAt`. */
export function tooOften(limit: keyof RateLimits, max: number, retryAt: number, ms: number, locale: Locale) {
  const seconds = Math.max(1, Math.ceil(ms / 1_000))
  const sentence: Sentence = {
    id: `Terlalu sering: ${WHAT[limit].id(max)}. Coba lagi dalam ${seconds} detik. ${REMEDY[limit].id}`,
    en: `Too often: ${WHAT[limit].en(max)}. Try again in ${seconds} seconds. ${REMEDY[limit].en}`,
  }
  const at = Temporal.Instant.fromEpochMilliseconds(Math.ceil(retryAt)).toString()
  const headers = new HeaderMap([['retry-after', String(seconds)]])
  return graphError('RATE_LIMITED', sentence, locale, { limit, max, retryAt: at, http: { status: 429, headers } })
}

const OVERLOADED_SECONDS = 5
const OVERLOADED: Sentence = {
  id: `Sedang terlalu banyak permintaan sekaligus; permintaan ini tidak dijalankan. Coba lagi dalam ${OVERLOADED_SECONDS} detik.`,
  en: `There are too many requests at once; this one was not carried out. Try again in ${OVERLOADED_SECONDS} seconds.`,
}

/** 503: the operation was not begun. */
export function noTurn(locale: Locale) {
  const headers = new HeaderMap([['retry-after', String(OVERLOADED_SECONDS)]])
  return graphError('OVERLOADED', OVERLOADED, locale, { http: { status: 503, headers } })
}
