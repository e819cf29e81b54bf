import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NPSN, newPupil, sendAs, startBalangan } from '../test-balangan.ts'
import { keepAt, type RegistryNetwork } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startBalangan()
  for (const item of ['BLANGKO', 'RIBBON', 'FILM']) await stock(item, 60)
})
afterAll(() => network?.close())
beforeEach(() => network.clock.set('2026-11-26T01:00:00Z'))

type Persona = Parameters<RegistryNetwork['subgraph']>[1]
interface Batch {
  readonly id: string
  readonly cards: readonly {
    readonly number: number
    readonly state: string
    readonly child: { readonly id: string }
  }[]
  readonly handover: { readonly number: string; readonly count: number; readonly returnOn: string } | null
}
interface Answer {
  readonly __typename: string
  readonly code?: string
  readonly message?: string
  readonly data?: Batch
}
const BATCH = '{ id cards { number state child { id } } handover { number count returnOn } }'
const send = (mutation: string, input: object, as: Persona = 'operator-pencetakan') =>
  sendAs<Answer>(network, as, mutation, input, BATCH)
const stock = (item: string, delta: number, reason = 'DITERIMA') =>
  sendAs<{ code?: string }>(network, 'operator-pencetakan', 'recordCardStock', { item, delta, reason }, '{ item left }')
const stockNow = async () => {
  const { cardStock } = await network
    .subgraph('civil-registry', 'operator-pencetakan')
    .ok<{ cardStock: { item: string; left: number; reserved: number }[] }>('{ cardStock { item left reserved } }')
  return cardStock[0]
}
const db = () => network.service('civil-registry').app.db
const runJobs = () => network.service('civil-registry').runJobs()

/** A pupil whose card is ready to print. */
const ready = async (npsn: string, more: object = {}, news: object = {}) => {
  const pupil = await newPupil(network, { birthDate: '2009-01-01', nik: null, ...more }, npsn)
  await sendAs(network, 'perekaman', 'recordKtpStatus', { childId: pupil, code: 'PRR', ...news }, '{ child { id } }')
  return pupil
}
let school = 70
const newSchool = () => `990001${++school}`
const open = (more: object) => send('openPrintBatch', { cards: 100, ...more })
const idsOf = (answer: Answer) => answer.data?.cards.map(({ child }) => child.id)
const statesOf = (answer: Answer) => answer.data?.cards.map(({ state }) => state)
const SIGNED = {
  giver: { name: 'Arif Rahman (contoh)', office: 'Operator Pencetakan' },
  receiver: { name: 'Endang Lestari (contoh)', office: 'Panitia Sekolah' },
}
const handOver = (batchId: string | undefined, count: number) => send('handOverCards', { batchId, count, ...SIGNED })

/** A run for a school, printed. */
const printed = async (npsn: string, pupils: readonly string[]) => {
  const batchId = (await open({ npsn })).data?.id
  await send('recordPrinted', { batchId, childIds: pupils })
  return batchId
}
const batchesOf = async (as: Persona, npsn: string) => {
  const { printBatches } = await network
    .subgraph('civil-registry', as)
    .ok<{ printBatches: { nodes: readonly Batch[] } }>(
      `{ printBatches(npsn: "${npsn}", first: 100) { nodes ${BATCH} } }`,
    )
  return printBatches.nodes
}
const codeOf = async (childId: string) =>
  (await db().$queryRawUnsafe<{ code: string }[]>('SELECT code FROM ktp_record WHERE child_id = $1::uuid', childId))[0]
    ?.code
const told = async (subject: string | undefined, like = '%') =>
  (
    await db().$queryRawUnsafe<{ type: string; data: object }[]>(
      `SELECT type, envelope->'data' AS data FROM platform.outbox
       WHERE subject = $1::uuid AND type LIKE $2 ORDER BY subject_version`,
      subject,
      like,
    )
  ).map(({ type, data }) => [type.replace(/^civil-registry\.ktp\.|\.v1$/g, ''), data])

