import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { boy, nextNik, type RegistryNetwork, registerAs, startRegistry } from '../test-registry.ts'

const RECORD = `mutation ($input: RecordIrisScreeningInput!) { recordIrisScreening(input: $input) {
  __typename
  ... on RecordIrisScreeningSuccess { data { child {
    identity { nik } papers { held } irisScreenings { screenedOn outcome }
  } } }
  ... on Refusal { code field rule }
  ... on InvalidInput { problems { field rule } }
} }`

interface Recorded {
  readonly __typename: string
  readonly code?: string
  readonly problems?: { field: string; rule: string }[]
  readonly data?: { child: { identity: { nik: string }; papers: { held: string[] }; irisScreenings: object[] } }
}

let network: RegistryNetwork
beforeAll(async () => {
  network = await startRegistry()
})
afterAll(() => network?.close())

const child = async (more: object = {}) => (await registerAs(network)(boy(more))).data?.child.id ?? ''
const screen = (childId: string, more: object = {}, persona: 'dukcapil' | 'peksos' = 'dukcapil') =>
  network
    .subgraph('civil-registry', persona)<{ recordIrisScreening: Recorded }>(RECORD, {
      input: { requestId: randomUUID(), childId, screenedOn: '2026-11-23', outcome: 'TIDAK_DITEMUKAN', ...more },
    })
    .then(({ data }) => data?.recordIrisScreening)

test('an unidentified child who was not found stays without a NIK, and the act is on record (RF-20)', async () => {
  const { data } = (await screen(await child())) ?? {}
  expect(data?.child.irisScreenings).toEqual([{ screenedOn: '2026-11-23', outcome: 'TIDAK_DITEMUKAN' }])
  expect(data?.child.papers.held).toEqual([])
})

test('an identified child gets the NIK that was matched, in custody (RF-20, ID-09)', async () => {
  const nik = nextNik()
  const { data } = (await screen(await child(), { outcome: 'TERIDENTIFIKASI', nik })) ?? {}
  expect(data?.child).toMatchObject({ identity: { nik: `************${nik.slice(-4)}` }, papers: { held: ['NIK'] } })
})

test('a matched NIK that another child holds, or another than the child’s own, is refused and nothing is written (EC-01, ID-05)', async () => {
  const [nik, childId] = [nextNik(), await child()]
  const holder = await child({ nik })
  expect((await screen(childId, { outcome: 'TERIDENTIFIKASI', nik }))?.code).toBe('NIK_TAKEN')
  expect((await screen(holder, { outcome: 'TERIDENTIFIKASI', nik: nextNik() }))?.code).toBe('NIK_ALREADY_ISSUED')
  const rows = await network
    .service('civil-registry')
    .app.db.irisScreening.count({ where: { childId: { in: [childId, holder] } } })
  expect(rows).toBe(0)
})

test('a NIK goes with TERIDENTIFIKASI and with nothing else; no screening lies ahead (RF-20)', async () => {
  const childId = await child()
  for (const wrong of [{ outcome: 'TERIDENTIFIKASI' }, { nik: nextNik() }]) {
    expect((await screen(childId, wrong))?.problems).toMatchObject([{ field: 'nik', rule: 'RF-20' }])
  }
  expect((await screen(childId, { screenedOn: '2026-11-24' }))?.problems).toMatchObject([{ field: 'screenedOn' }])
})

test('nothing that is scanned has a column: act, outcome, day and officer only (KT-04)', async () => {
  const columns = await network.service('civil-registry').app.db.$queryRaw<{ name: string }[]>`
    SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'iris_screening' ORDER BY 1`
  expect(columns.map(({ name }) => name)).toEqual([
    'child_id',
    'id',
    'outcome',
    'recorded_at',
    'recorded_by',
    'screened_on',
  ])
})

test('Dukcapil alone screens (RF-20, PV-18)', async () => {
  expect((await screen(await child(), {}, 'peksos'))?.code).toBe('NOT_PERMITTED')
})
