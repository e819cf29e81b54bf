import type { ChildId } from '@satuanak/contracts'
import type { Caller, Permission } from '@satuanak/identity'
import { permitOr } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { type ChildFile, findChildFiles } from '../identity/find-child-files.ts'
import { tellKtpStatusInTx } from '../ktp-recording/change-ktp-status.ts'
import type { Batch, Card } from './domain.ts'
import { CardNotThere } from './errors.ts'

/**
 * The files of these cards' children, each measured: what the caller may not know of is not there (PV-14).
 * @throws CardNotThere, NotPermitted.
 */
export async function filesFor(
  app: RegistryApp,
  tx: RegistryTx,
  deed: { readonly caller: Caller; readonly permission: Permission; readonly batch: Batch },
  cards: readonly Card[],
): Promise<ReadonlyMap<ChildId, ChildFile>> {
  const files = await findChildFiles(
    app,
    tx,
    cards.map(({ childId }) => childId),
  )
  const schools = deed.batch.npsn === null ? [] : [deed.batch.npsn]
  for (const [child, { group }] of files) {
    permitOr(deed.caller, deed.permission, { child, level: group.level, schools }, () => new CardNotThere())
  }
  return files
}

/** Tells the national status of each of these cards, in as many statements as of one. */
export async function tellCardsInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  files: ReadonlyMap<ChildId, ChildFile>,
  { code, requestId }: { readonly code: string; readonly requestId: string },
): Promise<void> {
  await tellKtpStatusInTx(app, tx, caller, files, { code, source: 'PRINT', at: app.now(), requestId })
}
