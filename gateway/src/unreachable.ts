import { AGENCY_OF, type ServiceName } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import type { Locale } from '@satuanak/graphql-kit'
import { AGENCY_NAMES } from '@satuanak/identity'
import type { GraphQLFormattedError } from 'graphql'
import { fieldPaths, type SubgraphFetch } from './fetch-paths.ts'

/**
 * What a reader is told of every field that an agency could not answer: null, and an error at its place that names the
 * agency. "Not reachable" is never the same answer as "not allowed" or "not there" (DESIGN §4). Nothing of where the
 * agency's server is, or of why, is shown.
 */
export function agencyUnreachable(service: ServiceName, fetch: SubgraphFetch, locale: Locale): GraphQLFormattedError[] {
  const agency = AGENCY_OF[service]
  const sentence = isMutation(fetch) ? changeUnknown(AGENCY_NAMES[agency]) : away(AGENCY_NAMES[agency])
  const extensions = { code: 'AGENCY_UNREACHABLE', agency, service, message: sentence }
  return fieldPaths(fetch).map((path) => ({ message: sentence[locale], path, extensions }))
}

const isMutation = ({ query }: SubgraphFetch): boolean => /^\s*mutation\b/.test(query)

const away = ({ id, en }: Sentence): Sentence => ({
  id: `${capital(id)} sedang tidak dapat dihubungi; data dari instansi lain tetap ditampilkan. Coba lagi beberapa menit lagi.`,
  en: `${capital(en)} cannot be reached at the moment; data of other agencies is still shown. Try again in a few minutes.`,
})

/** A change may have been written before the answer was lost; the request id makes sending it again safe. */
const changeUnknown = ({ id, en }: Sentence): Sentence => ({
  id: `${capital(id)} sedang tidak dapat dihubungi; belum diketahui apakah perubahan ini tercatat. Kirim lagi dengan requestId yang sama: tidak akan tercatat dua kali.`,
  en: `${capital(en)} cannot be reached at the moment; it is not known whether this change was written. Send it again with the same requestId: it is not written twice.`,
})

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
