import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { flagsOf, type IdentifierFlag } from './domain.ts'
import { findNikHoldings } from './repository.ts'

/**
 * What is doubtful about the NIKs of any number of persons by now: one statement, an entry for every id asked. Worked
 * out from who is one person and who holds what, so that an unlink brings back exactly what was.
 */
export async function findIdentifierFlags(
  reader: RegistryApp['db'] | RegistryTx,
  persons: ReadonlyMap<ChildId, { readonly ids: readonly ChildId[] }>,
): Promise<Map<ChildId, IdentifierFlag[]>> {
  const idsOf = new Map([...persons].map(([id, { ids }]) => [id, ids]))
  const holdings = await findNikHoldings(reader, idsOf)
  return new Map([...idsOf].map(([id, ids]) => [id, flagsOf(ids, holdings.get(id) ?? [])]))
}
