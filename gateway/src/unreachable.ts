import { AGENCY_OF, type ServiceName } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import type { Locale } from '@satuanak/graphql-kit'
import { AGENCY_NAMES } from '@satuanak/identity'
import type { GraphQLFormattedError } from 'graphql'
import { fieldPaths, type SubgraphFetch } from './fetch-paths.ts'

/** The circuit to the agency is open: nothing was sent. */
export interface Paused {
  /** When the agency is asked again, and in how many seconds that is. */
  readonly retryAt: Temporal.Instant
  readonly seconds: number
}

/**
 * What a reader is told of every field that an agency could not answer: null, and an error at its place that names the
 * agency. "Not reachable" is never the same answer as "not allowed" or "not there" (DESIGN §4). Nothing of where the
 * agency's server is, or of why, is shown, but that it is not asked for a while, and until when.
 */
export function agencyUnreachable(
  service: ServiceName,
  fetch: SubgraphFetch,
  locale: Locale,
  paused?: Paused,
): GraphQLFormattedError[] {
  const agency = AGENCY_OF[service]
  const sentence = sentenceFor(AGENCY_NAMES[agency], isMutation(fetch), paused)
  const until = paused && { reason: 'CIRCUIT_OPEN', retryAt: paused.retryAt.toString() }
  const extensions = { code: 'AGENCY_UNREACHABLE', agency, service, ...until, message: sentence }
  return fieldPaths(fetch).map((path) => ({ message: sentence[locale], path, extensions }))
}

function sentenceFor(name: Sentence, isChange: boolean, paused: Paused | undefined): Sentence {
  if (paused) return isChange ? changeNotSent(name, paused) : notAsked(name, paused)
  return isChange ? changeUnknown(name) : away(name)
}

export const isMutation = ({ query }: SubgraphFetch): boolean => /^\s*mutation\b/.test(query)

const away = ({ id, en }: Sentence): Sentence => ({
  id: `${capital(id)} sedang tidak dapat dihubungi; data dari instansi lain tetap ditampilkan. Coba lagi beberapa menit lagi.`,
  en: `${capital(en)} cannot be reached at the moment; data of other agencies is still shown. Try again in a few minutes.`,
})

/** A change may have been written before the answer was lost; the request id makes sending it again safe. */
const changeUnknown = ({ id, en }: Sentence): Sentence => ({
  id: `${capital(id)} sedang tidak dapat dihubungi; belum diketahui apakah perubahan ini tercatat. Kirim lagi dengan requestId yang sama: tidak akan tercatat dua kali.`,
  en: `${capital(en)} cannot be reached at the moment; it is not known whether this change was written. Send it again with the same requestId: it is not written twice.`,
})

const notAsked = ({ id, en }: Sentence, { seconds }: Paused): Sentence => ({
  id: `${capital(id)} beberapa kali tidak menjawab dan sementara tidak ditanya; data dari instansi lain tetap ditampilkan. Coba lagi dalam ${seconds} detik.`,
  en: `${capital(en)} has not answered several times and is not being asked for now; data of other agencies is still shown. Try again in ${seconds} s.`,
})

const changeNotSent = ({ id, en }: Sentence, { seconds }: Paused): Sentence => ({
  id: `${capital(id)} beberapa kali tidak menjawab; perubahan ini tidak dikirim dan tidak tercatat. Kirim lagi dalam ${seconds} detik dengan requestId yang sama.`,
  en: `${capital(en)} has not answered several times; this change was not sent and not written. Send it again in ${seconds} s with the same requestId.`,
})

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
