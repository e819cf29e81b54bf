import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { meet, NOBODY, newBoy, nextNik } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Row } from './rows.ts'

const KECAMATAN = '33.75.03'

/** Puts a card of the kecamatan in the print queue: of one who is married, since the boys of the city are 13 (KT-10). */
async function readyToPrint(house: House): Promise<string> {
  const child = await meet(house, { newChild: newBoy({ nik: nextNik() }) })
  await house.settle()
  for (const item of ['BLANGKO', 'RIBBON', 'FILM']) {
    const came = { requestId: randomUUID(), item, delta: 100, reason: 'DITERIMA' }
    await act(house.as('operator-pencetakan'), 'recordCardStock', came, 'item')
  }
  const news = { requestId: randomUUID(), childId: child, code: 'PRR', everMarried: true }
  await act(house.as('perekaman'), 'recordKtpStatus', news)
  return child
}

interface Run {
  readonly batchId: string
  readonly childIds: readonly string[]
}

/** A print run with all that waits for the kecamatan. */
async function run(house: House): Promise<Run> {
  await readyToPrint(house)
  const opened = await act<{ id: string; cards: readonly { child: { id: string } }[] }>(
    house.as('operator-pencetakan'),
    'openPrintBatch',
    { requestId: randomUUID(), kecamatan: KECAMATAN, cards: 100 },
    'id cards { child { id } }',
  )
  return { batchId: opened.id, childIds: opened.cards.map(({ child }) => child.id) }
}

async function printedRun(house: House): Promise<Run> {
  const opened = await run(house)
  await act(house.as('operator-pencetakan'), 'recordPrinted', { requestId: randomUUID(), ...opened })
  return opened
}

const giver = { name: 'Arif Rahman (contoh)', office: 'Operator Pencetakan' }
const receiver = { name: 'Endang Lestari (contoh)', office: 'Kasi Pemerintahan Kecamatan' }

async function handedRun(house: House): Promise<Run> {
  const { batchId, childIds } = await printedRun(house)
  const handed = { requestId: randomUUID(), batchId, count: childIds.length, giver, receiver }
  await act(house.as('operator-pencetakan'), 'handOverCards', handed)
  return { batchId, childIds }
}

const ON_CARDS = {
  as: 'operator-pencetakan',
  contradictory: [
    { why: 'a run that nobody opened', change: { batchId: NOBODY }, code: 'KTP_BATCH_NOT_FOUND', field: 'batchId' },
    { why: 'a card of no run', change: { childIds: [NOBODY] }, code: 'KTP_CARD_NOT_THERE', field: 'childIds' },
    { why: 'no card at all', change: { childIds: [] }, code: 'KTP_CARD_NOT_THERE', field: 'childIds' },
  ],
  malformed: [],
  future: [],
  foreign: [
    { why: 'a school, for a run that is not its own (PV-18)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
    { why: 'education', as: 'dinas-pendidikan', code: 'NOT_PERMITTED' },
  ],
} as const satisfies Partial<Row>

/** The print room of the civil registry (BLG-07, BLG-08). */
export const PRINT_ROWS: Readonly<Record<string, Row>> = {
  recordCardStock: {
    as: 'operator-pencetakan',
    valid: async (house) => {
      await house.settle()
      return { requestId: randomUUID(), item: 'FILM', delta: 500, reason: 'DITERIMA' }
    },
    contradictory: [
      { why: 'less than nothing came in', change: { delta: -1 }, code: 'INVALID_INPUT', field: 'delta' },
      {
        why: 'more taken off than there is (BLG-R5)',
        change: { delta: -100_000, reason: 'PENYESUAIAN' },
        code: 'KTP_STOCK_BELOW_ZERO',
        field: 'delta',
      },
    ],
    malformed: [{ why: 'nothing came in', change: { delta: 0 }, code: 'INVALID_INPUT', field: 'delta' }],
    future: [],
    duplicate: { allowed: 'two boxes may come in' },
    foreign: [{ why: 'the recording desk', as: 'perekaman', code: 'NOT_PERMITTED' }],
  },
  openPrintBatch: {
    as: 'operator-pencetakan',
    valid: async (house) => {
      await readyToPrint(house)
      return { requestId: randomUUID(), kecamatan: KECAMATAN, cards: 100 }
    },
    contradictory: [
      { why: 'two destinations', change: { npsn: '99000001' }, code: 'INVALID_INPUT', field: 'npsn' },
      { why: 'no destination', change: { kecamatan: null }, code: 'INVALID_INPUT', field: 'npsn' },
    ],
    malformed: [
      { why: 'a kelurahan (ID-23)', change: { kecamatan: '33.75.03.1004' }, code: 'INVALID_INPUT', field: 'kecamatan' },
      { why: 'a run of no card', change: { cards: 0 }, code: 'INVALID_INPUT', field: 'cards' },
      { why: 'more than a run holds', change: { cards: 101 }, code: 'INVALID_INPUT', field: 'cards' },
    ],
    future: [],
    duplicate: { why: 'the queue is empty by now', code: 'KTP_NOTHING_TO_PRINT', field: 'npsn' },
    foreign: [{ why: 'a school committee', as: 'panitia-sekolah', code: 'NOT_PERMITTED' }],
  },
  recordPrinted: {
    ...ON_CARDS,
    valid: async (house) => ({ requestId: randomUUID(), ...(await run(house)) }),
    duplicate: { why: 'the cards are printed by now', code: 'KTP_CARD_NOT_THERE', field: 'childIds' },
  },
  recordSpoiled: {
    ...ON_CARDS,
    valid: async (house) => ({ requestId: randomUUID(), ...(await run(house)) }),
    duplicate: { allowed: 'the next card may be spoiled too' },
  },
  handOverCards: {
    as: 'operator-pencetakan',
    valid: async (house) => {
      const { batchId, childIds } = await printedRun(house)
      return { requestId: randomUUID(), batchId, count: childIds.length, giver, receiver }
    },
    contradictory: [
      { why: 'a run that nobody opened', change: { batchId: NOBODY }, code: 'KTP_BATCH_NOT_FOUND', field: 'batchId' },
      { why: 'another count (BLG-R6)', change: { count: 99 }, code: 'KTP_HANDOVER_COUNT_DIFFERS', field: 'count' },
    ],
    malformed: [
      { why: 'a count below zero', change: { count: -1 }, code: 'INVALID_INPUT', field: 'count' },
      {
        why: 'nobody signs (BLG-R6)',
        change: { receiver: { name: ' ', office: 'Kasi' } },
        code: 'INVALID_INPUT',
        field: 'receiver.name',
      },
    ],
    future: [],
    duplicate: { why: 'the Berita Acara is written', code: 'KTP_ALREADY_HANDED_OVER', field: 'batchId' },
    foreign: [{ why: 'a school committee', as: 'panitia-sekolah', code: 'NOT_PERMITTED' }],
  },
  recordReceipt: {
    ...ON_CARDS,
    valid: async (house) => ({ requestId: randomUUID(), ...(await handedRun(house)) }),
    duplicate: { why: 'the pupils have their cards by now', code: 'KTP_CARD_NOT_THERE', field: 'childIds' },
  },
}
