import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sendAs } from '../test-balangan.ts'
import { keepAt } from '../test-registry.ts'
import {
  type Answer,
  candidateOf,
  done,
  eventsOf,
  network,
  now,
  plan,
  pupilOf,
  running,
  SESSION,
  type Session,
  schoolWith,
  send,
  step,
  useBalangan,
} from './test-session.ts'

useBalangan()

describe('at the school', () => {
  test('a pupil of 16 is checked, corrected by the akta, recorded, and the card waits (BLG-03 to BLG-06, BLG-R3)', async () => {
    const { npsn, sessionId, one: childId } = await running(1)
    await step('checkPupil', { sessionId, childId, status: 'BELUM_REKAM' })
    const at = { sessionId, childId }
    const differs = await step('checkSiak', { ...at, matches: false, mismatches: ['NAMA', 'NAMA_IBU'] })
    expect(pupilOf(differs, childId)).toMatchObject({ state: 'DATA_TIDAK_SESUAI', siakFields: ['NAMA', 'NAMA_IBU'] })
    expect(pupilOf(await step('correctByAkta', { ...at, aktaNumber: '9901-LU-01122009-0012' }), childId)).toMatchObject(
      { state: 'SIAP_REKAM' },
    )
    const recorded = await step('recordPupil', { ...at, exceptions: ['JARI_TIDAK_LENGKAP'], place: 'RUMAH' }, 20)
    expect(pupilOf(recorded, childId)).toMatchObject({
      state: 'TERTUNDA_UMUR',
      progress: 'DIREKAM',
      printFrom: '2026-12-01',
      exceptions: ['JARI_TIDAK_LENGKAP'],
    })
    expect(await eventsOf(childId)).toEqual([
      { type: 'candidate.listed.v1', data: { npsn, flag: 'UMUR_16' } },
      { type: 'siak.mismatch.v1', data: { fields: ['NAMA', 'NAMA_IBU'] } },
      { type: 'siak.corrected.v1', data: { fields: ['NAMA', 'NAMA_IBU'] } },
      { type: 'status.changed.v1', data: { old: null, new: 'BIO_CAPTURED' } },
      { type: 'recorded.v1', data: { recordedOn: '2026-11-26' } },
    ])
    expect(await candidateOf(npsn, childId)).toEqual({ state: 'SELESAI', reason: null })
  })

  test('what a pupil hands in is kept as codes, and what is missing is told to the school; nobody is sent away for it (KT-06)', async () => {
    const { sessionId, one: childId } = await running(1)
    const at = { sessionId, childId }
    const checked = await step('checkPupil', { ...at, status: 'BELUM_REKAM', papers: ['SALINAN_KK', 'SALINAN_KK'] })
    expect(pupilOf(checked, childId)).toMatchObject({
      papers: ['SALINAN_KK'],
      papersMissing: ['FORMULIR_F_1_02', 'SALINAN_AKTA'],
    })
    await step('checkSiak', { ...at, matches: true })
    const recorded = await step('recordPupil', { ...at, papers: ['FORMULIR_F_1_02'] }, 20)
    expect(pupilOf(recorded, childId)).toMatchObject({
      progress: 'DIREKAM',
      papers: ['FORMULIR_F_1_02', 'SALINAN_KK'],
      papersMissing: ['SALINAN_AKTA'],
    })
  })

  test.each([
    ['SUDAH_REKAM', 'TERTUNDA_UMUR', { state: 'SELESAI', reason: null }],
    ['SUDAH_CETAK', 'DICETAK', { state: 'DIKELUARKAN', reason: 'SUDAH_CETAK' }],
    ['NIK_TIDAK_ADA', 'TIDAK_ADA_NIK', { state: 'TERTUNDA', reason: 'NIK_TIDAK_DI_SIAK' }],
  ])('BLG-03 finds %s: the pupil is %s, and the list knows (BLG-R1, BLG-R2)', async (status, state, listed) => {
    const { npsn, sessionId, one: childId } = await running(1)
    expect(pupilOf(await step('checkPupil', { sessionId, childId, status }), childId)?.state).toBe(state)
    expect(await candidateOf(npsn, childId)).toEqual(listed)
  })

  test('from the recording on the pupil is where the card is, by itself (KT-08, BLG-R3, RF-11)', async () => {
    const { sessionId, one: childId } = await running(1)
    await step('checkPupil', { sessionId, childId, status: 'BELUM_REKAM' })
    await step('checkSiak', { sessionId, childId, matches: true })
    await step('recordPupil', { sessionId, childId })
    const stateNow = async () => {
      const { ktpSession } = await network
        .subgraph('civil-registry', 'perekaman')
        .ok<{ ktpSession: Session }>(`query ($id: UUID!) { ktpSession(id: $id) ${SESSION} }`, { id: sessionId })
      return ktpSession.pupils[0]?.state
    }
    const status = (code: string) =>
      sendAs<Answer>(network, 'perekaman', 'recordKtpStatus', { childId, code }, '{ child { id } }')
    expect(await stateNow()).toBe('TERTUNDA_UMUR')
    await status('PRINT_READY_RECORD')
    expect(await stateNow()).toBe('TERTUNDA_UMUR')
    network.clock.set('2026-12-01T01:00:00Z')
    await network.service('civil-registry').runJobs()
    expect(await stateNow()).toBe('SIAP_CETAK')
    await status('CARD_PRINTED')
    expect(await stateNow()).toBe('DICETAK')
    await status('CARD_ISSUED')
    expect(await stateNow()).toBe('DISERAHKAN')
  })

  test('a step out of turn is refused, and the refusal names the step whose turn it is', async () => {
    const { sessionId, one: childId } = await running(1)
    const answer = await step('recordPupil', { sessionId, childId })
    expect(answer).toMatchObject({ code: 'KTP_STEP_NOT_TAKEN', field: 'childId', rule: 'BLG-03' })
    expect(answer.message).toMatch(/Memeriksa status perekaman/)
  })

  test('a mismatch names what differs, a match nothing (BLG-04)', async () => {
    const { sessionId, one: childId } = await running(1)
    await step('checkPupil', { sessionId, childId, status: 'BELUM_REKAM' })
    for (const found of [{ matches: false }, { matches: true, mismatches: ['NAMA'] }]) {
      const answer = await step('checkSiak', { sessionId, childId, ...found })
      expect(answer.problems).toEqual([{ field: 'mismatches', rule: 'BLG-04' }])
    }
  })

  test('before the session runs, and for a child who is not in it, nothing is entered', async () => {
    const { npsn, pupils } = await schoolWith(1)
    const { id: sessionId } = await done('draftSession', plan(npsn))
    const at = { sessionId, status: 'BELUM_REKAM' }
    expect((await step('checkPupil', { ...at, childId: pupils[0] })).code).toBe('KTP_SESSION_NOT_OPEN')
    expect(await step('checkPupil', { ...at, childId: randomUUID() })).toMatchObject({
      code: 'KTP_PUPIL_NOT_FOUND',
      field: 'childId',
    })
  })

  test('a pupil who came to be hidden meanwhile is not there for the recording desk (PV-14)', async () => {
    const { sessionId, one: childId } = await running(1)
    await keepAt(network, childId, 4)
    const answer = await step('checkPupil', { sessionId, childId, status: 'BELUM_REKAM' })
    expect(answer.code).toBe('KTP_PUPIL_NOT_FOUND')
    const shown = await network
      .subgraph('civil-registry', 'perekaman')
      .ok<{ ktpSession: Session }>(`query ($id: UUID!) { ktpSession(id: $id) ${SESSION} }`, { id: sessionId })
    expect(shown.ktpSession).toMatchObject({ pupils: [], capacity: { pupils: 0 } })
  })

  test('two officers who enter one step at the same moment enter it once', async () => {
    const { sessionId, one: childId } = await running(1)
    const startedAt = now().toString()
    const both = await Promise.all(
      [1, 2].map(() => send('checkPupil', { sessionId, childId, startedAt, status: 'BELUM_REKAM' })),
    )
    expect(both.map(({ code }) => code ?? 'done').sort()).toEqual(['KTP_STEP_NOT_TAKEN', 'done'])
  })
})
