import { describe, expect, test } from 'vitest'
import { createDeviceKeys } from './device-keys.ts'
import { ENTRIES_PER_RESULT, type JournalEntry } from './format.ts'
import { resultsOf } from './journal.ts'
import { openResult, sealBundle } from './server.ts'
import { type OfflineSession, openSession } from './session.ts'
import { createRegistry, EQUIPMENT, idOf, takenOut } from './test-bundle.ts'

const [ONE, TWO, THREE, NOBODY] = [idOf(1), idOf(2), idOf(3), idOf(9)]
const refusedWith = (code: string, more: object = {}) => expect.objectContaining({ code, ...more })
const thrownBy = (deed: () => unknown): unknown => {
  try {
    deed()
  } catch (error) {
    return error
  }
  return undefined
}

async function started() {
  const taken = await takenOut()
  const session = await taken.open()
  session.changeChecklist(EQUIPMENT, 'ADA')
  session.start()
  const step = (childId = ONE, step: 'BLG-03' | 'BLG-04' | 'BLG-05' | 'BLG-06', outcome: string | null, more = {}) => {
    const startedAt = taken.clock.now()
    taken.clock.pass(3)
    return session.takeStep({ childId, step, outcome, startedAt, ...more })
  }
  return { ...taken, session, step }
}
const stateOf = ({ standing }: OfflineSession, childId = ONE) =>
  standing.pupils.find((pupil) => pupil.childId === childId)?.state

describe('a bundle is believed where the registry signed it, on the device it was sealed to, in its time (EC-49)', () => {
  test('not on another device', async () => {
    const { sealed, trusted, clock } = await takenOut()
    const opening = openSession({ sealed, keys: await createDeviceKeys(), trusted, now: clock.now })
    await expect(opening).rejects.toMatchObject({ code: 'KTP_BUNDLE_UNUSABLE', why: 'NOT_GENUINE' })
  })

  test('not under another key, nor changed on the way', async () => {
    const { sealed, trusted, keys, clock, content } = await takenOut()
    const other = await createRegistry()
    const forged = await sealBundle(content, other.signing, keys.deviceKey.seal)
    const [head = '', key = '', iv = '', text = '', tag = ''] = sealed.split('.')
    const changed = [head, key, iv, `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`, tag].join('.')
    for (const one of [forged, changed, 'halo', '']) {
      const opening = openSession({ sealed: one, keys, trusted, now: clock.now })
      await expect(opening).rejects.toMatchObject({ why: 'NOT_GENUINE' })
    }
  })

  test.each([
    ['2026-11-25T23:54:59Z', 'CLOCK'],
    ['2026-11-28T16:00:00Z', 'EXPIRED'],
  ])('at %s by the device’s clock: %s, at opening and at each entry', async (time, why) => {
    const { clock, open } = await takenOut()
    const session = await open()
    clock.set(time)
    await expect(open()).rejects.toMatchObject({ why })
    expect(thrownBy(() => session.changeChecklist(EQUIPMENT, 'ADA'))).toEqual(
      refusedWith('KTP_BUNDLE_UNUSABLE', { why }),
    )
    expect(session.entries).toEqual([])
  })

  test('not by an application that knows another SOP', async () => {
    const { open } = await takenOut({ sop: 'SOP lain' })
    await expect(open()).rejects.toMatchObject({ why: 'OTHER_RULES' })
  })
})

