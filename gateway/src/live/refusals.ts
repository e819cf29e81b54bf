import { HeaderMap } from '@apollo/server'
import { TOPICS } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import { graphError, type Locale } from '@satuanak/graphql-kit'

const refusal = (status: number, code: string, sentence: Sentence, locale: Locale, headers: [string, string][] = []) =>
  graphError(code, sentence, locale, { http: { status, headers: new HeaderMap(headers) } })

const listed = TOPICS.join(', ')

export const onlyGet = (locale: Locale) =>
  refusal(
    405,
    'METHOD_NOT_ALLOWED',
    { id: 'Gunakan GET untuk mendengarkan pemberitahuan.', en: 'Use GET to listen to notices.' },
    locale,
    [['allow', 'GET']],
  )

export const tokenInUrl = (locale: Locale) =>
  refusal(
    400,
    'TOKEN_IN_URL',
    {
      id: 'Token tidak boleh berada di URL, karena URL tercatat di banyak tempat. Kirim di header "Authorization: Bearer <token>", misalnya dengan fetch.',
      en: 'A token does not belong in a URL: URLs are logged in many places. Send it in the header "Authorization: Bearer <token>", with fetch for example.',
    },
    locale,
  )

export const unknownTopic = (locale: Locale) =>
  refusal(
    400,
    'TOPIC_UNKNOWN',
    {
      id: `Topik tidak dikenal. Pilih satu atau beberapa dari: ${listed}; tanpa "topics" semuanya terdengar.`,
      en: `There is no such topic. Choose one or more of: ${listed}; without "topics" all are heard.`,
    },
    locale,
  )

export const tooManyOfYours = (max: number, locale: Locale) =>
  refusal(
    429,
    'TOO_MANY_STREAMS',
    {
      id: `Akun Anda sudah mendengarkan di ${max} tempat sekaligus. Tutup salah satu jendela atau aplikasi, lalu coba lagi.`,
      en: `Your account listens in ${max} places already. Close one of the windows or applications, then try again.`,
    },
    locale,
    [['retry-after', '30']],
  )

const AWAY: Sentence = {
  id: 'Pemberitahuan langsung sedang tidak tersedia. Data tetap dapat diminta seperti biasa; coba lagi beberapa saat lagi.',
  en: 'Live notices are not available at the moment. Data can be asked for as ever; try again in a while.',
}

/** 503: the broker was not reached yet, this process is full, or it is closing. */
export const notNow = (locale: Locale) =>
  refusal(503, 'LIVE_UNAVAILABLE', AWAY, locale, [
    ['retry-after', '5'],
    ['connection', 'close'],
  ])
