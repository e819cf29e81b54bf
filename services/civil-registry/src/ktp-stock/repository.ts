import type { RegistryTx } from '../app.ts'
import type { PrismaClient } from '../gen/prisma/client.ts'
import { STOCK_ITEMS, type Stock, type StockItem, type StockReason } from './domain.ts'

type Reader = Pick<PrismaClient, '$queryRaw'>

/** Of every item what is left, and what open print runs have promised: one statement. */
export async function findStock(reader: Reader): Promise<Stock[]> {
  const rows = await reader.$queryRaw<Stock[]>`
    SELECT item, coalesce((SELECT sum(delta) FROM card_stock_move m WHERE m.item = one.item), 0)::integer AS "left",
           (SELECT count(*) FROM print_card c WHERE c.state = 'ANTRE')::integer AS reserved
    FROM unnest(${[...STOCK_ITEMS]}::text[]) WITH ORDINALITY one (item, place) ORDER BY place`
  return rows
}

/** Until the transaction ends nobody else moves or promises stock. */
export async function lockStockInTx(tx: RegistryTx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('card stock', 0))`
}

export interface StockMove {
  readonly id: string
  readonly item: StockItem
  readonly delta: number
  readonly reason: StockReason
  readonly batchId: string | null
  readonly at: Temporal.Instant
  readonly recordedBy: string
}

export async function saveStockMoveInTx(tx: RegistryTx, { at, ...move }: StockMove): Promise<void> {
  await tx.cardStockMove.create({ data: { ...move, at: new Date(at.epochMilliseconds) } })
}
