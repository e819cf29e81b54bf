import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { candidateOf, eventsOf, network, now, running, useBalangan } from '../ktp-session/test-session.ts'
import { createStandIn, type StandIn } from '../siak/stand-in.ts'
import { nextPupilNik, sendAs } from '../test-balangan.ts'
import { keepAt } from '../test-registry.ts'

useBalangan()

const AKTA = '9901-LU-01122009-0012'
let standIn: StandIn
const service = () => network.service('civil-registry')
beforeEach(() => {
  standIn = createStandIn({ dailyQuota: 100, today: service().app.today })
  Object.assign(service().app, { siak: { register: standIn, dailyQuota: 100 } })
})

interface Pupil {
  readonly state: string
  readonly siakFields: readonly string[]
  readonly siakCheck: {
    readonly source: string | null
    readonly verdict: string | null
    readonly differing: readonly string[]
    readonly warning: { readonly rule: string; readonly message: string } | null
  } | null
}
interface Answer {
  readonly code?: string
  readonly problems?: readonly object[]
  readonly data?: { readonly pupils: readonly Pupil[] }
}
const PUPILS = '{ pupils { state siakFields siakCheck { source verdict differing warning { rule message } } } }'

/** A session with one pupil, checked for earlier recordings; SIAK has the pupil with `otherwise`, or not at all. */
async function atTheTable(otherwise: object | null) {
  const nik = nextPupilNik()
  const particulars = { name: `Murid Meja ${letters(nik)}`, motherName: 'Ibu Meja' }
  if (otherwise !== null) {
    const written = {
      name: particulars.name.toUpperCase(),
      sex: 'L',
      birthDate: '2009-12-01',
      birthPlace: null,
    } as const
    standIn.put(nik, { ...written, motherName: 'IBU MEJA', ...otherwise })
  }
  const { npsn, sessionId, one: childId } = await running(1, { ...particulars, nik })
  const step = async (mutation: string, input: object) => {
    const startedAt = now().toString()
    network.clock.advance({ minutes: 3 })
    const sent = { requestId: randomUUID(), sessionId, childId, startedAt, ...input }
    const { data, ...refusal } = await sendAs<Answer>(network, 'perekaman', mutation, sent, PUPILS)
    return { ...refusal, sent, pupil: data?.pupils[0] }
  }
  await step('checkPupil', { status: 'BELUM_REKAM' })
  return { npsn, sessionId, childId, nik, step }
}
/** A word of its own for each NIK, so that no two of these pupils look like one. */
const letters = (nik: string) => [...nik.slice(-4)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
const questions = (nik: string) => [...standIn.asked.values()].reduce((sum, day) => sum + (day.get(nik) ?? 0), 0)
const notesOf = async (childId: string) => {
  const { _entities } = await network
    .subgraph('civil-registry', 'perekaman')
    .ok<{ _entities: { siakCorrections: object[] }[] }>(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { siakCorrections { fields aktaNumber state overdue } } } }',
      { r: [{ __typename: 'Child', id: childId }] },
    )
  return _entities[0]?.siakCorrections
}

