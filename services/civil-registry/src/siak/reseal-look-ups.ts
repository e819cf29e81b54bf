import type { RegistryApp, RegistryTx } from '../app.ts'
import { hexOf } from '../identity/nik-custody.ts'
import type { Stretch, StretchQuery } from '../sealed-rows.ts'
import { openFor, sealFor } from './broker.ts'
import type { NikIndex } from './repository.ts'
import { findLookUpsToReseal, type ResealedLookUp, saveResealedLookUpsInTx } from './repository-seals.ts'

/** Seals and indexes a stretch of questions to the register and its answers anew, under the current key (ADR 0020). */
export async function resealLookUpsInTx(app: RegistryApp, tx: RegistryTx, query: StretchQuery): Promise<Stretch> {
  const { current } = app.custody.ring()
  const rows = await findLookUpsToReseal(tx, { ...query, current })
  const resealed = new Map<NikIndex, ResealedLookUp>()
  const damaged: string[] = []
  for (const { id, nik, record } of rows) {
    try {
      const digits = openFor(app, id, nik)
      const index = hexOf(app.custody.indexesOf(digits)[0])
      const sealed = { nik: sealFor(app, id, digits), record: record && sealFor(app, id, openFor(app, id, record)) }
      // Two of one NIK, under two old keys: the other one meets it in the next round.
      if (!resealed.has(index)) resealed.set(index, { id, index, ...sealed })
    } catch {
      damaged.push(id)
    }
  }
  await saveResealedLookUpsInTx(tx, [...resealed.values()])
  return { after: rows.length < query.limit ? null : (rows.at(-1)?.id ?? null), moved: resealed.size, damaged }
}
