import type { QuickPlugin } from '@satuanak/compiled-executor/front'
import type { Sentence } from '@satuanak/domain-kit'
import { graphError } from '@satuanak/graphql-kit'
import { auditRead, auditRefusal } from '@satuanak/identity'
import type { App } from './app.ts'
import type { ServiceContext } from './context.ts'
import { beyondTime } from './operation-time.ts'

interface AuditLog {
  error(fields: { readonly err: unknown }, message: string): void
}

/**
 * What an operation did is recorded before its answer leaves (PV-05): one row for what it read about children, and one
 * for each permission that it was refused.
 *
 * No audit, no answer: where what was read cannot be recorded, the data stays here (DESIGN §7). A refusal shows nothing,
 * so where it cannot be recorded it is answered all the same, and the operator is told. To hold that answer back would
 * show something: that a hidden child is there, of which nothing would have been recorded if it were not (PV-14).
 */
export function auditOperation<Own extends App>(log: AuditLog): QuickPlugin<ServiceContext<Own>> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ contextValue, operationName, response }) => {
        await beyondTime(() => recordRefused(contextValue, operationName, log))
        if (contextValue.reads.subjects.size === 0 || response.body.kind !== 'single') return
        try {
          await beyondTime(() => recordReads(contextValue, operationName))
        } catch (err) {
          log.error({ err }, 'a read could not be recorded, so its data was not sent')
          const told = graphError('AUDIT_UNAVAILABLE', UNRECORDED, contextValue.locale)
          response.body.singleResult = { errors: [told.toJSON()] }
        }
      },
    }),
  }
}

type Operation = string | null | undefined

async function recordReads({ app, caller, reads }: ServiceContext<App>, operation: Operation): Promise<void> {
  const { subjects, permissions } = reads
  await auditRead(app.db, caller, { operation, permissions: [...permissions], subjects: [...subjects] })
}

async function recordRefused(context: ServiceContext<App>, operation: Operation, log: AuditLog): Promise<void> {
  const { app, caller, refused } = context
  try {
    for (const [permission, { reasons, children }] of refused) {
      const refusal = { operation, permission, reasons: [...reasons], subjects: [...children] }
      await auditRefusal(app.db, caller, refusal)
    }
  } catch (err) {
    log.error({ err }, 'a refused try could not be recorded')
  }
}

const UNRECORDED: Sentence = {
  id: 'Pembacaan ini belum dapat dicatat, jadi data tidak dikirim. Coba lagi sebentar lagi.',
  en: 'This read could not be recorded, so no data was sent. Try again in a moment.',
}
