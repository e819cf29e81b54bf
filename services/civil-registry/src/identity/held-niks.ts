import type { ChildId } from '@satuanak/contracts'
import type { RegistryApp } from '../app.ts'
import type { ChildFile } from './find-child-files.ts'
import { findHeldNiks } from './repository.ts'

/**
 * The NIK that each of these persons holds, under any id, the canonical one first (ID-05); absent where there is none.
 * All 16 digits: for what the house itself asks of SIAK, never for a client, a log or an event (ID-09). Asks no
 * permission.
 */
export async function heldNiks(
  app: RegistryApp,
  files: ReadonlyMap<ChildId, ChildFile>,
): Promise<ReadonlyMap<ChildId, string>> {
  const held = await findHeldNiks(app.db, [...new Set([...files.values()].flatMap(({ group }) => group.ids))])
  return new Map(
    [...files].flatMap(([id, { group }]) => {
      const [first] = group.ids.flatMap((member) => held.get(member) ?? [])
      return first ? [[id, app.custody.open(first, first.personId)]] : []
    }),
  )
}
