import type { Caller } from '@satuanak/identity'
import { emit } from '@satuanak/messaging'
import type { RegistryApp, RegistryTx } from '../app.ts'
import { isRunningLow, STOCK_ITEMS, type StockItem, type StockReason, shortageFor } from './domain.ts'
import { StockBelowZero, StockShort } from './errors.ts'
import { findStock, lockStockInTx, saveStockMoveInTx } from './repository.ts'

export { StockBelowZero, StockShort }

interface Move {
  readonly item: StockItem
  readonly delta: number
  readonly reason: StockReason
  readonly batchId: string | null
}

/** Writes one move; tells the head once where the item falls below the mark (BLG-R5). @throws StockBelowZero */
export async function moveStockInTx(app: RegistryApp, tx: RegistryTx, caller: Caller, move: Move): Promise<string> {
  await lockStockInTx(tx)
  const before = (await findStock(tx)).find(({ item }) => item === move.item)?.left ?? 0
  const left = before + move.delta
  if (left < 0) throw new StockBelowZero({ item: move.item, left: before })
  const id = app.newId<string>()
  await saveStockMoveInTx(tx, { ...move, id, at: app.now(), recordedBy: caller.subject })
  if (isRunningLow(before, left, app.stockMark)) {
    await emit(tx, {
      type: 'civil-registry.ktp.stock.low.v1',
      subject: id,
      data: { item: move.item, left },
      actor: caller.subject,
      org: caller.agency,
      sensitivity: 1,
      time: app.now(),
    })
  }
  return id
}

/** What a card takes, printed or spoiled: one of everything. @throws StockBelowZero */
export async function useStockInTx(
  app: RegistryApp,
  tx: RegistryTx,
  caller: Caller,
  used: { readonly cards: number; readonly reason: 'DICETAK' | 'RUSAK'; readonly batchId: string },
): Promise<void> {
  const { cards, reason, batchId } = used
  for (const item of STOCK_ITEMS) await moveStockInTx(app, tx, caller, { item, delta: -cards, reason, batchId })
}

/** Holds the stock and refuses a run that it does not reach for (BLG-R5). @throws StockShort */
export async function requireStockInTx(tx: RegistryTx, cards: number): Promise<void> {
  await lockStockInTx(tx)
  const shortage = shortageFor(cards, await findStock(tx))
  if (shortage !== null) throw new StockShort(shortage)
}
