import { emitAll } from '@satuanak/messaging'
import type { Job } from '@satuanak/service-kit'
import type { RegistryApp } from '../app.ts'
import { findChildFiles } from '../identity/find-child-files.ts'
import { findBatchToChangeInTx, findOverdueBatch, moveCardsInTx } from './repository.ts'

const HOURLY = 3_600_000

/** What nobody fetched within 30 days goes back from the school to Dukcapil, one run a step (BLG-R6). */
export function returnUndeliveredCards(app: RegistryApp): Job<RegistryApp['db']> {
  return {
    name: 'return-undelivered-cards',
    every: HOURLY,
    step: async (tx) => {
      const id = await findOverdueBatch(tx, app.today())
      const batch = id && (await findBatchToChangeInTx(tx, id))
      if (!batch) return false
      const cards = batch.cards.filter(({ state }) => state === 'DISERAHKAN')
      await moveCardsInTx(tx, batch.id, cards, { state: 'KEMBALI', at: app.now(), by: 'system' })
      const files = await findChildFiles(
        app,
        tx,
        cards.map(({ childId }) => childId),
      )
      const returned = {
        type: 'civil-registry.ktp.card.returned.v1',
        data: { batchId: batch.id, returnedOn: app.today().toString() },
        actor: 'system',
        org: 'DUKCAPIL',
        time: app.now(),
      } as const
      await emitAll(
        tx,
        [...files].map(([subject, { group }]) => ({ ...returned, subject, sensitivity: group.level })),
      )
      return true
    },
  }
}