describe('the rules are those of the registry, refusals too', () => {
  test('nothing starts without the equipment, and nobody is recorded before the start (BLG-H4, KT-08)', async () => {
    const session = await (await takenOut()).open()
    expect(thrownBy(() => session.markAbsent(ONE, 'MENOLAK'))).toEqual(refusedWith('KTP_SESSION_NOT_OPEN'))
    session.changeChecklist(EQUIPMENT.slice(1), 'ADA')
    expect(thrownBy(() => session.start())).toEqual(refusedWith('KTP_CHECKLIST_INCOMPLETE', { items: ['KOMPUTER'] }))
    expect(thrownBy(() => session.changeChecklist(['DRONE'], 'ADA'))).toEqual(refusedWith('INVALID_INPUT'))
    session.changeChecklist(['KOMPUTER'], 'ADA')
    session.start()
    expect(session.standing.state).toBe('BERLANGSUNG')
    expect(thrownBy(() => session.start())).toEqual(refusedWith('KTP_SESSION_NOT_OPEN'))
  })

  test('each step in its turn, corrected by the akta before it is recorded (BLG-03 to BLG-06)', async () => {
    const { session, step } = await started()
    step(ONE, 'BLG-03', 'BELUM_REKAM', { papers: ['SALINAN_KK'] })
    expect(thrownBy(() => step(ONE, 'BLG-06', null))).toEqual(refusedWith('KTP_STEP_NOT_TAKEN', { expected: 'BLG-04' }))
    expect(thrownBy(() => step(ONE, 'BLG-04', 'COCOK', { papers: ['SALINAN_AKTA'] }))).toEqual(
      refusedWith('INVALID_INPUT'),
    )
    expect(thrownBy(() => step(ONE, 'BLG-04', 'TIDAK_COCOK'))).toEqual(refusedWith('INVALID_INPUT'))
    expect(thrownBy(() => step(ONE, 'BLG-04', 'COCOK', { place: 'RUMAH' }))).toEqual(refusedWith('INVALID_INPUT'))
    step(ONE, 'BLG-04', 'TIDAK_COCOK', { siakFields: ['NAMA'] })
    expect(stateOf(session)).toBe('DATA_TIDAK_SESUAI')
    for (const aktaNumber of [undefined, '9999010203040005']) {
      expect(thrownBy(() => step(ONE, 'BLG-05', null, { aktaNumber }))).toEqual(refusedWith('INVALID_INPUT'))
    }
    step(ONE, 'BLG-05', null, { aktaNumber: '477/98/2013' })
    step(ONE, 'BLG-06', null, { exceptions: ['PENYAKIT_MATA'], place: 'RUMAH', papers: ['FORMULIR_F_1_02'] })
    const [pupil] = session.standing.pupils
    expect(pupil).toMatchObject({
      state: 'DIREKAM',
      papers: ['FORMULIR_F_1_02', 'SALINAN_KK'],
      siakFields: ['NAMA'],
      exceptions: ['PENYAKIT_MATA'],
      place: 'RUMAH',
    })
  })

  test.each([
    ['SUDAH_REKAM', 'DIREKAM'],
    ['SUDAH_CETAK', 'DICETAK'],
    ['NIK_TIDAK_ADA', 'TIDAK_ADA_NIK'],
  ])('BLG-03 finds %s: %s, and nobody is absent then (BLG-R1, BLG-R2, KT-05)', async (outcome, state) => {
    const { session, step } = await started()
    step(ONE, 'BLG-03', outcome)
    expect(stateOf(session)).toBe(state)
    expect(thrownBy(() => session.markAbsent(ONE, 'TIDAK_DATANG'))).toEqual(refusedWith('KTP_PUPIL_DONE'))
  })

  test('an absent pupil who comes after all goes on; a child who is not in the bundle is not there', async () => {
    const { session, step } = await started()
    session.markAbsent(TWO, 'TIDAK_DATANG')
    step(TWO, 'BLG-03', 'SUDAH_REKAM')
    expect([stateOf(session, TWO), stateOf(session, THREE)]).toEqual(['DIREKAM', 'BELUM_DICEK'])
    expect(thrownBy(() => step(NOBODY, 'BLG-03', 'SUDAH_REKAM'))).toEqual(refusedWith('KTP_PUPIL_NOT_FOUND'))
  })

  test('what is refused leaves no trace in the journal', async () => {
    const { session, step } = await started()
    const before = session.entries.length
    expect(thrownBy(() => step(ONE, 'BLG-06', null))).toBeDefined()
    expect(session.entries).toHaveLength(before)
  })
})

describe('the journal outlives the power, and only this device reads it (EC-49)', () => {
  test('opened again, the session goes on where it stopped, under the same ids', async () => {
    const { session, step, open, clock } = await started()
    step(ONE, 'BLG-03', 'BELUM_REKAM')
    const again = await open(await session.keep())
    expect(again.entries).toEqual(session.entries)
    expect(again.standing).toEqual(session.standing)
    again.takeStep({ childId: ONE, step: 'BLG-04', outcome: 'COCOK', startedAt: clock.now() })
    expect(stateOf(again)).toBe('SIAP_REKAM')
  })

  test('kept, it shows nobody; of another device or another bundle it is not taken up', async () => {
    const { session, step, open } = await started()
    step(ONE, 'BLG-03', 'NIK_TIDAK_ADA')
    const kept = await session.keep()
    const inTheClear = kept.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    for (const word of [ONE, 'NIK_TIDAK_ADA']) expect(inTheClear.join()).not.toContain(word)
    await expect((await takenOut()).open(kept)).rejects.toMatchObject({ why: 'NOT_GENUINE' })
    await expect(open(`${kept.slice(0, -2)}AA`)).rejects.toMatchObject({ why: 'NOT_GENUINE' })
  })

  test('after the bundle expired what was entered can still be sent', async () => {
    const { session, keys, clock, content } = await started()
    const kept = await session.keep()
    clock.set('2026-12-05T00:00:00Z')
    const [result = ''] = await resultsOf(kept, keys)
    const { entries } = await openResult(result, content.bundleId, keys.deviceKey.sign)
    expect(entries).toEqual(session.entries)
  })

  test('a long day goes in several results, each entry once and in order', async () => {
    const { session, keys, content } = await started()
    for (let n = 0; n < ENTRIES_PER_RESULT; n++) session.changeChecklist(['HP_HT'], n % 2 === 0 ? 'RUSAK' : 'ADA')
    const sent: JournalEntry[] = []
    const results = await session.results()
    for (const result of results)
      sent.push(...(await openResult(result, content.bundleId, keys.deviceKey.sign)).entries)
    expect(results).toHaveLength(2)
    expect(sent).toEqual(session.entries)
  })
})
