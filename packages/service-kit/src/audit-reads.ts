import type { ApolloServerPlugin } from '@apollo/server'
import type { Sentence } from '@satuanak/domain-kit'
import { graphError } from '@satuanak/graphql-kit'
import { auditRead } from '@satuanak/identity'
import type { App } from './app.ts'
import type { ServiceContext } from './context.ts'

interface AuditLog {
  error(fields: { readonly err: unknown }, message: string): void
}

/**
 * One audit row per operation that read about children, written before the answer leaves. No audit, no answer: where
 * the row cannot be written the data stays here (DESIGN §7, PV-05).
 */
export function auditReads<Own extends App>(log: AuditLog): ApolloServerPlugin<ServiceContext<Own>> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ contextValue, operationName, response }) => {
        const { app, caller, locale, reads } = contextValue
        if (reads.subjects.size === 0 || response.body.kind !== 'single') return
        try {
          await auditRead(app.db, caller, {
            operation: operationName,
            permissions: [...reads.permissions],
            subjects: [...reads.subjects],
          })
        } catch (err) {
          log.error({ err }, 'a read could not be recorded, so its data was not sent')
          response.body.singleResult = { errors: [graphError('AUDIT_UNAVAILABLE', UNRECORDED, locale).toJSON()] }
        }
      },
    }),
  }
}

const UNRECORDED: Sentence = {
  id: 'Pembacaan ini belum dapat dicatat, jadi data tidak dikirim. Coba lagi sebentar lagi.',
  en: 'This read could not be recorded, so no data was sent. Try again in a moment.',
}