describe('printing (BLG-07, BLG-R5)', () => {
  test('a run takes from the queue who waits longest, its stock is promised, and each card takes one of everything', async () => {
    const npsn = newSchool()
    const pupils = [await ready(npsn), await ready(npsn), await ready(npsn)]
    const before = await stockNow()
    const run = await open({ npsn, cards: 2 })
    expect(idsOf(run)).toEqual(pupils.slice(0, 2))
    expect(await codeOf(pupils[0] ?? '')).toBe('SENT_FOR_CARD_PRINTING')
    expect(await stockNow()).toMatchObject({ left: before?.left, reserved: 2 })
    const childIds = pupils.slice(0, 1)
    expect(statesOf(await send('recordPrinted', { batchId: run.data?.id, childIds }))).toEqual(['DICETAK', 'ANTRE'])
    expect(await codeOf(pupils[0] ?? '')).toBe('CARD_PRINTED')
    expect(await stockNow()).toMatchObject({ left: (before?.left ?? 0) - 1, reserved: 1 })
    expect((await send('recordPrinted', { batchId: run.data?.id, childIds })).code).toBe('KTP_CARD_NOT_THERE')
    await send('recordPrinted', { batchId: run.data?.id, childIds: pupils.slice(1, 2) })
  })

  test('a spoiled card costs a blangko and is printed again, found so in the printer or afterwards', async () => {
    const npsn = newSchool()
    const pupil = await ready(npsn)
    const before = (await stockNow())?.left ?? 0
    const batchId = (await open({ npsn })).data?.id
    await send('recordSpoiled', { batchId, childIds: [pupil] })
    await send('recordPrinted', { batchId, childIds: [pupil] })
    expect(statesOf(await send('recordSpoiled', { batchId, childIds: [pupil] }))).toEqual(['ANTRE'])
    await send('recordPrinted', { batchId, childIds: [pupil] })
    expect((await stockNow())?.left).toBe(before - 3)
  })

  test('a run that the stock does not reach for is refused: item, need, free, and what to do', async () => {
    const npsn = newSchool()
    await ready(npsn)
    await ready(npsn)
    const left = (await stockNow())?.left ?? 0
    await stock('BLANGKO', 1 - left, 'PENYESUAIAN')
    const refused = await open({ npsn })
    expect(refused).toMatchObject({ __typename: 'KtpStockShort', code: 'KTP_STOCK_SHORT' })
    expect(refused.message).toMatch(/blangko KTP-el tidak cukup: perlu 2 kartu, yang bebas 1\./)
    expect(statesOf(await open({ npsn, cards: 1 }))).toEqual(['ANTRE'])
    expect((await stock('BLANGKO', -2, 'PENYESUAIAN')).code).toBe('KTP_STOCK_BELOW_ZERO')
    await stock('BLANGKO', 100)
  })

  test('low stock is told once, on the way down', async () => {
    const lows = () =>
      db().$queryRawUnsafe<{ data: object }[]>(
        `SELECT envelope->'data' AS data FROM platform.outbox WHERE type = 'civil-registry.ktp.stock.low.v1'
         AND envelope->'data'->>'item' = 'FILM'`,
      )
    const { cardStock } = await network
      .subgraph('civil-registry', 'dukcapil')
      .ok<{ cardStock: { item: string; left: number }[] }>('{ cardStock { item left } }')
    await stock('FILM', 50 - (cardStock.find(({ item }) => item === 'FILM')?.left ?? 0), 'PENYESUAIAN')
    const before = (await lows()).length
    await stock('FILM', -1, 'PENYESUAIAN')
    await stock('FILM', -1, 'PENYESUAIAN')
    expect((await lows()).slice(before)).toEqual([{ data: { item: 'FILM', left: 49 } }])
    await stock('FILM', 100)
  })

  test('a card that says "married" goes to no school, a social case neither: both to the kecamatan (KT-10, PV-14)', async () => {
    const npsn = newSchool()
    const kecamatan = '63.11.07'
    const address = { kelurahan: '63.11.07.1001', rt: '1', rw: '1' }
    const married = await ready(npsn, { birthDate: '2009-12-01', address }, { everMarried: true })
    const social = await ready(npsn, { address })
    await keepAt(network, social, 3)
    const plain = await ready(npsn, { address })
    expect(idsOf(await open({ npsn }))).toEqual([plain])
    expect((await open({ npsn })).code).toBe('KTP_NOTHING_TO_PRINT')
    expect(idsOf(await open({ kecamatan }))).toEqual([married, social])
  })
})

