import type { ChildId, Npsn } from '@satuanak/contracts'

/** Where one card of a run stands (KT-08, BLG-R6). */
export const CARD_STATES = ['ANTRE', 'DICETAK', 'DISERAHKAN', 'KE_KECAMATAN', 'DITERIMA', 'KEMBALI'] as const
export type CardState = (typeof CARD_STATES)[number]

/** Cards a run may hold [D]: what a printer does in a day, and what two people count by hand. */
export const MOST_CARDS = 100

/** How long a school may keep a card that nobody fetched, in days (BLG-R6). */
const KEPT_DAYS = 30

export interface Card {
  /** Its line in the list, from 1. */
  readonly number: number
  readonly childId: ChildId
  readonly state: CardState
  /** How many were spoiled before this one (each cost a blangko). */
  readonly spoiled: number
}

export interface Signatory {
  readonly name: string
  readonly office: string
}

/** What DOC-14 says, the Berita Acara Serah Terima (BLG-R6). */
export interface Handover {
  readonly year: number
  /** Counted through the year, without a gap. */
  readonly number: number
  readonly on: Temporal.PlainDate
  /** The day on which what nobody fetched goes back. */
  readonly returnOn: Temporal.PlainDate
  readonly giver: Signatory
  readonly receiver: Signatory
}

/** One print run, for one school or one kecamatan. */
export interface Batch {
  readonly id: string
  readonly npsn: Npsn | null
  /** `63.11.06`: for whoever has no school that may hand the card over (EC-48, KT-10). */
  readonly kecamatan: string | null
  readonly openedAt: Temporal.Instant
  readonly handover: Handover | null
  readonly cards: readonly Card[]
}

/** As it stands on paper: `BA-KTP/0007/2026`. */
export const numberOf = ({ number, year }: Handover): string => `BA-KTP/${String(number).padStart(4, '0')}/${year}`

/** The day on which cards handed over today go back, if nobody fetches them (BLG-R6). */
export const returnDay = (handedOn: Temporal.PlainDate): Temporal.PlainDate => handedOn.add({ days: KEPT_DAYS })

/** The cards of these children; null where one of them is not in the run, or in none of these states. */
export function cardsOf(batch: Batch, childIds: readonly ChildId[], states: readonly CardState[]): Card[] | null {
  const cards = [...new Set(childIds)].map((id) => batch.cards.find(({ childId }) => childId === id))
  const found = cards.filter((card): card is Card => card !== undefined && states.includes(card.state))
  return found.length === cards.length ? found : null
}

/**
 * Of the printed cards those that go with this handover, and those whose pupil has left the school meanwhile: they go to
 * the kecamatan (EC-48). A kecamatan takes all.
 */
export function divideForHandover(batch: Batch, attends: (card: Card) => boolean) {
  const stays = (card: Card) => batch.npsn === null || attends(card)
  return { handed: batch.cards.filter(stays), diverted: batch.cards.filter((card) => !stays(card)) }
}

/** Who may take a card in, and when: a school what it was handed, Dukcapil also what came back or was diverted. */
export const receivable = (atSchool: boolean): readonly CardState[] =>
  atSchool ? ['DISERAHKAN'] : ['DISERAHKAN', 'KE_KECAMATAN', 'KEMBALI']
