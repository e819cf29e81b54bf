import { HeaderMap } from '@apollo/server'
import type { Sentence } from '@satuanak/domain-kit'
import { type GraphContext, graphError, type Locale, localeFrom } from '@satuanak/graphql-kit'
import { bearerOf, type SignedIn, Unauthenticated } from '@satuanak/identity'
import type { GraphqlRequest, OperationTime } from '@satuanak/service-kit'
import type { TrustedDocuments } from './documents/trusted.ts'
import type { Excess, OperationLimits } from './limits.ts'
import type { Rates } from './rates/rates.ts'

/** What one operation carries through the gateway: who asks, and what may be passed on of how they asked. */
export interface GatewayContext extends GraphContext {
  readonly requestId: string
  readonly acceptLanguage: string | undefined
  /** Aborts when the client goes away or the operation's time is over. */
  readonly signal: AbortSignal
  readonly time: OperationTime
}

interface Doorkeepers {
  readonly verify: (token: string) => Promise<SignedIn>
  readonly rates: Rates
  readonly check: (query: unknown, variables: unknown) => Excess | null
  readonly documents: Pick<TrustedDocuments, 'admit'>
}

/**
 * Who asks is known and does not ask too often, the operation is one that this caller may send, small enough, and has its
 * turn, before anything of it is validated or planned.
 * @throws GraphQLError 401 without a valid token, 503 when the issuer's keys cannot be had, 429 who asks too often, 400
 * beyond a limit or for a document that is not known, 403 for one that this caller may not send, 503 when there is no
 * turn for it.
 */
export async function createContext(request: GraphqlRequest, doorkeepers: Doorkeepers): Promise<GatewayContext> {
  const { requestId, headers, signal, time } = request
  const acceptLanguage = headers.get('accept-language')
  const locale = localeFrom(acceptLanguage)
  const signedIn = await whoAsks(headers.get('authorization'), doorkeepers.verify, locale)
  doorkeepers.rates.enter(signedIn, locale)
  doorkeepers.documents.admit(request.body, signedIn.caller, locale)
  const { query, variables } = (request.body ?? {}) as { readonly query?: unknown; readonly variables?: unknown }
  const excess = doorkeepers.check(query, variables)
  if (excess) throw tooLarge(excess, locale)
  time.atEnd(await doorkeepers.rates.turn(signedIn.caller, signal, locale))
  return { caller: signedIn.caller, locale, requestId, acceptLanguage, signal, time }
}

/** @throws GraphQLError 401 without a valid token, 503 when the issuer's keys cannot be had. */
export async function whoAsks(authorization: string | undefined, verify: Doorkeepers['verify'], locale: Locale) {
  try {
    return await verify(bearerOf(authorization))
  } catch (error) {
    if (!(error instanceof Unauthenticated)) throw error
    if (error.code === 'KEYS_UNREACHABLE') throw issuerAway(locale)
    const headers = new HeaderMap([['www-authenticate', 'Bearer']])
    const more = { reason: error.code, ...(error.claims.length > 0 ? { claims: error.claims } : {}) }
    throw graphError('UNAUTHENTICATED', SIGN_IN, locale, { ...more, http: { status: 401, headers } })
  }
}

const SIGN_IN: Sentence = {
  id:
    'Kirim token yang masih berlaku di header "Authorization: Bearer <token>". Masuk kembali melalui aplikasi instansi ' +
    'Anda; di komputer pengembang, token dibuat dengan "npm run -s token -- <persona>".',
  en:
    'Send a valid token in the header "Authorization: Bearer <token>". Sign in again in your agency’s application; on a ' +
    'developer’s machine "npm run -s token -- <persona>" makes one.',
}

const issuerAway = (locale: Locale) =>
  graphError(
    'ISSUER_UNREACHABLE',
    {
      id: 'Layanan masuk sedang tidak dapat dihubungi sehingga token tidak dapat diperiksa. Coba lagi beberapa menit lagi.',
      en: 'The sign-in service cannot be reached, so tokens cannot be checked. Try again in a few minutes.',
    },
    locale,
    { http: { status: 503 } },
  )

const LIMIT_NAMES = {
  tokens: { id: 'panjang dokumen (token)', en: 'document length in tokens' },
  depth: { id: 'kedalaman', en: 'depth' },
  fields: { id: 'jumlah isian', en: 'number of fields' },
  rootFields: { id: 'jumlah isian teratas', en: 'number of top-level fields' },
  aliases: { id: 'jumlah alias', en: 'number of aliases' },
  directives: { id: 'jumlah direktif', en: 'number of directives' },
  variableDepth: { id: 'kedalaman variabel', en: 'depth of the variables' },
  cost: { id: 'jumlah data yang diminta', en: 'number of objects asked for' },
} as const satisfies Record<keyof OperationLimits, Sentence>

export function tooLarge({ limit, max }: Excess, locale: Locale, more: object = {}) {
  const name = LIMIT_NAMES[limit]
  const sentence: Sentence = {
    id: `Kueri terlalu besar: ${name.id} paling banyak ${max}. Bagi menjadi beberapa permintaan.`,
    en: `The operation is too large: ${name.en} may be ${max} at most. Split it into several requests.`,
  }
  return graphError('OPERATION_TOO_LARGE', sentence, locale, { limit, max, ...more, http: { status: 400 } })
}