describe('handover (BLG-08, BLG-R6, DOC-14)', () => {
  test('is whole, counted, and numbered through the year without a gap; a refused one takes no number', async () => {
    const [one, other] = [newSchool(), newSchool()]
    const [first, second] = [await ready(one), await ready(other)]
    const run = (await open({ npsn: one })).data?.id
    expect((await handOver(run, 1)).code).toBe('KTP_NOT_YET_PRINTED')
    await send('recordPrinted', { batchId: run, childIds: [first] })
    expect((await handOver(run, 2)).code).toBe('KTP_HANDOVER_COUNT_DIFFERS')
    network.clock.set('2027-01-04T01:00:00Z')
    expect((await handOver(run, 1)).data?.handover).toEqual({
      number: 'BA-KTP/0001/2027',
      count: 1,
      returnOn: '2027-02-03',
    })
    const next = await printed(other, [second])
    expect((await handOver(next, 1)).data?.handover?.number).toBe('BA-KTP/0002/2027')
    expect((await handOver(next, 1)).code).toBe('KTP_ALREADY_HANDED_OVER')
    expect(await told(run)).toEqual([['batch.handed', { npsn: one, handedOn: '2027-01-04', cards: 1, diverted: 0 }]])
  })

  test('the school sees its run from then on, says who has the card, and no other school does', async () => {
    const pupil = await ready(NPSN)
    const batchId = await printed(NPSN, [pupil])
    expect(await batchesOf('panitia-sekolah', NPSN)).toEqual([])
    await handOver(batchId, 1)
    expect((await batchesOf('panitia-sekolah', NPSN)).map(({ id }) => id)).toEqual([batchId])
    expect(await batchesOf('pkbm', NPSN)).toEqual([])
    const receipt = { batchId, childIds: [pupil] }
    expect((await send('recordReceipt', receipt, 'pkbm')).code).toBe('NOT_PERMITTED')
    expect(statesOf(await send('recordReceipt', receipt, 'panitia-sekolah'))).toEqual(['DITERIMA'])
    expect(await codeOf(pupil)).toBe('CARD_ISSUED')
    expect(await told(pupil, '%.card.%')).toEqual([['card.received', { batchId, receivedOn: '2026-11-26' }]])
  })

  test('what nobody fetches in 30 days goes back by itself; from then on Dukcapil hands it out (BLG-R6)', async () => {
    const npsn = newSchool()
    const pupil = await ready(npsn)
    const batchId = await printed(npsn, [pupil])
    await handOver(batchId, 1)
    network.clock.set('2026-12-25T15:59:00Z')
    await runJobs()
    const state = async () => (await batchesOf('dukcapil', npsn))[0]?.cards[0]?.state
    expect(await state()).toBe('DISERAHKAN')
    network.clock.set('2026-12-25T16:00:00Z')
    await runJobs()
    await runJobs()
    expect(await state()).toBe('KEMBALI')
    expect(await told(pupil, '%.card.%')).toEqual([['card.returned', { batchId, returnedOn: '2026-12-26' }]])
    await send('recordReceipt', { batchId, childIds: [pupil] })
    expect(await state()).toBe('DITERIMA')
  })

  test('the card of a pupil who left the school meanwhile goes to the kecamatan, unseen by the school (EC-48)', async () => {
    const stays = await ready(NPSN)
    const left = await ready(NPSN)
    const batchId = await printed(NPSN, [stays, left])
    await db().$executeRawUnsafe(
      `UPDATE platform.child_school SET ended_on = '2026-11-20' WHERE child_id = $1::uuid`,
      left,
    )
    expect((await handOver(batchId, 2)).code).toBe('KTP_HANDOVER_COUNT_DIFFERS')
    const handed = await handOver(batchId, 1)
    expect(statesOf(handed)).toEqual(['DISERAHKAN', 'KE_KECAMATAN'])
    expect(handed.data?.handover?.count).toBe(1)
    const seen = (await batchesOf('panitia-sekolah', NPSN)).find(({ id }) => id === batchId)
    expect(seen?.cards.map(({ child }) => child.id)).toEqual([stays])
    const receipt = { batchId, childIds: [left] }
    expect((await send('recordReceipt', receipt, 'panitia-sekolah')).code).toBe('KTP_CARD_NOT_THERE')
    expect((await send('recordReceipt', receipt)).data?.id).toBe(batchId)
  })

  test('a pupil who came to be hidden is on no list of the school any more (PV-14)', async () => {
    const pupil = await ready(NPSN)
    const batchId = await printed(NPSN, [pupil])
    await handOver(batchId, 1)
    await keepAt(network, pupil, 4)
    const seen = (await batchesOf('panitia-sekolah', NPSN)).find(({ id }) => id === batchId)
    expect(seen?.cards).toEqual([])
    const receipt = { batchId, childIds: [pupil] }
    expect((await send('recordReceipt', receipt, 'panitia-sekolah')).code).toBe('KTP_CARD_NOT_THERE')
    expect((await send('recordReceipt', { batchId: randomUUID(), childIds: [pupil] })).code).toBe('KTP_BATCH_NOT_FOUND')
  })
})
