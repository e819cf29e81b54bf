import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newPupil, sendAs, startBalangan } from '../test-balangan.ts'
import { keepAt, type RegistryNetwork } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startBalangan()
})
afterAll(() => network?.close())
beforeEach(() => network.clock.set('2026-11-26T01:00:00Z'))

type Persona = Parameters<RegistryNetwork['subgraph']>[1]

const record = (childId: string, code: string, more: object = {}, as: Persona = 'perekaman') =>
  sendAs<{ __typename: string; code?: string; field?: string }>(
    network,
    as,
    'recordKtpStatus',
    { childId, code, ...more },
    '{ child { id } }',
  )

interface Ktp {
  readonly stage: string
  readonly code: string | null
  readonly printState: string | null
  readonly heldUntil: string | null
  readonly everMarried: boolean | null
  readonly history: readonly { readonly newCode: string }[] | null
}
const ktpOf = async (childId: string, as: Persona = 'perekaman') => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { ktp {
    stage cardFrom code printState heldUntil everMarried history { newCode } } } } }`
  const representations = [{ __typename: 'Child', id: childId }]
  const { data } = await network.subgraph('civil-registry', as)<{ _entities: ({ ktp: Ktp | null } | null)[] }>(query, {
    r: representations,
  })
  return data?._entities[0]?.ktp ?? null
}
const queue = async (state: string, as: Persona = 'operator-pencetakan') => {
  const query = `{ printQueue(state: ${state}, first: 100) { nodes { id } } }`
  const { printQueue } = await network
    .subgraph('civil-registry', as)
    .ok<{ printQueue: { nodes: readonly { id: string }[] } }>(query)
  return printQueue.nodes.map(({ id }) => id)
}
const told = (childId: string) =>
  network.service('civil-registry').app.db.$queryRawUnsafe<{ type: string; data: unknown }[]>(
    `SELECT replace(type, 'civil-registry.ktp.', '') AS type, envelope->'data' AS data FROM platform.outbox
         WHERE type LIKE 'civil-registry.ktp.%' AND type NOT LIKE '%changed%' AND type NOT LIKE '%listed%' AND subject = $1::uuid ORDER BY seq`,
    childId,
  )
const runJobs = () => network.service('civil-registry').runJobs()

describe('a recorded pupil’s card (BLG-R3, RF-11)', () => {
  test('waits while the pupil is 16, and enters the print queue on the birthday in Balangan by itself', async () => {
    const pupil = await newPupil(network)
    expect(await record(pupil, 'BIO_CAPTURED')).toMatchObject({ __typename: 'RecordKtpStatusSuccess' })
    await record(pupil, 'PRR', { at: '2026-11-26T00:59:00Z' })
    network.clock.set('2026-11-26T02:00:00Z')
    await record(pupil, 'PRR')
    expect(await ktpOf(pupil)).toMatchObject({ printState: 'DITAHAN', heldUntil: '2026-12-01', stage: 'MENUNGGU_17' })
    expect(await queue('DITAHAN')).toContain(pupil)
    // 23:59 on 30 November in Balangan, then the first minute of the birthday: 16:00 UTC.
    network.clock.set('2026-11-30T15:59:00Z')
    await runJobs()
    expect(await queue('SIAP_CETAK')).not.toContain(pupil)
    network.clock.set('2026-11-30T16:00:00Z')
    await runJobs()
    await runJobs()
    expect(await queue('SIAP_CETAK')).toContain(pupil)
    expect(await told(pupil)).toEqual([
      { type: 'recorded.v1', data: { recordedOn: '2026-11-26' } },
      { type: 'held.v1', data: { heldUntil: '2026-12-01' } },
      { type: 'printready.v1', data: { readyOn: '2026-12-01', wasHeld: true } },
    ])
  })

  test('born on 29 February, held to 1 March; a service that was down for a week catches up', async () => {
    const pupil = await newPupil(network, { birthDate: '2012-02-29', nik: null })
    network.clock.set('2029-02-20T01:00:00Z')
    await record(pupil, 'PRR')
    expect(await ktpOf(pupil)).toMatchObject({ heldUntil: '2029-03-01' })
    network.clock.set('2029-03-08T01:00:00Z')
    await runJobs()
    expect(await ktpOf(pupil)).toMatchObject({ printState: 'SIAP_CETAK' })
  })

  test('is printed at once for a married pupil of 16, whose school sees no difference (KT-10)', async () => {
    const [married, other] = [await newPupil(network), await newPupil(network)]
    await record(married, 'PRR', { everMarried: true })
    await record(other, 'PRR')
    expect(await queue('SIAP_CETAK')).toContain(married)
    expect(await ktpOf(married, 'panitia-sekolah')).toEqual(await ktpOf(other, 'panitia-sekolah'))
    expect(await ktpOf(married, 'panitia-sekolah')).toMatchObject({ everMarried: null, code: null, history: null })
  })

  test('does not come for a duplicate, and its school is not told (KT-03)', async () => {
    const pupil = await newPupil(network)
    await record(pupil, 'DUPLICATE_RECORD')
    expect(await queue('TANPA_KARTU')).toContain(pupil)
    expect(await ktpOf(pupil, 'panitia-sekolah')).toMatchObject({ stage: 'DIREKAM', printState: null })
  })
})

describe('the history of a status (KT-01)', () => {
  test('keeps every step, an unknown code as written; older news moves nothing', async () => {
    const pupil = await newPupil(network)
    await record(pupil, 'HUB_TRANSFER_9', { at: '2026-11-20T01:00:00Z' })
    await record(pupil, 'PRR', { at: '2026-11-25T01:00:00Z' })
    await record(pupil, 'PROCESSING', { at: '2026-11-18T01:00:00Z' })
    await record(pupil, 'PROCESSING', { at: '2026-11-18T01:00:00Z' })
    const ktp = await ktpOf(pupil)
    expect(ktp?.code).toBe('PRINT_READY_RECORD')
    expect(ktp?.history?.map(({ newCode }) => newCode)).toEqual(['PRINT_READY_RECORD', 'HUB_TRANSFER_9', 'PROCESSING'])
  })

  test('a refusal names the field for text that is no code', async () => {
    const pupil = await newPupil(network)
    expect(await record(pupil, 'sudah direkam?')).toMatchObject({ problems: [{ field: 'code', rule: 'KT-01' }] })
  })
})

test('a level 4 pupil is nobody to a recording operator, and in no queue of theirs (PV-14)', async () => {
  const pupil = await newPupil(network)
  await record(pupil, 'PRR', { everMarried: true }, 'dukcapil')
  await keepAt(network, pupil, 4)
  expect(await record(pupil, 'CARD_PRINTED')).toMatchObject({ code: 'CHILD_NOT_FOUND', field: 'childId' })
  expect(await queue('SIAP_CETAK')).not.toContain(pupil)
  expect(await ktpOf(pupil, 'panitia-sekolah')).toBeNull()
})
