import { statementsOf } from '@satuanak/testkit'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { NPSN, newPupil, sendAs, startBalangan } from '../test-balangan.ts'
import { keepAt, type RegistryNetwork } from '../test-registry.ts'

// DOC-10, the list of pupils aged 16 and over (BLG-01).

let network: RegistryNetwork
beforeAll(async () => {
  network = await startBalangan()
})
afterAll(() => network?.close())
beforeEach(() => network.clock.set('2026-11-26T01:00:00Z'))

type Persona = Parameters<RegistryNetwork['subgraph']>[1]
interface Line {
  readonly number: number
  readonly pupil: { readonly sixteenOn: string; readonly state: string; readonly child: { readonly id: string } }
}
const ask = (as: Persona, args: string) =>
  network.subgraph(
    'civil-registry',
    as,
  )<{
    ktpPupilList: { on: string; isWhole: boolean; lines: readonly Line[] } | null
  }>(`{ ktpPupilList(${args}) { on isWhole lines { number pupil { sixteenOn state child { id } } } } }`)
const linesFor = async (as: Persona, args = `npsn: "${NPSN}"`) =>
  (await ask(as, args)).data?.ktpPupilList?.lines.map(({ number, pupil }) => [number, pupil.child.id])
const propose = (childIds: readonly string[], more: object = {}) =>
  sendAs(network, 'dukcapil', 'proposeCandidates', { npsn: NPSN, childIds, ...more }, '{ id }')

test('who is 16 on the day, the oldest first; neither the recorded and left out, nor who is still younger', async () => {
  const young = await newPupil(network, { birthDate: '2009-06-01', nik: '9901010106090001' })
  const old = await newPupil(network, { birthDate: '2008-06-01', nik: '9901010106080001' })
  const out = await newPupil(network)
  await propose([young, old, out])
  const left = { npsn: NPSN, childIds: [out], decision: 'KELUARKAN', reason: 'MENINGGAL' }
  await sendAs(network, 'dukcapil', 'confirmCandidates', left, '{ state }')
  // Proposed in the month of the birthday, and not 16 yet.
  network.clock.set('2026-12-01T01:00:00Z')
  const turning = await newPupil(network, { birthDate: '2010-12-20', nik: '9901012012100001' })
  await network.service('civil-registry').runJobs()
  expect(await linesFor('perekaman')).toEqual([
    [1, old],
    [2, young],
  ])
  expect(await linesFor('perekaman', `npsn: "${NPSN}", on: "2026-12-20"`)).toEqual([
    [1, old],
    [2, young],
    [3, turning],
  ])
  const { data } = await ask('perekaman', `npsn: "${NPSN}"`)
  expect(data?.ktpPupilList).toMatchObject({ on: '2026-12-01', isWhole: true })
})

test('for the school neither the protected nor who was married early, whatever day it asks for (PV-14, KT-10)', async () => {
  const kept = await newPupil(network, { birthDate: '2007-01-01', nik: '9901010101070001' })
  const married = await newPupil(network, { birthDate: '2011-02-02', nik: '9901010202110001' })
  await propose([kept])
  await propose([married], { everMarried: [married] })
  await keepAt(network, kept, 4)
  const ids = (lines: readonly (readonly unknown[])[] | undefined) => lines?.map(([, id]) => id)
  const day = `npsn: "${NPSN}", on: "2027-03-01"`
  expect(ids(await linesFor('dukcapil', day))).toEqual(expect.arrayContaining([kept, married]))
  expect(ids(await linesFor('perekaman', day))).toContain(married)
  expect(ids(await linesFor('perekaman', day))).not.toContain(kept)
  const seen = await linesFor('panitia-sekolah', day)
  expect(ids(seen)).not.toContain(married)
  expect(ids(seen)).not.toContain(kept)
  expect(seen?.map(([number]) => number)).toEqual(seen?.map((_line, index) => index + 1))
  expect(seen?.length).toBeGreaterThan(0)
})

test('no other school’s list, and no day that is past or more than a year away', async () => {
  expect(await linesFor('panitia-sekolah', 'npsn: "99000002"')).toEqual([])
  for (const on of ['2026-11-25', '2027-11-27']) {
    const { errors } = await ask('perekaman', `npsn: "${NPSN}", on: "${on}"`)
    expect(errors[0]?.extensions?.code).toBe('INVALID_INPUT')
  }
})

test('a longer list costs the same number of statements (no N+1)', async () => {
  const read = () => statementsOf(() => linesFor('dukcapil'))
  await propose([await newPupil(network)])
  const few = await read()
  await propose([await newPupil(network), await newPupil(network), await newPupil(network)])
  expect(few.length).toBeGreaterThan(0)
  expect(await read()).toHaveLength(few.length)
})
