import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { decideAs } from '../review/test-desk.ts'
import { newPupil, sendAs, startBalangan } from '../test-balangan.ts'
import { keepAt, type RegistryNetwork } from '../test-registry.ts'

type Persona = Parameters<RegistryNetwork['subgraph']>[1]

interface Duplicate {
  readonly state: string
  readonly next: readonly string[]
  readonly office: string | null
  readonly openedOn: string
  readonly dueOn: string
  readonly overdue: boolean
  readonly closedAt: string | null
  readonly steps: readonly { readonly step: string; readonly office: string | null; readonly on: string }[]
  readonly child: { readonly id: string }
}
interface Answer {
  readonly code?: string
  readonly field?: string
  readonly rule?: string
  readonly message?: string
  readonly problems?: readonly { readonly field: string; readonly rule: string }[]
  readonly data?: { readonly duplicate: Duplicate | null }
}

const DUPLICATE = '{ state next office openedOn dueOn overdue closedAt steps { step office on } child { id } }'
const MORNING = '2026-11-26T00:00:00Z'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startBalangan()
})
afterAll(() => network?.close())
beforeEach(() => {
  network.clock.set(MORNING)
})

const record = (childId: string, code: string, more: object = {}) =>
  sendAs<Answer>(network, 'dukcapil', 'recordKtpStatus', { childId, code, ...more }, '{ child { id } }')
const step = (childId: string, name: string, more: object = {}, as: Persona = 'dukcapil') =>
  sendAs<Answer>(
    network,
    as,
    'recordDuplicateStep',
    { childId, step: name, office: '33.26', on: '2026-11-26', ...more },
    `{ duplicate ${DUPLICATE} }`,
  )
const list = (args = '', as: Persona = 'dukcapil') =>
  network
    .subgraph('civil-registry', as)
    .ok<{ ktpDuplicates: { nodes: Duplicate[] } }>(`{ ktpDuplicates(first: 100${args}) { nodes ${DUPLICATE} } }`)
    .then(({ ktpDuplicates }) => ktpDuplicates.nodes)
const of = async (childId: string, args = '') => (await list(args)).filter(({ child }) => child.id === childId)

/** A pupil of whom the centre has said that the same biometrics are held already. */
async function duplicate(): Promise<string> {
  const childId = await newPupil(network)
  await record(childId, 'DUPLICATE_RECORD')
  return childId
}

