import { lockChildrenInTx } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { findSharedNiks } from '../flags/find-shared-niks.ts'
import { findChildFiles } from '../identity/find-child-files.ts'
import { latestOf, type PrintState } from './domain.ts'
import { holderOf } from './holder-of.ts'
import { moveCard } from './move-card.ts'
import { findKtpRecords } from './repository.ts'
import { type Herald, type News, writeNewsInTx } from './write-news.ts'

/**
 * Decides over these children's cards by what is known today: for whatever else than a status has changed, the day or
 * who claims their NIK (RF-11, EC-01). Of a person with records under several ids the latest counts; who has none is
 * passed over.
 * @param only cards that stand here; all where it is left out.
 */
export async function decideCardsAnewInTx(
  app: RegistryApp,
  tx: RegistryTx,
  by: Herald,
  { childIds, only }: { readonly childIds: readonly ChildId[]; readonly only?: PrintState },
): Promise<void> {
  const files = await findChildFiles(app, tx, childIds)
  const persons = new Map([...files.values()].map((file) => [file.group.canonical, file]))
  const members = [...new Set([...persons.values()].flatMap(({ group }) => group.ids))]
  await lockChildrenInTx(tx, members)
  // Read under the lock: an officer may have written something newer while it was waited for.
  const records = new Map((await findKtpRecords(tx, members)).map((record) => [record.childId, record]))
  const shared = await findSharedNiks(tx, [...persons.values()])
  const moved = [...persons].flatMap(([canonical, file]): News[] => {
    const known = latestOf(file.group.ids.flatMap((id) => records.get(id) ?? []))
    if (known === null || (only !== undefined && known.state !== only)) return []
    const holder = holderOf(file, { ...known, nikShared: shared.has(canonical) })
    const { next, told } = moveCard(app, { known, record: known, holder })
    const { childId } = known
    return [{ childId, level: file.group.level, record: next, steps: [], told: told === null ? [] : [told] }]
  })
  await writeNewsInTx(app, tx, by, moved)
}