describe('the register is asked at the table (BLG-04)', () => {
  test('it says what the akta says: the pupil may be recorded', async () => {
    const { step } = await atTheTable({})
    expect((await step('checkSiak', {})).pupil).toMatchObject({
      state: 'SIAP_REKAM',
      siakCheck: { source: 'SIAK_TIRUAN', verdict: 'COCOK', differing: [], warning: null },
    })
  })

  test('it differs: the fields are the register’s, SIAK is corrected on the spot, the note stays (BLG-05, DOC-12)', async () => {
    const { step, childId, nik } = await atTheTable({ name: 'ORANG LAIN' })
    expect((await step('checkSiak', {})).pupil).toMatchObject({
      state: 'DATA_TIDAK_SESUAI',
      siakFields: ['NAMA'],
      siakCheck: { source: 'SIAK_TIRUAN', verdict: 'TIDAK_COCOK', differing: ['NAMA'] },
    })
    expect((await step('correctByAkta', { aktaNumber: AKTA })).pupil?.state).toBe('SIAP_REKAM')
    expect(await notesOf(childId)).toEqual([
      { fields: ['NAMA'], aktaNumber: AKTA, state: 'DIPERBAIKI', overdue: false },
    ])
    expect(await standIn.lookUp(nik)).toMatchObject({ record: { name: expect.stringMatching(/^Murid Meja/) } })
    expect((await eventsOf(childId)).map(({ type }) => type)).toEqual([
      'candidate.listed.v1',
      'siak.mismatch.v1',
      'siak.corrected.v1',
    ])
  })

  test('the same request sent again is answered the same, whatever SIAK says by now, and SIAK is asked once (EC-46)', async () => {
    const { step, nik } = await atTheTable({ name: 'ORANG LAIN' })
    const { sent } = await step('checkSiak', {})
    await step('correctByAkta', { aktaNumber: AKTA })
    const again = await sendAs<Answer>(network, 'perekaman', 'checkSiak', sent, PUPILS)
    expect(again.data?.pupils[0]).toMatchObject({ state: 'SIAP_REKAM', siakCheck: { verdict: 'TIDAK_COCOK' } })
    expect(questions(nik)).toBe(1)
  })

  test('a pupil without a NIK waits for one, and nobody is asked (BLG-R2, RF-02)', async () => {
    const { npsn, childId, step } = await atTheTable(null)
    await service().app.db.$executeRawUnsafe(
      'UPDATE person SET nik_index = NULL, nik_cipher = NULL, nik_key_id = NULL, nik_last4 = NULL WHERE id = $1::uuid',
      childId,
    )
    expect((await step('checkSiak', {})).pupil).toMatchObject({ state: 'TIDAK_ADA_NIK', siakCheck: null })
    expect(await candidateOf(npsn, childId)).toEqual({ state: 'TERTUNDA', reason: 'NIK_TIDAK_DI_SIAK' })
    expect(standIn.asked.size).toBe(0)
  })

  test('a pupil who may not be known of is not asked about, nor one whose turn it is not (PV-14)', async () => {
    const { step, childId, nik } = await atTheTable({})
    const early = await running(1)
    const startedAt = now().toString()
    const tooSoon = { sessionId: early.sessionId, childId: early.one, startedAt }
    expect((await sendAs<Answer>(network, 'perekaman', 'checkSiak', tooSoon, PUPILS)).code).toBe('KTP_STEP_NOT_TAKEN')
    await keepAt(network, childId, 4)
    expect((await step('checkSiak', {})).code).toBe('KTP_PUPIL_NOT_FOUND')
    expect([questions(nik), standIn.asked.size]).toEqual([0, 0])
  })
})

