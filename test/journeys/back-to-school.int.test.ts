import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { act } from '../src/act.ts'
import { newBoy, openSchools, PANJANG_WETAN, TODAY } from '../src/city.ts'
import { type House, startHouse } from '../src/house.ts'

// TUNTAS, from the kelurahan's report to the desks of two agencies. Each test is the next step and stands on the ones before.

let house: House
let boy: string
let recordId: string

beforeAll(async () => {
  house = await startHouse()
  await openSchools(house)
})
afterAll(() => house?.close())

type Persona = Parameters<House['as']>[0]

/** A deed of the kelurahan's officer; everyone has heard of it, and some time passes. */
async function kelurahan(name: string, input: object, selection = 'id state child { id }') {
  const data = await act(house.as('kelurahan-panjang-wetan'), name, { requestId: randomUUID(), ...input }, selection)
  await house.settle()
  house.clock.advance({ hours: 2 })
  return data
}

const CAUSES = 'state causes { reason aspek primary opd proposal { state declineReason proposedAgency } }'
const seenBy = async (persona: Persona) => {
  const query = `query ($id: UUID!) { child(id: $id) { identity { name } ats { ${CAUSES} instrument { wish } } } }`
  return house.as(persona)<{ child: { ats: object | null; identity: object | null } }>(query, { id: boy })
}
const inboxOf = async (persona: Persona) => {
  const query = '{ inbox { nodes { id type state fromKelurahan child { id } } } }'
  const { inbox } = await house.as(persona).ok<{ inbox: { nodes: Referral[] } }>(query)
  return inbox.nodes.filter(({ child }) => child.id === boy)
}
interface Referral {
  readonly id: string
  readonly type: string
  readonly child: { readonly id: string }
}

const NO_MONEY = { reason: 'A02', primary: true }

test('a kelurahan reports a boy who left school, and goes to see (TUN-03, TUN-R2)', async () => {
  const report = { newChild: newBoy(), category: 'DO', kelurahan: PANJANG_WETAN }
  const reported = await kelurahan('reportOutOfSchool', report)
  boy = (reported.child as { id: string }).id
  recordId = String(reported.id)
  const fieldCheck = { date: TODAY, method: 'KUNJUNGAN_RUMAH', result: 'BERTEMU_KELUARGA' }
  expect(await kelurahan('verifyAtsRecord', { recordId, fieldCheck, outOfSchool: true })).toMatchObject({
    state: 'TERVERIFIKASI',
  })
})

test('his family is asked: he wants to return (TUN-06, AT-05)', async () => {
  const answers = {
    ...{ wish: 'INGIN_KEMBALI', parentsMarriage: 'CERAI_MATI', livesWith: 'IBU', dailyActivity: 'MEMBANTU_DI_RUMAH' },
    ...{ childMarriage: 'BELUM_MENIKAH', lastLevel: 'SD', lastGrade: 5, lastSchoolName: 'SD Contoh Laut' },
    ...{ motherJob: 'PEDAGANG', income: 'TIDAK_TETAP', familyAid: 'TIDAK_ADA', suggestedPath: 'PAKET_A' },
  }
  const selection = 'instrument { number wish lastSchoolName income }'
  expect(await kelurahan('recordAtsInstrument', { recordId, ...answers }, selection)).toEqual({
    instrument: { number: 1, wish: 'INGIN_KEMBALI', lastSchoolName: 'SD Contoh Laut', income: 'TIDAK_TETAP' },
  })
})

test('there is no money, and he hears badly: two causes, two agencies (TUN-07, TUN-R5)', async () => {
  const causes = [NO_MONEY, { reason: 'A12', primary: false }]
  expect(await kelurahan('mapAtsCauses', { recordId, causes }, CAUSES)).toEqual({
    state: 'DIPETAKAN',
    causes: [
      { reason: 'A02', aspek: ['EKONOMI'], primary: true, opd: 'DINSOS', proposal: null },
      { reason: 'A12', aspek: ['KESEHATAN'], primary: false, opd: 'DINKES', proposal: null },
    ],
  })
})

