import type { ChildGroup } from '@satuanak/child-kit'
import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { LEVEL_OF } from './domain.ts'
import { findIdentifierFlags } from './find-identifier-flags.ts'

/**
 * Which of these persons, by canonical id, claim a NIK that another claims too: nothing is decided about them by itself
 * (EC-01). One statement for any number of persons. Asks no permission: what it says is of the other person too (PV-14).
 */
export async function findSharedNiks(
  reader: RegistryApp['db'] | RegistryTx,
  files: readonly { readonly group: Pick<ChildGroup, 'canonical' | 'ids'> }[],
): Promise<ReadonlySet<ChildId>> {
  const flags = await findIdentifierFlags(reader, new Map(files.map(({ group }) => [group.canonical, group])))
  const isBlocked = (id: ChildId) => flags.get(id)?.some(({ code }) => LEVEL_OF[code] === 'BLOKIR') ?? false
  return new Set([...flags.keys()].filter(isBlocked))
}
