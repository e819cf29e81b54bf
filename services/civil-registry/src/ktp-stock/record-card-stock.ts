import { fields, oneOf, orRefuse, problem, wholeNumber } from '@satuanak/domain-kit'
import { audit, type Caller, permit } from '@satuanak/identity'
import type { RegistryApp } from '../app.ts'
import { STOCK_ITEMS } from './domain.ts'
import { moveStockInTx } from './move-stock.ts'

/** Far above a year's need of any kabupaten. */
const MOST = 100_000

export interface RecordCardStock {
  readonly requestId: string
  readonly item: string
  /** In cards; below zero only to correct a count. */
  readonly delta: number
  readonly reason: string
}

/**
 * Writes down stock that came in, or a count that came out otherwise (BLG-R5).
 * @throws InvalidInput, StockBelowZero, NotPermitted, RequestIdReused.
 */
export async function recordCardStock(app: RegistryApp, caller: Caller, command: RecordCardStock): Promise<string> {
  permit(caller, 'ktp.print', { level: 1 })
  const { value } = orRefuse(
    fields(
      {
        item: oneOf(command.item, STOCK_ITEMS, { rule: 'BLG-R5' }),
        delta: wholeNumber(command.delta, { rule: 'BLG-R5', from: -MOST, to: MOST }),
        reason: oneOf(command.reason, ['DITERIMA', 'PENYESUAIAN'], { rule: 'BLG-R5' }),
      },
      ({ delta, reason }) => (delta === 0 || (reason === 'DITERIMA' && delta < 0) ? [NOTHING_CAME] : []),
    ),
  )
  return app.once(caller, { name: 'recordCardStock', ...command, input: command }, async (tx) => {
    await audit(tx, caller, 'ktp.print', [], { stock: value.item, delta: value.delta, reason: value.reason })
    return moveStockInTx(app, tx, caller, { ...value, batchId: null })
  })
}

const NOTHING_CAME = problem(
  'BLG-R5',
  {
    id: 'Isi jumlah yang diterima, lebih dari nol. Bila hasil hitung ulang berkurang, pilih PENYESUAIAN.',
    en: 'Give how much came in, above zero. Where a new count shows less, choose PENYESUAIAN.',
  },
  'delta',
)
