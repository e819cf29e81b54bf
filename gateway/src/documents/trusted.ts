import type { Role } from '@satuanak/contracts'
import type { Sentence } from '@satuanak/domain-kit'
import { graphError, type Locale } from '@satuanak/graphql-kit'
import type { Caller } from '@satuanak/identity'
import type { Manifest } from './manifest.ts'

/** What the gateway knows of documents that were built into front ends and portals. */
export interface TrustedDocuments {
  /** The body with the document that its `documentId` names; any other body as it is. */
  expand(body: unknown): unknown
  /** @throws GraphQLError 400 for an id that names nothing here, 403 where this caller may send known documents only. */
  admit(body: unknown, caller: Pick<Caller, 'roles'>, locale: Locale): void
}

/**
 * @param onlyFor roles whose bearers send known documents only: whoever has one other role besides may send any. A
 * parent's portal has no reason to ask what its makers never asked.
 */
export function createTrustedDocuments(manifest: Manifest, onlyFor: readonly Role[]): TrustedDocuments {
  const documents = new Map(Object.entries(manifest))
  const known = new Set(documents.values())
  const isBound = (roles: readonly Role[]) => roles.every((role) => onlyFor.includes(role))
  return {
    expand: (body) => {
      if (!isRequest(body) || body.query !== undefined || typeof body.documentId !== 'string') return body
      const { documentId, ...rest } = body
      const query = documents.get(documentId)
      return query === undefined ? body : { ...rest, query }
    },
    admit: (body, { roles }, locale) => {
      if (!isRequest(body)) return
      if (body.documentId !== undefined) {
        const why = body.query === undefined ? NOT_FOUND : BOTH
        throw graphError('DOCUMENT_NOT_FOUND', why, locale, { http: { status: 400 } })
      }
      if (isBound(roles) && !(typeof body.query === 'string' && known.has(body.query))) {
        throw graphError('DOCUMENT_NOT_TRUSTED', NOT_TRUSTED, locale, { http: { status: 403 } })
      }
    },
  }
}

const isRequest = (body: unknown): body is { readonly query?: unknown; readonly documentId?: unknown } =>
  typeof body === 'object' && body !== null && !Array.isArray(body)

const NOT_FOUND: Sentence = {
  id: 'Dokumen dengan nomor ini tidak dikenal. Aplikasi ini mungkin lebih baru atau lebih lama dari layanannya: muat ulang, atau hubungi pengelolanya.',
  en: 'No document is known under this id. The application may be newer or older than the service: reload it, or tell whoever runs it.',
}
const BOTH: Sentence = {
  id: 'Kirim "documentId" atau "query", tidak keduanya.',
  en: 'Send "documentId" or "query", not both.',
}
const NOT_TRUSTED: Sentence = {
  id: 'Akun ini hanya dapat mengirim kueri bawaan aplikasinya. Gunakan aplikasi resmi, atau minta kueri ini didaftarkan.',
  en: 'This account may only send the queries that its application was built with. Use the official application, or have the query registered.',
}
