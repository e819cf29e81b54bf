import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '../src/act.ts'
import { draftSessionOf, meetPupilOf16, newAssessment, openSchools, SMP } from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'

// A school session in Balangan (BLG-01 to BLG-08), one pupil per branch. Each test is the next step.

/** 17 by now. */
const OF_17 = '2009-11-01'
const PUPILS = {
  recorded: OF_17,
  corrected: OF_17,
  waitingForCard: OF_17,
  withCard: OF_17,
  withoutNik: OF_17,
  of16: '2010-05-05',
  absent: OF_17,
  married: '2011-02-02',
  /** Taken into protection once the day is drafted. */
  sheltered: OF_17,
}
type Who = keyof typeof PUPILS

let house: House
const idOf = {} as Record<Who, string>
let sessionId: string
let batchId: string

beforeAll(async () => {
  house = await startHouse({ zone: 'Asia/Makassar' })
  await openSchools(house)
  for (const who of Object.keys(PUPILS) as Who[]) idOf[who] = await meetPupilOf16(house, PUPILS[who])
})
afterAll(() => house?.close())

interface Seen {
  readonly pupils: readonly { readonly told: string; readonly child: { readonly id: string } }[]
}

/** What each came to, as the recording desk sees it: `DIREKAM`; or as the school does, which is told less. */
async function pupilsFor(persona: 'perekaman' | 'panitia-sekolah'): Promise<Partial<Record<Who, string>>> {
  const said = persona === 'perekaman' ? 'state' : 'progress'
  const query = `query ($id: UUID!) { ktpSession(id: $id) { pupils { told: ${said} child { id } } } }`
  const { ktpSession } = await house.as(persona).ok<{ ktpSession: Seen }>(query, { id: sessionId })
  const nameOf = new Map(Object.entries(idOf).map(([who, id]) => [id, who]))
  return Object.fromEntries(ktpSession.pupils.map(({ told, child }) => [nameOf.get(child.id), told]))
}

const atDesk = (name: string, input: object) =>
  act(house.as('perekaman'), name, { requestId: randomUUID(), sessionId, ...input }, 'state')

/** A step with a pupil at the table that took three minutes. */
async function step(name: string, who: Who, input: object = {}): Promise<void> {
  const startedAt = house.clock.now().toString()
  house.clock.advance({ minutes: 3 })
  await atDesk(name, { childId: idOf[who], startedAt, ...input })
}

const inPrintRoom = <Data>(name: string, input: object, selection = 'id') =>
  act<Data>(house.as('operator-pencetakan'), name, { requestId: randomUUID(), ...input }, selection)

interface Run {
  readonly id: string
  readonly cards: readonly { readonly state: string; readonly child: { readonly id: string } }[]
  readonly handover: { readonly number: string; readonly count: number } | null
}
const RUN = 'id cards { state child { id } } handover { number count }'

test('the school proposes its pupils, the desk drafts and schedules a day (BLG-01)', async () => {
  const { married, ...others } = idOf
  const list = { requestId: randomUUID(), npsn: SMP }
  await act(house.as('panitia-sekolah'), 'proposeCandidates', { ...list, childIds: Object.values(others) })
  const early = { ...list, requestId: randomUUID(), childIds: [married], everMarried: [married] }
  await act(house.as('dukcapil'), 'proposeCandidates', early)
  sessionId = await draftSessionOf(house, Object.values(idOf))
  await atDesk('scheduleSession', {})
  expect(Object.keys(await pupilsFor('perekaman')).toSorted()).toEqual(Object.keys(PUPILS).toSorted())
})

test('who is taken into protection is on no list any more; who is married under 17 on none that the school sees (KT-10, PV-14)', async () => {
  await act(house.as('peksos'), 'completeAssessment', newAssessment(idOf.sheltered, { needs: ['PROTECTION'] }))
  await house.settle()
  const { sheltered: _, ...atHand } = PUPILS
  expect(Object.keys(await pupilsFor('perekaman')).toSorted()).toEqual(Object.keys(atHand).toSorted())
  const { married: __, ...atSchool } = atHand
  expect(Object.keys(await pupilsFor('panitia-sekolah')).toSorted()).toEqual(Object.keys(atSchool).toSorted())
})

test('it starts once all equipment was looked for (BLG-02, BLG-H4)', async () => {
  const { ktpSession } = await house
    .as('perekaman')
    .ok<{ ktpSession: { checklist: readonly { item: string }[] } }>(
      'query ($id: UUID!) { ktpSession(id: $id) { checklist { item } } }',
      { id: sessionId },
    )
  const items = ktpSession.checklist.map(({ item }) => item)
  await atDesk('changeChecklist', { items, state: 'ADA' })
  await atDesk('startSession', {})
})

