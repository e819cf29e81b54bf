import type { ChildId } from '@satuanak/contracts'
import { fields, list, orRefuse, uuid } from '@satuanak/domain-kit'
import { audit, type Caller, permit } from '@satuanak/identity'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { useStockInTx } from '../ktp-stock/move-stock.ts'
import { type Batch, type CardState, cardsOf, MOST_CARDS } from './domain.ts'
import { CardNotThere, PrintBatchNotFound } from './errors.ts'
import { addSpoiledInTx, findBatchToChangeInTx, moveCardsInTx } from './repository.ts'
import { filesFor, tellCardsInTx } from './tell-card.ts'

export interface OnCards {
  readonly requestId: string
  readonly batchId: string
  readonly childIds: readonly string[]
}

export const checkOnCards = ({ batchId, childIds }: OnCards) =>
  fields({
    batchId: uuid(batchId),
    childIds: list(childIds, (id) => uuid<ChildId>(id), { rule: 'BLG-07', max: MOST_CARDS }),
  })

/** The run of this id, held, and its cards of these children. @throws PrintBatchNotFound, CardNotThere */
export async function cardsToChange(
  tx: RegistryTx,
  { batchId, childIds }: { readonly batchId: string; readonly childIds: readonly ChildId[] },
  states: (batch: Batch) => readonly CardState[],
) {
  const batch = await findBatchToChangeInTx(tx, batchId)
  if (batch === null) throw new PrintBatchNotFound()
  const cards = cardsOf(batch, childIds, states(batch))
  if (cards === null || cards.length === 0) throw new CardNotThere()
  return { batch, cards }
}

/**
 * These cards came out of the printer (BLG-07): each takes its blangko, ribbon and film, and is CARD_PRINTED.
 * @throws InvalidInput, PrintBatchNotFound, CardNotThere, NotPermitted, RequestIdReused.
 */
export async function recordPrinted(app: RegistryApp, caller: Caller, command: OnCards): Promise<string> {
  permit(caller, 'ktp.print', { level: 1 })
  const { value } = orRefuse(checkOnCards(command))
  return app.once(caller, { name: 'recordPrinted', ...command, input: command }, async (tx) => {
    const { batch, cards } = await cardsToChange(tx, value, () => ['ANTRE'])
    const files = await filesFor(app, tx, { caller, permission: 'ktp.print', batch }, cards)
    await useStockInTx(app, tx, caller, { cards: cards.length, reason: 'DICETAK', batchId: batch.id })
    await moveCardsInTx(tx, batch.id, cards, { state: 'DICETAK', at: app.now(), by: caller.subject })
    await tellCardsInTx(app, tx, caller, files, { code: 'CARD_PRINTED', requestId: command.requestId })
    await audit(tx, caller, 'ktp.print', [...files.keys()], { batch: batch.id, printed: cards.length })
    return batch.id
  })
}

/**
 * Cards were spoiled, in the printer or found so afterwards: each cost a blangko and is printed again (BLG-R5).
 * @throws InvalidInput, PrintBatchNotFound, CardNotThere, StockBelowZero, NotPermitted, RequestIdReused.
 */
export async function recordSpoiled(app: RegistryApp, caller: Caller, command: OnCards): Promise<string> {
  permit(caller, 'ktp.print', { level: 1 })
  const { value } = orRefuse(checkOnCards(command))
  return app.once(caller, { name: 'recordSpoiled', ...command, input: command }, async (tx) => {
    const { batch, cards } = await cardsToChange(tx, value, () => ['ANTRE', 'DICETAK'])
    const files = await filesFor(app, tx, { caller, permission: 'ktp.print', batch }, cards)
    const inPrinter = cards.filter(({ state }) => state === 'ANTRE').length
    // Who was printed has taken the stock already; the new card takes it when it comes out.
    if (inPrinter > 0) await useStockInTx(app, tx, caller, { cards: inPrinter, reason: 'RUSAK', batchId: batch.id })
    await addSpoiledInTx(tx, batch.id, cards)
    await moveCardsInTx(tx, batch.id, cards, { state: 'ANTRE', at: app.now(), by: caller.subject })
    await tellCardsInTx(app, tx, caller, files, { code: 'SENT_FOR_CARD_PRINTING', requestId: command.requestId })
    await audit(tx, caller, 'ktp.print', [...files.keys()], { batch: batch.id, spoiled: cards.length })
    return batch.id
  })
}
