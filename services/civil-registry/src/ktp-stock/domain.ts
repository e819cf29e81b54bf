/** What a card is made of (BLG-H4, BLG-R5). */
export const STOCK_ITEMS = ['BLANGKO', 'RIBBON', 'FILM'] as const
export type StockItem = (typeof STOCK_ITEMS)[number]

/** Why stock moves: it came in, a card was printed, a card was spoiled, somebody counted. */
const STOCK_REASONS = ['DITERIMA', 'DICETAK', 'RUSAK', 'PENYESUAIAN'] as const
export type StockReason = (typeof STOCK_REASONS)[number]

/**
 * What is there of one item, in cards: a blangko is one, a ribbon or a film as many as it still prints [D]. One card
 * takes one of each, also when it is spoiled.
 */
export interface Stock {
  readonly item: StockItem
  readonly left: number
  /** Promised to print runs that are open. */
  readonly reserved: number
}

export interface Shortage {
  readonly item: StockItem
  readonly need: number
  readonly left: number
}

/** The first item that does not reach for so many cards beside those promised already; null where all do (BLG-R5). */
export function shortageFor(cards: number, stocks: readonly Stock[]): Shortage | null {
  const short = stocks.find(({ left, reserved }) => left - reserved < cards)
  return short ? { item: short.item, need: cards, left: Math.max(0, short.left - short.reserved) } : null
}

/** Whether a move takes the stock below the mark: told once on the way down. */
export const isRunningLow = (before: number, after: number, mark: number): boolean => before >= mark && after < mark