describe('nothing waits for SIAK: the officer may say what the terminal shows', () => {
  test('while SIAK is away the pupil stays, it is said what to do, and the officer’s word counts', async () => {
    const { step } = await atTheTable({})
    standIn.setAway(true)
    expect((await step('checkSiak', {})).pupil).toMatchObject({
      state: 'BELUM_DICEK',
      siakCheck: { source: null, verdict: 'MENUNGGU_VERIFIKASI', warning: { rule: 'BLG-04' } },
    })
    expect((await step('checkSiak', { matches: true })).pupil).toMatchObject({
      state: 'SIAP_REKAM',
      siakCheck: { source: 'PETUGAS', verdict: 'MENUNGGU_VERIFIKASI', warning: null },
    })
  })

  test('or SIAK is asked again once it is back', async () => {
    const { step } = await atTheTable({})
    standIn.setAway(true)
    await step('checkSiak', {})
    standIn.setAway(false)
    network.clock.advance({ minutes: 5 })
    await service().runJobs()
    expect((await step('checkSiak', {})).pupil).toMatchObject({ state: 'SIAP_REKAM', siakCheck: { verdict: 'COCOK' } })
  })

  test('whom SIAK does not know stays with what to do, and is put off by the officer’s word (BLG-R2)', async () => {
    const { npsn, childId, step } = await atTheTable(null)
    const asked = await step('checkSiak', {})
    expect(asked.pupil).toMatchObject({
      state: 'BELUM_DICEK',
      siakCheck: { source: null, verdict: 'TIDAK_DITEMUKAN', warning: { rule: 'BLG-R2' } },
    })
    expect((await step('checkSiak', { nikFound: false })).pupil).toMatchObject({
      state: 'TIDAK_ADA_NIK',
      siakCheck: { source: 'PETUGAS', verdict: 'TIDAK_DITEMUKAN', warning: null },
    })
    expect(await candidateOf(npsn, childId)).toEqual({ state: 'TERTUNDA', reason: 'NIK_TIDAK_DI_SIAK' })
  })

  test('where SIAK had said otherwise both words are kept, and the officer is sent back to the akta (ID-05)', async () => {
    const { step, childId } = await atTheTable({})
    await sendAs(network, 'perekaman', 'verifyNik', { childId }, '{ child { id } }')
    expect((await step('checkSiak', { matches: false, mismatches: ['NAMA'] })).pupil).toMatchObject({
      state: 'DATA_TIDAK_SESUAI',
      siakFields: ['NAMA'],
      siakCheck: { source: 'PETUGAS', verdict: 'COCOK', warning: { rule: 'ID-05' } },
    })
  })

  test('what is entered contradicts itself: refused, with the field', async () => {
    const { step } = await atTheTable({})
    for (const [word, field] of [
      [{ mismatches: ['NAMA'] }, 'mismatches'],
      [{ matches: false }, 'mismatches'],
      [{ matches: true, nikFound: false }, 'nikFound'],
    ] as const) {
      expect((await step('checkSiak', word)).problems).toMatchObject([{ field }])
    }
  })
})

describe('SIAK is corrected by the akta (BLG-05, RF-22)', () => {
  test('while SIAK is away the pupil goes on; the correction goes by itself, overdue after its third day', async () => {
    const { step, childId, nik } = await atTheTable({ motherName: 'IBU LAIN' })
    standIn.setAway(true)
    await step('checkSiak', { matches: false, mismatches: ['NAMA_IBU', 'ALAMAT'] })
    expect((await step('correctByAkta', { aktaNumber: AKTA })).pupil?.state).toBe('SIAP_REKAM')
    expect(await notesOf(childId)).toMatchObject([{ fields: ['NAMA_IBU'], state: 'MENUNGGU', overdue: false }])
    network.clock.advance({ hours: 96 })
    await service().runJobs()
    expect(await notesOf(childId)).toMatchObject([{ state: 'MENUNGGU', overdue: true }])
    standIn.setAway(false)
    await service().runJobs()
    expect(await notesOf(childId)).toMatchObject([{ state: 'DIPERBAIKI', overdue: false }])
    expect(await standIn.lookUp(nik)).toMatchObject({ record: { motherName: 'Ibu Meja' } })
  })

  test('what a note waits to tell is not noted twice', async () => {
    const { step, childId } = await atTheTable({ name: 'ORANG LAIN' })
    await sendAs(network, 'perekaman', 'verifyNik', { childId }, '{ child { id } }')
    standIn.setAway(true)
    const byDesk = { childId, fields: ['NAMA'], aktaNumber: AKTA }
    await sendAs(network, 'perekaman', 'correctSiakByAkta', byDesk, '{ child { id } }')
    await step('checkSiak', {})
    expect((await step('correctByAkta', { aktaNumber: AKTA })).pupil?.state).toBe('SIAP_REKAM')
    expect(await notesOf(childId)).toHaveLength(1)
  })

  test('a NIK for an akta number is refused, and the step is not taken (ID-09, ID-17)', async () => {
    const { step, childId } = await atTheTable({ name: 'ORANG LAIN' })
    await step('checkSiak', {})
    const answer = await step('correctByAkta', { aktaNumber: nextPupilNik() })
    expect(answer.problems).toMatchObject([{ field: 'aktaNumber' }])
    expect(await notesOf(childId)).toEqual([])
  })
})
