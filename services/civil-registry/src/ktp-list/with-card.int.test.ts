import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NPSN, newPupil, sendAs, startBalangan } from '../test-balangan.ts'
import type { RegistryNetwork } from '../test-registry.ts'

let network: RegistryNetwork
beforeAll(async () => {
  network = await startBalangan()
})
afterAll(() => network?.close())
beforeEach(() => network.clock.set('2026-11-26T01:00:00Z'))

type Persona = Parameters<RegistryNetwork['subgraph']>[1]

const propose = (childIds: readonly string[]) =>
  sendAs(network, 'perekaman', 'proposeCandidates', { npsn: NPSN, childIds }, '{ id }')

interface Row {
  readonly state: string
  readonly reason: string | null
  readonly child: { readonly id: string }
}
const rowOf = async (childId: string, as: Persona) => {
  const query = `{ ktpCandidates(npsn: "${NPSN}", first: 100) { nodes { state reason child { id } } } }`
  const { ktpCandidates } = await network
    .subgraph('civil-registry', as)
    .ok<{ ktpCandidates: { nodes: readonly Row[] } }>(query)
  return ktpCandidates.nodes.find(({ child }) => child.id === childId) ?? null
}
const listedEvents = (childId: string) =>
  network.service('civil-registry').app.db.$queryRawUnsafe<unknown[]>(
    `SELECT 1 FROM platform.outbox
       WHERE type = 'civil-registry.ktp.candidate.listed.v1' AND subject = $1::uuid`,
    childId,
  )

describe('who holds a KTP-el already needs no recording (BLG-R1)', () => {
  const print = (childId: string) =>
    sendAs(network, 'perekaman', 'recordKtpStatus', { childId, code: 'CARD_PRINTED' }, '{ child { id } }')

  test('from 17 on left out with that reason, and without an event', async () => {
    const pupil = await newPupil(network, { birthDate: '2008-12-01', nik: null })
    await print(pupil)
    await propose([pupil])
    expect(await rowOf(pupil, 'dukcapil')).toMatchObject({ state: 'DIKELUARKAN', reason: 'SUDAH_CETAK' })
    expect(await listedEvents(pupil)).toEqual([])
  })

  test('at 16 listed like any other: a card at that age would tell its school of a marriage (KT-10)', async () => {
    const pupil = await newPupil(network)
    await print(pupil)
    await propose([pupil])
    expect(await rowOf(pupil, 'panitia-sekolah')).toMatchObject({ state: 'DIUSULKAN', reason: null })
  })
})
