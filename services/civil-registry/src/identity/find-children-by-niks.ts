import type { ChildId } from '@satuanak/contracts'
import { audit, type Caller, permit } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { hexOf } from './nik-custody.ts'
import { findNikHolders } from './repository.ts'

/**
 * The records that hold each of these NIKs, the oldest first, by the blind index (ID-09); none where nobody does, several
 * where two claim one (EC-01) or one person has several records. One statement, and one audit entry for all who were
 * found (PV-05). Only for whoever may know of every child: hidden ones are among them (PV-14).
 * @param source what asks, an id: in the audit.
 * @throws NotPermitted
 */
export async function findChildrenByNiks(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  { niks, source }: { readonly niks: readonly string[]; readonly source: string },
): Promise<ReadonlyMap<string, readonly ChildId[]>> {
  permit(caller, 'nik.search', { level: 4 })
  const nikOf = new Map(niks.flatMap((nik) => app.custody.indexesOf(nik).map((index) => [hexOf(index), nik])))
  const holders = await findNikHolders(tx, [...nikOf.keys()])
  await audit(tx, caller, 'nik.search', [...new Set(holders.map(({ id }) => id))], { source })
  const found = Map.groupBy(holders, ({ nikIndex }) => nikOf.get(nikIndex) ?? '')
  return new Map([...found].map(([nik, held]) => [nik, held.map(({ id }) => id)]))
}
