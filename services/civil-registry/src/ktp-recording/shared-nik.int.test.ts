import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { newPupil, nextPupilNik, sendAs, startBalangan } from '../test-balangan.ts'
import { boy, keepAt, type RegistryNetwork, registerAs } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startBalangan()
})
afterAll(() => network?.close())
beforeEach(() => network.clock.set('2026-11-26T01:00:00Z'))

type Persona = Parameters<RegistryNetwork['subgraph']>[1]

const record = (childId: string, more: object = {}) =>
  sendAs(network, 'dukcapil', 'recordKtpStatus', { childId, code: 'PRR', ...more }, '{ child { id } }')

/** Someone else comes with this NIK to an officer who may not know of its hidden holder. */
async function claimOf(nik: string): Promise<string> {
  const claimant = boy({ name: 'Orang Lain', motherName: 'Ibu Orang Lain', birthDate: '2009-12-01', nik })
  const { data } = await registerAs(network)(claimant, {}, 'kelurahan-panjang-wetan')
  if (!data) throw new Error('the claimant was not registered')
  return data.child.id
}

async function cardOf(childId: string, as: Persona = 'dukcapil') {
  const query =
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { ktp { printState officerReason } } } }'
  const asked = network.subgraph('civil-registry', as)
  const { _entities } = await asked.ok<{ _entities: { ktp: unknown }[] }>(query, {
    r: [{ __typename: 'Child', id: childId }],
  })
  return _entities[0]?.ktp
}

const queue = async (state: string) => {
  const query = `{ printQueue(state: ${state}, first: 100) { nodes { id } } }`
  const asked = network.subgraph('civil-registry', 'dukcapil')
  return (await asked.ok<{ printQueue: { nodes: { id: string }[] } }>(query)).printQueue.nodes.map(({ id }) => id)
}

const ASKS = { printState: 'PERLU_PETUGAS', officerReason: 'NIK_DIPAKAI_BERSAMA' }

test('a card leaves the print queue when somebody else claims its NIK, and returns when they are one person (EC-01)', async () => {
  const nik = nextPupilNik()
  const holder = await newPupil(network, { nik })
  await record(holder, { everMarried: true })
  await keepAt(network, holder, 4)
  expect(await queue('SIAP_CETAK')).toContain(holder)
  const claimant = await claimOf(nik)
  expect(await cardOf(holder)).toEqual(ASKS)
  expect(await queue('SIAP_CETAK')).not.toContain(holder)
  expect(await queue('PERLU_PETUGAS')).toContain(holder)
  const link = { requestId: randomUUID(), keepId: holder, aliasId: claimant, reason: 'Satu orang menurut KK.' }
  await sendAs(network, 'dukcapil', 'linkChildren', link, '{ __typename }')
  expect(await queue('SIAP_CETAK')).toContain(holder)
})

test('a held card whose NIK somebody else claims meanwhile is not printed on the birthday by itself (EC-01, RF-11)', async () => {
  const nik = nextPupilNik()
  const holder = await newPupil(network, { nik })
  await record(holder)
  await keepAt(network, holder, 4)
  await claimOf(nik)
  network.clock.set('2026-12-01T01:00:00Z')
  await network.service('civil-registry').runJobs()
  expect(await queue('SIAP_CETAK')).not.toContain(holder)
  expect(await cardOf(holder)).toEqual(ASKS)
})

test('the recording desk sees that an officer decides, and not that somebody else claims the NIK (PV-14)', async () => {
  const nik = nextPupilNik()
  await keepAt(network, await newPupil(network, { nik }), 4)
  const claimant = await claimOf(nik)
  await record(claimant, { everMarried: true })
  expect(await cardOf(claimant, 'perekaman')).toEqual({ printState: 'PERLU_PETUGAS', officerReason: null })
  expect(await cardOf(claimant)).toEqual(ASKS)
})
