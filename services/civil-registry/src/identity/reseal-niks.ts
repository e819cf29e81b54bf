import type { RegistryApp, RegistryTx } from '../app.ts'
import type { Stretch, StretchQuery } from '../sealed-rows.ts'
import { lockRegistrationInTx } from './repository.ts'
import { findNiksToReseal, type ResealedNik, saveResealedNiksInTx } from './repository-seals.ts'

/**
 * Seals and indexes a stretch of NIKs anew, under the current key (ADR 0020). All who hold one NIK (EC-01) are moved
 * together or not at all, so that one NIK has one index; whoever registers meanwhile waits for the stretch.
 */
export async function resealNiksInTx(app: RegistryApp, tx: RegistryTx, query: StretchQuery): Promise<Stretch> {
  await lockRegistrationInTx(tx, 'alone')
  const { current } = app.custody.ring()
  const { after, rows } = await findNiksToReseal(tx, { ...query, current })
  const resealed: ResealedNik[] = []
  const damaged: string[] = []
  for (const holders of Map.groupBy(rows, ({ index }) => index).values()) {
    try {
      resealed.push(
        ...holders.map(({ id, sealed }) => ({ id, sealed: app.custody.seal(app.custody.open(sealed, id), id) })),
      )
    } catch {
      // One that does not open keeps the others with it: apart they would be two NIKs.
      damaged.push(...holders.map(({ id }) => id))
    }
  }
  await saveResealedNiksInTx(tx, resealed)
  return { after, moved: resealed.length, damaged }
}