describe('the working list of duplicate records (KT-03, RF-21)', () => {
  test('has who is found to be one, from that day for 30 days, however often it is told', async () => {
    const childId = await duplicate()
    await record(childId, 'DUPLICATE_RECORD')
    expect(await of(childId)).toEqual([
      {
        state: 'BARU',
        next: ['HAPUS_DIMINTA', 'PINDAH_MASUK', 'KARTU_DI_DAERAH_ASAL'],
        office: null,
        openedOn: '2026-11-26',
        dueOn: '2026-12-26',
        overdue: false,
        closedAt: null,
        steps: [],
        child: { id: childId },
      },
    ])
  })

  test('delete there, move in, then print: each step with its day and office, ended by the centre’s PRR', async () => {
    const childId = await duplicate()
    const asked = await step(childId, 'HAPUS_DIMINTA')
    expect(asked.data?.duplicate).toMatchObject({ state: 'HAPUS_DIMINTA', office: '33.26' })
    network.clock.set('2026-12-03T00:00:00Z')
    await step(childId, 'PINDAH_MASUK', { office: null, on: '2026-12-02' })
    expect(await of(childId)).toMatchObject([
      {
        state: 'PINDAH_MASUK',
        steps: [
          { step: 'HAPUS_DIMINTA', office: '33.26', on: '2026-11-26' },
          { step: 'PINDAH_MASUK', office: '33.26', on: '2026-12-02' },
        ],
      },
    ])
    await record(childId, 'PRR')
    expect(await of(childId)).toEqual([])
    expect(await of(childId, ', state: PRR')).toMatchObject([{ closedAt: '2026-12-03T00:00:00.000Z', next: [] }])
  })

  test('a card where the child lived before ends it: there is no second one', async () => {
    const childId = await duplicate()
    expect((await step(childId, 'KARTU_DI_DAERAH_ASAL')).data?.duplicate).toMatchObject({
      closedAt: expect.any(String),
    })
    expect(await of(childId)).toEqual([])
    expect((await step(childId, 'HAPUS_DIMINTA')).code).toBe('KTP_DUPLICATE_NOT_FOUND')
  })

  test('found to be one again after it was another, it is a new case', async () => {
    const childId = await duplicate()
    await record(childId, 'BIO_CAPTURED')
    await record(childId, 'DUPLICATE_RECORD')
    expect(await of(childId)).toHaveLength(1)
    expect(await of(childId, ', state: STATUS_LAIN')).toHaveLength(1)
  })

  test('an old duplicate in a late file is history and opens nothing (KT-01)', async () => {
    const childId = await newPupil(network)
    await record(childId, 'PRR', { at: '2026-11-20T00:00:00Z' })
    await record(childId, 'DUPLICATE_RECORD', { at: '2026-11-10T00:00:00Z' })
    expect(await of(childId)).toEqual([])
  })

  test('after the 30th day it is marked late, and nothing is blocked (RF-21)', async () => {
    const childId = await duplicate()
    network.clock.set('2026-12-26T15:00:00Z')
    expect(await of(childId, ', overdue: true')).toEqual([])
    // Past midnight in Makassar.
    network.clock.set('2026-12-26T16:30:00Z')
    expect(await of(childId, ', overdue: true')).toMatchObject([{ overdue: true }])
    expect(await of(childId, ', overdue: true, state: PRR')).toEqual([])
    expect((await step(childId, 'HAPUS_DIMINTA', { on: '2026-12-27' })).data?.duplicate?.state).toBe('HAPUS_DIMINTA')
  })

  test('what is not next is refused with what is (KT-03)', async () => {
    const childId = await duplicate()
    expect(await step(childId, 'DITOLAK_DAERAH_ASAL')).toMatchObject({
      code: 'KTP_DUPLICATE_STEP_NOT_TAKEN',
      field: 'step',
      rule: 'KT-03',
      message: expect.stringContaining('minta hapus ke daerah asal'),
    })
  })

  test.each([
    ['an office that nobody knows of', { office: null }, { field: 'office', rule: 'RF-21' }],
    ['an office that is a kelurahan', { office: '33.26.01.1001' }, { field: 'office', rule: 'ID-23' }],
    ['a day that is still to come', { on: '2026-11-27' }, { field: 'on', rule: 'RF-21' }],
    ['a day before it was found', { on: '2026-11-25' }, { field: 'on', rule: 'RF-21' }],
  ])('%s is refused, and nothing is written', async (_what, more, problem) => {
    const childId = await duplicate()
    expect((await step(childId, 'HAPUS_DIMINTA', more)).problems).toEqual([problem])
    expect(await of(childId)).toMatchObject([{ state: 'BARU', steps: [] }])
  })

  test('linked, a person has one case under whichever id, and one end ends it (DESIGN §4)', async () => {
    const [one, other] = [await duplicate(), await duplicate()]
    const linked = await decideAs(network)('linkChildren', { keepId: one, aliasId: other })
    expect(linked.__typename).toBe('LinkChildrenSuccess')
    expect((await step(other, 'HAPUS_DIMINTA')).data?.duplicate?.state).toBe('HAPUS_DIMINTA')
    const open = (await list()).filter(({ child }) => [one, other].includes(child.id))
    expect(open.map(({ state }) => state)).toEqual(['HAPUS_DIMINTA'])
    await step(one, 'KARTU_DI_DAERAH_ASAL')
    expect((await list()).filter(({ child }) => [one, other].includes(child.id))).toEqual([])
  })

  test('of a hidden child only who may know of it is told (PV-14)', async () => {
    const childId = await duplicate()
    await keepAt(network, childId, 4)
    expect((await list('', 'perekaman')).some(({ child }) => child?.id === childId)).toBe(false)
    expect((await step(childId, 'HAPUS_DIMINTA', {}, 'perekaman')).code).toBe('CHILD_NOT_FOUND')
    expect(await of(childId)).toHaveLength(1)
  })

  test('the same request twice is one step (EC-46)', async () => {
    const childId = await duplicate()
    const requestId = randomUUID()
    for (const _ of [1, 2]) await step(childId, 'HAPUS_DIMINTA', { requestId })
    expect((await of(childId))[0]?.steps).toHaveLength(1)
  })
})