test('each pupil goes the way of one branch (BLG-03 to BLG-06, BLG-R1 to BLG-R3, KT-05)', async () => {
  await step('checkPupil', 'waitingForCard', { status: 'SUDAH_REKAM' })
  await step('checkPupil', 'withCard', { status: 'SUDAH_CETAK' })
  await step('checkPupil', 'withoutNik', { status: 'NIK_TIDAK_ADA' })
  for (const who of ['recorded', 'corrected', 'of16', 'married'] as const) {
    await step('checkPupil', who, { status: 'BELUM_REKAM' })
    const matches = who !== 'corrected'
    await step('checkSiak', who, { matches, mismatches: matches ? [] : ['NAMA'] })
    if (!matches) await step('correctByAkta', who, { aktaNumber: '9901-LU-01112009-0012' })
    await step('recordPupil', who, { exceptions: matches ? [] : ['PENYAKIT_MATA'] })
  }
  await atDesk('markAbsent', { childId: idOf.absent, reason: 'TIDAK_DATANG' })
  expect(await pupilsFor('perekaman')).toEqual({
    recorded: 'DIREKAM',
    corrected: 'DIREKAM',
    waitingForCard: 'SIAP_CETAK',
    withCard: 'DICETAK',
    withoutNik: 'TIDAK_ADA_NIK',
    of16: 'TERTUNDA_UMUR',
    absent: 'TIDAK_HADIR',
    married: 'DIREKAM',
  })
  expect(await pupilsFor('panitia-sekolah')).toEqual({
    recorded: 'DIREKAM',
    corrected: 'DIREKAM',
    waitingForCard: 'DIREKAM',
    withCard: 'DIREKAM',
    withoutNik: 'TERTUNDA',
    of16: 'DIREKAM',
    absent: 'TIDAK_HADIR',
  })
  await atDesk('closeSession', {})
  await house.settle()
})

test('the centre answers: of 17 they are ready to print, of 16 the card waits, the married one’s goes past the school (BLG-R3, KT-10)', async () => {
  for (const who of ['recorded', 'corrected', 'waitingForCard', 'of16', 'married'] as const) {
    const news = { requestId: randomUUID(), childId: idOf[who], code: 'PRR' }
    await act(house.as('perekaman'), 'recordKtpStatus', news)
  }
  for (const item of ['BLANGKO', 'RIBBON', 'FILM']) {
    await inPrintRoom('recordCardStock', { item, delta: 100, reason: 'DITERIMA' }, 'item')
  }
  const run = await inPrintRoom<Run>('openPrintBatch', { npsn: SMP, cards: 100 }, RUN)
  batchId = run.id
  const printed = run.cards.map(({ child }) => child.id)
  expect(printed.toSorted()).toEqual([idOf.recorded, idOf.corrected, idOf.waitingForCard].toSorted())
  const { printQueue } = await house
    .as('operator-pencetakan')
    .ok<{ printQueue: { nodes: readonly { id: string }[] } }>('{ printQueue(state: SIAP_CETAK) { nodes { id } } }')
  expect(printQueue.nodes).toEqual([{ id: idOf.married }])
})

test('printed, handed over with a Berita Acara, received by each pupil (BLG-07, BLG-08, BLG-R6, DOC-14)', async () => {
  const childIds = [idOf.recorded, idOf.corrected, idOf.waitingForCard]
  await inPrintRoom('recordPrinted', { batchId, childIds })
  const handover = await inPrintRoom<Run>(
    'handOverCards',
    {
      batchId,
      count: 3,
      giver: { name: 'Arif Rahman (contoh)', office: 'Operator Pencetakan' },
      receiver: { name: 'Endang Lestari (contoh)', office: 'Panitia Sekolah' },
    },
    RUN,
  )
  expect(handover.handover).toMatchObject({ count: 3, number: expect.stringMatching(/2026/) })
  const school = house.as('panitia-sekolah')
  const receipt = { requestId: randomUUID(), batchId, childIds }
  const received = await act<Run>(school, 'recordReceipt', receipt, RUN)
  expect(received.cards.map(({ state }) => state)).toEqual(['DITERIMA', 'DITERIMA', 'DITERIMA'])
})

test('the absent pupil stands first on the list of the next day (KT-05)', async () => {
  const day = { requestId: randomUUID(), npsn: SMP, startsAt: '2026-11-25T01:00:00Z', devices: 1 }
  const { pupils } = await act<{ pupils: readonly { carriedFrom: string | null; child: { id: string } }[] }>(
    house.as('perekaman'),
    'draftSession',
    { ...day, officers: ['akun-perekaman-01'] },
    'pupils { carriedFrom child { id } }',
  )
  expect(pupils).toEqual([{ carriedFrom: sessionId, child: { id: idOf.absent } }])
})

test('on the 17th birthday the held card comes into the next run by itself (RF-11)', async () => {
  house.clock.set('2027-05-05T00:00:00Z')
  await house.service('civil-registry').runJobs()
  const run = await inPrintRoom<Run>('openPrintBatch', { npsn: SMP, cards: 100 }, RUN)
  expect(run.cards.map(({ child }) => child.id)).toEqual([idOf.of16])
})
