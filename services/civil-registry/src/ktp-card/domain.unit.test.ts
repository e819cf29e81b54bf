import type { ChildId, Npsn } from '@satuanak/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Batch,
  CARD_STATES,
  type Card,
  cardsOf,
  divideForHandover,
  numberOf,
  receivable,
  returnDay,
} from './domain.ts'

const child = (n: number) => `0190a000-0000-7000-8000-${String(n).padStart(12, '0')}` as ChildId
const card = (number: number, state: Card['state'] = 'DICETAK'): Card => ({
  number,
  childId: child(number),
  state,
  spoiled: 0,
})
const batch = (cards: readonly Card[], npsn: string | null = '99000001'): Batch => ({
  id: child(0),
  npsn: npsn as Npsn | null,
  kecamatan: npsn === null ? '63.11.06' : null,
  openedAt: Temporal.Instant.fromEpochMilliseconds(0),
  handover: null,
  cards,
})

describe('a print run (BLG-07, BLG-R6)', () => {
  test('every card is handed over or diverted, none is both or lost (EC-48)', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 100 }), fc.boolean(), (attends, atSchool) => {
        const run = batch(
          attends.map((_, place) => card(place + 1)),
          atSchool ? '99000001' : null,
        )
        const { handed, diverted } = divideForHandover(run, ({ number }) => attends[number - 1] === true)
        expect([...handed, ...diverted].map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
          run.cards.map(({ number }) => number),
        )
        if (!atSchool) expect(diverted).toEqual([])
      }),
    )
  })

  test('a deed finds all its cards at the right step, or none of it happens', () => {
    const run = batch([card(1, 'ANTRE'), card(2)])
    expect(cardsOf(run, [child(2), child(2)], ['DICETAK'])).toEqual([card(2)])
    expect(cardsOf(run, [child(1), child(2)], ['DICETAK'])).toBeNull()
    expect(cardsOf(run, [child(9)], CARD_STATES)).toBeNull()
  })

  test('a school takes in what it was handed; what came back or was diverted only Dukcapil hands out', () => {
    expect(receivable(true)).toEqual(['DISERAHKAN'])
    expect(receivable(false)).toEqual(['DISERAHKAN', 'KE_KECAMATAN', 'KEMBALI'])
  })

  test('the Berita Acara has four digits and its year; cards go back 30 days after it', () => {
    const on = Temporal.PlainDate.from('2026-12-02')
    const signs = { name: 'Contoh', office: 'Contoh' }
    const handover = { year: 2026, number: 7, on, returnOn: returnDay(on), giver: signs, receiver: signs }
    expect(numberOf(handover)).toBe('BA-KTP/0007/2026')
    expect(handover.returnOn.toString()).toBe('2027-01-01')
  })
})
