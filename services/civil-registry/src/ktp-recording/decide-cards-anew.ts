import { lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findSharedNiks } from '../flags/find-shared-niks.ts'
import { findChildFiles } from '../identity/find-child-files.ts'
import { holderOf } from './change-ktp-status.ts'
import { latestOf, type PrintState } from './domain.ts'
import { type Herald, moveCardInTx } from './move-card.ts'
import { findKtpRecords } from './repository.ts'

/**
 * Decides over these children's cards by what is known today: for whatever else than a status has changed, the day or
 * who claims their NIK (RF-11, EC-01). Of a person with records under several ids the latest counts; who has none is
 * passed over.
 * @param only cards that stand here; all where it is left out.
 */
export async function decideCardsAnewInTx(
  app: RegistryApp,
  tx: RegistryTx,
  by: Omit<Herald, 'level'>,
  { childIds, only }: { readonly childIds: readonly ChildId[]; readonly only?: PrintState },
): Promise<void> {
  const files = await findChildFiles(app, tx, childIds)
  const persons = new Map([...files.values()].map((file) => [file.group.canonical, file]))
  const members = [...new Set([...persons.values()].flatMap(({ group }) => group.ids))]
  await lockChildrenInTx(tx, members)
  // Read under the lock: an officer may have written something newer while it was waited for.
  const records = new Map((await findKtpRecords(tx, members)).map((record) => [record.childId, record]))
  const shared = await findSharedNiks(tx, [...persons.values()])
  for (const [canonical, file] of persons) {
    const known = latestOf(file.group.ids.flatMap((id) => records.get(id) ?? []))
    if (known === null || (only !== undefined && known.state !== only)) continue
    const holder = holderOf(file, { ...known, nikShared: shared.has(canonical) })
    await moveCardInTx(app, tx, { ...by, level: file.group.level }, { known, record: known, holder })
  }
}
