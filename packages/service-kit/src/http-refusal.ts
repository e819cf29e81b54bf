import type { Locale } from '@satuanak/graphql-kit'

/** An answer the HTTP layer gives by itself, before GraphQL: a GraphQL error with its own status. */
export class HttpRefusal extends Error {
  readonly status: number
  readonly code: string
  readonly sentence: { readonly id: string; readonly en: string }
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, code: string, id: string, en: string, headers: Readonly<Record<string, string>> = {}) {
    super(en)
    this.status = status
    this.code = code
    this.sentence = { id, en }
    this.headers = headers
  }
}

/** As a GraphQL answer. */
export const refusalText = ({ code, sentence }: HttpRefusal, locale: Locale): string =>
  JSON.stringify({ errors: [{ message: sentence[locale], extensions: { code, message: sentence } }] })

export const notFound = () =>
  new HttpRefusal(
    404,
    'NOT_FOUND',
    'Alamat ini tidak ada.',
    'There is nothing at this address. GraphQL is at /graphql.',
  )
export const methodNotAllowed = (allow: string) =>
  new HttpRefusal(
    405,
    'METHOD_NOT_ALLOWED',
    `Gunakan ${allow}. Kueri dan variabel tidak boleh berada di URL, karena URL tercatat di banyak tempat.`,
    `Use ${allow}. Queries and variables do not belong in a URL: URLs are logged in many places.`,
    { allow },
  )
export const wrongType = () =>
  new HttpRefusal(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'Kirim isi sebagai application/json dalam UTF-8, tanpa kompresi.',
    'Send the body as application/json in UTF-8, not compressed.',
  )
export const tooLarge = (limit: number) =>
  new HttpRefusal(
    413,
    'BODY_TOO_LARGE',
    `Isi permintaan melebihi ${limit} bita. Kirim permintaan yang lebih kecil.`,
    `The request body is over ${limit} bytes. Send a smaller request.`,
    { connection: 'close' },
  )
export const notJson = () =>
  new HttpRefusal(
    400,
    'BAD_REQUEST',
    'Isi permintaan bukan JSON yang sah.',
    'The request body is not valid JSON in UTF-8.',
  )
export const tooSlow = () =>
  new HttpRefusal(
    504,
    'OPERATION_TIMEOUT',
    'Permintaan terlalu lama. Coba lagi; perubahan dengan requestId yang sama tidak akan dicatat dua kali.',
    'The operation took too long. Try again; a change with the same requestId is not written twice.',
  )
export const broken = (requestId: string) =>
  new HttpRefusal(
    500,
    'INTERNAL_SERVER_ERROR',
    `Terjadi gangguan. Sebutkan nomor ${requestId} kepada petugas.`,
    `Something went wrong. Quote ${requestId} to the operator.`,
  )
