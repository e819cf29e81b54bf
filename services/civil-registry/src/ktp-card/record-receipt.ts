import { orRefuse } from '@satuanak/domain-kit'
import { audit, type Caller, mayEver } from '@satuanak/identity'
import { emitAll } from '@satuanak/messaging'
import type { RegistryApp } from '../app.ts'
import { receivable } from './domain.ts'
import { cardsToChange, checkOnCards, type OnCards } from './record-printed.ts'
import { moveCardsInTx } from './repository.ts'
import { filesFor, tellCardsInTx } from './tell-card.ts'

/**
 * Pupils have their cards (BLG-R6): said by the school for its own, by Dukcapil also for what came back or was fetched
 * at the kecamatan (EC-48). Each is CARD_ISSUED.
 * @throws InvalidInput, PrintBatchNotFound, CardNotThere, NotPermitted, RequestIdReused.
 */
export async function recordReceipt(app: RegistryApp, caller: Caller, command: OnCards): Promise<string> {
  const { value } = orRefuse(checkOnCards(command))
  return app.once(caller, { name: 'recordReceipt', ...command, input: command }, async (tx) => {
    const atSchool = !mayEver(caller, 'ktp.print')
    const { batch, cards } = await cardsToChange(tx, value, () => receivable(atSchool))
    const files = await filesFor(app, tx, { caller, permission: 'ktp.card.receive', batch }, cards)
    await moveCardsInTx(tx, batch.id, cards, { state: 'DITERIMA', at: app.now(), by: caller.subject })
    await tellCardsInTx(app, tx, caller, files, { code: 'CARD_ISSUED', requestId: command.requestId })
    const received = {
      type: 'civil-registry.ktp.card.received.v1',
      data: { batchId: batch.id, receivedOn: app.today().toString() },
      actor: caller.subject,
      org: caller.agency,
      time: app.now(),
      correlationid: command.requestId,
    } as const
    await emitAll(
      tx,
      [...files].map(([subject, { group }]) => ({ ...received, subject, sensitivity: group.level })),
    )
    await audit(tx, caller, 'ktp.card.receive', [...files.keys()], { batch: batch.id, cards: cards.length })
    return batch.id
  })
}
