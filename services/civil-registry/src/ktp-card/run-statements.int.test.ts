import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPupil, sendAs, startBalangan } from '../test-balangan.ts'
import type { RegistryNetwork } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startBalangan()
  network.clock.set('2026-11-26T01:00:00Z')
  for (const item of ['BLANGKO', 'RIBBON', 'FILM']) {
    await send('recordCardStock', { item, delta: 100, reason: 'DITERIMA' }, '{ item }')
  }
})
afterAll(() => network?.close())

interface Answer {
  readonly data?: { readonly id: string }
}
const send = (mutation: string, input: object, selection = '{ id }') =>
  sendAs<Answer>(network, 'operator-pencetakan', mutation, input, selection)

/** Statements of each deed on a run of so many cards. */
async function statementsOfRun(npsn: string, cards: number) {
  const childIds: string[] = []
  for (let n = 0; n < cards; n++) {
    const pupil = await newPupil(network, { birthDate: '2009-01-01', nik: null }, npsn)
    await sendAs(network, 'perekaman', 'recordKtpStatus', { childId: pupil, code: 'PRR' }, '{ child { id } }')
    childIds.push(pupil)
  }
  let batchId: string | undefined
  const deeds: [string, () => Promise<Answer>][] = [
    ['open', () => send('openPrintBatch', { npsn, cards })],
    ['spoil', () => send('recordSpoiled', { batchId, childIds })],
    ['print', () => send('recordPrinted', { batchId, childIds })],
    ['hand over', () => send('handOverCards', { batchId, count: cards, giver: SIGNED, receiver: SIGNED })],
    ['receive', () => send('recordReceipt', { batchId, childIds })],
  ]
  const counts: Record<string, number> = {}
  for (const [name, deed] of deeds) {
    const statements = await statementsOf(async () => {
      const { data, ...refusal } = await deed()
      if (!data) throw new Error(`${name} was refused: ${JSON.stringify(refusal)}`)
      batchId = data.id
    })
    counts[name] = statements.length
  }
  return counts
}

const SIGNED = { name: 'Arif Rahman (contoh)', office: 'Operator Pencetakan' }

test('each deed on a run costs as many statements for six cards as for two (BLG-07, BLG-08)', async () => {
  const two = await statementsOfRun('99000281', 2)
  expect(await statementsOfRun('99000282', 6)).toEqual(two)
  expect(Object.keys(two)).toHaveLength(5)
})
