import type { ChildId } from '@satuanak/contracts'
import { type Caller, territory } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findChildFiles } from '../identity/find-child-files.ts'
import { tellKtpStatusInTx } from './change-ktp-status.ts'
import { type Destination, findPrintable } from './repository.ts'

/** Whose cards are next for this destination, as far as the caller may print; who waits longest first. */
export function listPrintable(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { limit, ...destination }: Destination & { readonly limit: number },
): Promise<readonly ChildId[]> {
  const reach = territory(caller, 'ktp.print')
  return findPrintable(tx, { ...destination, territory: reach, today: app.today(), limit })
}

/**
 * Takes these cards out of the print queue: each is sent for printing. Who left the queue meanwhile is not among the
 * answer.
 */
export async function takeFromPrintQueueInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { childIds, requestId }: { readonly childIds: readonly ChildId[]; readonly requestId: string },
): Promise<readonly ChildId[]> {
  const files = await findChildFiles(app, tx, childIds)
  const news = { code: 'SENT_FOR_CARD_PRINTING', source: 'PRINT', at: app.now(), onlyFrom: 'SIAP_CETAK' } as const
  const outcomes = await tellKtpStatusInTx(app, tx, caller, files, { ...news, requestId })
  return [...outcomes].flatMap(([childId, { changed }]) => (changed ? [childId] : []))
}
