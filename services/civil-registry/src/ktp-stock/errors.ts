import { Refusal, type Sentence } from '@satuanak/domain-kit'
import type { Shortage, StockItem } from './domain.ts'

const ITEM_WORDS = {
  BLANGKO: { id: 'blangko KTP-el', en: 'blank cards (blangko)' },
  RIBBON: { id: 'ribbon', en: 'ribbon' },
  FILM: { id: 'film', en: 'film' },
} as const satisfies Record<StockItem, Sentence>

/** The stock does not reach for the run (BLG-R5): which item, how much is needed, how much is free, and what to do. */
export class StockShort extends Refusal {
  readonly code = 'KTP_STOCK_SHORT'

  constructor({ item, need, left }: Shortage) {
    const word = ITEM_WORDS[item]
    super(
      {
        id: `Stok ${word.id} tidak cukup: perlu ${need} kartu, yang bebas ${left}. Catat penerimaan stok, atau cetak paling banyak ${left} kartu dahulu.`,
        en: `Not enough ${word.en}: ${need} cards needed, ${left} free. Record the stock that came in, or print at most ${left} cards first.`,
      },
      { field: 'cards', rule: 'BLG-R5' },
    )
  }
}

/** More would be taken off than there is. */
export class StockBelowZero extends Refusal {
  readonly code = 'KTP_STOCK_BELOW_ZERO'

  constructor({ item, left }: { readonly item: StockItem; readonly left: number }) {
    const word = ITEM_WORDS[item]
    super(
      {
        id: `Stok ${word.id} tinggal ${left}, tidak dapat dikurangi sebanyak itu. Hitung ulang, lalu catat selisihnya.`,
        en: `Only ${left} of ${word.en} are left; so many cannot be taken off. Count again and record the difference.`,
      },
      { field: 'delta', rule: 'BLG-R5' },
    )
  }
}