test('proposed, each cause is in its agency’s inbox (TUN-08, RF-03, RF-07)', async () => {
  expect(await kelurahan('proposeAtsRecord', { recordId })).toMatchObject({ state: 'DIUSULKAN' })
  const sent = { state: 'TERKIRIM', fromKelurahan: PANJANG_WETAN }
  expect(await inboxOf('peksos')).toMatchObject([{ ...sent, type: 'RF-03' }])
  expect(await inboxOf('dinkes')).toMatchObject([{ ...sent, type: 'RF-07' }])
})

test('an agency reads the boy and its own cause; not the other’s, and not what the family said (TUN-R3, PV-12)', async () => {
  const { data, errors } = await seenBy('dinkes')
  expect(data?.child.identity).toMatchObject({ name: expect.stringMatching(/^Bagas/) })
  expect(data?.child.ats).toMatchObject({ causes: [{ reason: 'A12', opd: 'DINKES' }], instrument: null })
  expect(errors.map(({ extensions }) => [extensions.code, extensions.reason])).toEqual([['NOT_PERMITTED', 'ROLE']])
  expect((await seenBy('disnaker')).data?.child).toEqual({ identity: null, ats: null })
})

test('Dinas Kesehatan gives its part back: a special school is what he needs; Dinas Sosial accepts (RF-R2)', async () => {
  const [health] = await inboxOf('dinkes')
  const [social] = await inboxOf('peksos')
  const declined = { referralId: health?.id, reason: 'BUKAN_WEWENANG', proposedAgency: 'DISDIK' }
  await act(house.as('dinkes'), 'declineReferral', { requestId: randomUUID(), ...declined })
  await act(house.as('peksos'), 'acceptReferral', { requestId: randomUUID(), referralId: social?.id })
  await house.settle()
  expect((await seenBy('kelurahan-panjang-wetan')).data?.child.ats).toMatchObject({
    state: 'TERVERIFIKASI',
    causes: [
      { reason: 'A02', proposal: { state: 'DITERIMA_OPD' } },
      {
        reason: 'A12',
        proposal: { state: 'DITOLAK_OPD', declineReason: 'BUKAN_WEWENANG', proposedAgency: 'DISDIK' },
      },
    ],
  })
  // What the referral had opened is shut.
  expect((await seenBy('dinkes')).data?.child).toEqual({ identity: null, ats: null })
})

test('mapped again to the agency that was named, that cause alone is proposed anew (TUN-07, TUN-08, RF-25)', async () => {
  const causes = [NO_MONEY, { reason: 'A12', primary: false, opd: 'DISDIK' }]
  expect(await kelurahan('mapAtsCauses', { recordId, causes })).toMatchObject({ state: 'DIPETAKAN' })
  expect(await kelurahan('proposeAtsRecord', { recordId })).toMatchObject({ state: 'DIUSULKAN' })
  expect(await inboxOf('dinas-pendidikan')).toMatchObject([{ type: 'RF-25', state: 'TERKIRIM' }])
  expect(await inboxOf('peksos')).toMatchObject([{ type: 'RF-03', state: 'DITERIMA' }])
  const { data } = await seenBy('bapperida')
  expect(data?.child.ats).toMatchObject({
    state: 'DIUSULKAN',
    causes: [
      { reason: 'A02', opd: 'DINSOS', proposal: { state: 'DITERIMA_OPD' } },
      { reason: 'A12', opd: 'DISDIK', proposal: { state: 'DIUSULKAN' } },
    ],
    instrument: { wish: 'INGIN_KEMBALI' },
  })
})

test('the city’s timeline tells of it in its order, without causes (PV-12)', async () => {
  const query = 'query ($id: UUID!) { child(id: $id) { timeline { nodes { sentence } } } }'
  type Told = { child: { timeline: { nodes: { sentence: string }[] } } }
  const { child } = await house.as('bapperida', 'en').ok<Told>(query, { id: boy })
  const sentences = child.timeline.nodes.map(({ sentence }) => sentence)
  expect(sentences.filter((sentence) => sentence.startsWith('Causes were mapped'))).toHaveLength(2)
  expect(sentences.join(' ')).not.toMatch(/A02|A12/)
})
