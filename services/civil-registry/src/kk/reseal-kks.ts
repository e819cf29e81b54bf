import type { RegistryApp, RegistryTx } from '../app.ts'
import type { Stretch, StretchQuery } from '../sealed-rows.ts'
import { findKksToReseal, type ResealedKk, saveResealedKksInTx } from './repository-seals.ts'

/** Seals and indexes a stretch of KK numbers anew, under the current key (ADR 0020). */
export async function resealKksInTx(app: RegistryApp, tx: RegistryTx, query: StretchQuery): Promise<Stretch> {
  const { current } = app.custody.ring()
  const rows = await findKksToReseal(tx, { ...query, current })
  const resealed: ResealedKk[] = []
  const damaged: string[] = []
  for (const { id, sealed } of rows) {
    try {
      resealed.push({ id, sealed: app.custody.seal(app.custody.open(sealed, id), id, 'KK') })
    } catch {
      damaged.push(id)
    }
  }
  await saveResealedKksInTx(tx, resealed)
  return { after: rows.length < query.limit ? null : (rows.at(-1)?.id ?? null), moved: resealed.length, damaged }
}
