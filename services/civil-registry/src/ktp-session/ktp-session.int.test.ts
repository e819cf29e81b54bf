import { statementsOf } from '@satuanak/testkit'
import { describe, expect, test } from 'vitest'
import { newPupil, sendAs } from '../test-balangan.ts'
import { keepAt } from '../test-registry.ts'
import {
  check,
  confirm,
  done,
  eventsOf,
  ITEMS,
  network,
  plan,
  running,
  SESSION,
  type Session,
  schoolWith,
  send,
  step,
  useBalangan,
} from './test-session.ts'

useBalangan()

describe('a day is planned (BLG-01)', () => {
  test('with the confirmed pupils, the oldest first, up to the quota', async () => {
    const { npsn, pupils } = await schoolWith(3)
    const session = await done('draftSession', plan(npsn, { quota: 2 }))
    expect(session.state).toBe('DRAFT')
    expect(session.pupils.map(({ number, child }) => [number, child.id])).toEqual([
      [1, pupils[0]],
      [2, pupils[1]],
    ])
    expect(session.pupils[0]).toMatchObject({ state: 'BELUM_DICEK', progress: 'MENUNGGU' })
  })

  test('above 15 pupils per device and 6-hour day it is warned, with what to do; not refused (BLG-R4)', async () => {
    const { npsn } = await schoolWith(16)
    const { capacity } = await done('draftSession', plan(npsn))
    expect(capacity).toMatchObject({ from: 12, to: 15, pupils: 16, warning: expect.stringMatching(/Tambah alat/) })
  })

  test('a pupil is in one open session at a time, and who is not yet 16 on that day in none', async () => {
    const { npsn } = await schoolWith(1)
    await done('draftSession', plan(npsn))
    expect(await send('draftSession', plan(npsn))).toMatchObject({
      code: 'KTP_NOBODY_READY',
      field: 'npsn',
      rule: 'BLG-01',
    })
    network.clock.set('2026-12-01T00:00:00Z')
    const soon = await newPupil(network, { birthDate: '2010-12-20', nik: null }, '99000991')
    await network.service('civil-registry').app.db.$executeRawUnsafe(
      `INSERT INTO ktp_candidate (npsn, child_id, state, source, sixteen_on, uncertain, ever_married, listed_at)
       VALUES ('99000991', $1::uuid, 'DIKONFIRMASI', 'BULANAN', '2026-12-20', false, false, now())`,
      soon,
    )
    expect((await send('draftSession', plan('99000991', { startsAt: '2026-12-19T00:00:00Z' }))).code).toBe(
      'KTP_NOBODY_READY',
    )
    const ofAge = await done('draftSession', plan('99000991', { startsAt: '2026-12-19T16:30:00Z' }))
    expect(ofAge.pupils).toHaveLength(1)
  })

  test('scheduled, the school is told date, quota and count, hidden pupils not counted (PV-14, DOMAIN §9)', async () => {
    const { npsn, pupils } = await schoolWith(2)
    const { id } = await done('draftSession', plan(npsn, { quota: 5 }), 'dukcapil')
    await keepAt(network, pupils[1] ?? '', 4)
    await done('scheduleSession', { sessionId: id })
    expect(await eventsOf(id)).toEqual([
      { type: 'session.scheduled.v1', data: { npsn, date: '2026-11-30', quota: 5, pupils: 1 } },
    ])
    expect((await send('scheduleSession', { sessionId: id })).code).toBe('KTP_SESSION_NOT_OPEN')
  })

  test('the day is that of Balangan: a session at 00.30 WITA is on the next day in UTC terms (EC-65)', async () => {
    const { npsn } = await schoolWith(1)
    const { id } = await done('draftSession', plan(npsn, { startsAt: '2026-11-30T16:30:00Z' }))
    await done('scheduleSession', { sessionId: id })
    expect((await eventsOf(id))[0]?.data.date).toBe('2026-12-01')
  })

  test('a hidden pupil is in no session that the recording desk drafts (PV-14)', async () => {
    const { npsn, pupils } = await schoolWith(2)
    await keepAt(network, pupils[0] ?? '', 4)
    const { pupils: taken } = await done('draftSession', plan(npsn))
    expect(taken.map(({ child }) => child.id)).toEqual([pupils[1]])
  })
})

describe('the equipment is ticked off item by item (BLG-02, BLG-H4)', () => {
  test('a session starts only when all was looked for and what recording needs is there', async () => {
    const { npsn } = await schoolWith(1)
    const { id: sessionId } = await done('draftSession', plan(npsn))
    expect((await send('startSession', { sessionId })).code).toBe('KTP_SESSION_NOT_OPEN')
    await done('scheduleSession', { sessionId })
    await check(sessionId, ITEMS.slice(1))
    await check(sessionId, ['JARINGAN', 'PENCETAK_KARTU'], 'TIDAK_ADA')
    await check(sessionId, ['KAMERA'], 'RUSAK')
    const answer = await send('startSession', { sessionId })
    expect(answer).toMatchObject({ code: 'KTP_CHECKLIST_INCOMPLETE', rule: 'BLG-H4' })
    expect(answer.message).toMatch(/Komputer.*Kamera/)
    await check(sessionId, ['KOMPUTER', 'KAMERA'])
    expect((await done('startSession', { sessionId })).state).toBe('BERLANGSUNG')
  })

  test('a piece that is not in the document is refused', async () => {
    const { sessionId } = await running(1)
    const answer = await send('changeChecklist', { sessionId, items: ['DRONE'], state: 'ADA' })
    expect(answer.problems).toEqual([{ field: 'items.0', rule: 'BLG-H4' }])
  })
})

describe('who was not recorded goes to the next session (KT-05)', () => {
  test('is drafted first of all; the unwilling are not asked again (KT-09)', async () => {
    const { npsn, pupils, sessionId } = await running(4)
    const [recorded, absent, unwilling, left] = pupils as [string, string, string, string]
    await step('checkPupil', { sessionId, childId: recorded, status: 'SUDAH_REKAM' })
    await done('markAbsent', { sessionId, childId: absent, reason: 'TIDAK_DATANG' })
    await done('markAbsent', { sessionId, childId: unwilling, reason: 'MENOLAK' })
    expect((await send('markAbsent', { sessionId, childId: recorded, reason: 'TIDAK_DATANG' })).code).toBe(
      'KTP_PUPIL_DONE',
    )
    const closed = await done('closeSession', { sessionId })
    expect(closed.pupils.map(({ state, reason }) => [state, reason])).toEqual([
      ['TERTUNDA_UMUR', null],
      ['TIDAK_HADIR', 'TIDAK_DATANG'],
      ['TIDAK_HADIR', 'MENOLAK'],
      ['TIDAK_HADIR', 'WAKTU_HABIS'],
    ])
    expect((await eventsOf(sessionId)).at(-1)).toEqual({
      type: 'session.closed.v1',
      data: { npsn, date: '2026-11-30', pupils: 4, recorded: 0, absent: 3, carried: 2 },
    })
    const older = await newPupil(network, { birthDate: '2009-01-01', nik: null }, npsn)
    await network.service('civil-registry').app.db.$executeRawUnsafe(
      `INSERT INTO ktp_candidate (npsn, child_id, state, source, sixteen_on, uncertain, ever_married, listed_at)
       VALUES ($1, $2::uuid, 'DIKONFIRMASI', 'BULANAN', '2025-01-01', false, false, now())`,
      npsn,
      older,
    )
    const next = await done('draftSession', plan(npsn, { startsAt: '2026-12-07T00:00:00Z' }))
    expect(next.pupils.map(({ child, carriedFrom }) => [child.id, carriedFrom])).toEqual([
      [absent, sessionId],
      [left, sessionId],
      [older, null],
    ])
  })

  test('at once, where the next session is planned already', async () => {
    const { npsn, pupils, sessionId } = await running(1)
    const later = await newPupil(network, {}, npsn)
    await confirm(npsn, [later])
    const next = await done('draftSession', plan(npsn, { startsAt: '2026-12-07T00:00:00Z' }))
    await done('cancelSession', { sessionId, reason: 'CUACA' })
    const { ktpSession } = await network
      .subgraph('civil-registry', 'perekaman')
      .ok<{ ktpSession: Session }>(`query ($id: UUID!) { ktpSession(id: $id) ${SESSION} }`, { id: next.id })
    expect(ktpSession.pupils.map(({ child, carriedFrom }) => [child.id, carriedFrom])).toEqual([
      [later, null],
      [pupils[0], sessionId],
    ])
  })

  test('a session is called off with its reason, at any time before its end, and stays so (KT-08)', async () => {
    const { npsn, sessionId } = await running(1)
    expect(await done('cancelSession', { sessionId, reason: 'JARINGAN' })).toMatchObject({
      state: 'BATAL',
      cancelReason: 'JARINGAN',
    })
    expect((await eventsOf(sessionId)).at(-1)).toEqual({
      type: 'session.cancelled.v1',
      data: { npsn, date: '2026-11-30', reason: 'JARINGAN', carried: 1 },
    })
    for (const mutation of ['scheduleSession', 'startSession', 'closeSession']) {
      expect((await send(mutation, { sessionId })).code).toBe('KTP_SESSION_NOT_OPEN')
    }
  })
})

describe('the minutes of each step are held against the SOP’s own limits (ID-29)', () => {
  test('what was late, by how much, for whom', async () => {
    const { npsn, pupils } = await schoolWith(1)
    const childId = pupils[0] ?? ''
    const { id: sessionId } = await done('draftSession', plan(npsn))
    network.clock.advance({ minutes: 45 })
    await done('scheduleSession', { sessionId })
    await check(sessionId, ITEMS)
    network.clock.advance({ minutes: 60 })
    await done('startSession', { sessionId })
    await step('checkPupil', { sessionId, childId, status: 'BELUM_REKAM' }, 5)
    await step('checkSiak', { sessionId, childId, matches: true }, 9)
    const MINUTES = `{ minutes { total pupils steps { step elapsed limit lateBy } late { step childId elapsed limit lateBy officer } } }`
    const { ktpSession } = await network
      .subgraph('civil-registry', 'perekaman')
      .ok<{ ktpSession: unknown }>(`query ($id: UUID!) { ktpSession(id: $id) ${MINUTES} }`, { id: sessionId })
    expect(ktpSession).toEqual({
      minutes: {
        total: 119,
        pupils: 1,
        steps: [
          { step: 'BLG-01', elapsed: 45, limit: 30, lateBy: 15 },
          { step: 'BLG-02', elapsed: 60, limit: 120, lateBy: 0 },
        ],
        late: [
          { step: 'BLG-01', childId: null, elapsed: 45, limit: 30, lateBy: 15, officer: 'akun-perekaman-01' },
          { step: 'BLG-04', childId, elapsed: 9, limit: 5, lateBy: 4, officer: 'akun-perekaman-01' },
        ],
      },
    })
  })
})

describe('what a school sees of its session (PV-18)', () => {
  const asSchool = async (sessionId: string) => {
    const { data, errors } = await network.subgraph('civil-registry', 'panitia-sekolah')<{
      ktpSession: Session | null
    }>(
      `query ($id: UUID!) { ktpSession(id: $id) { state pupils { number progress child { id } state reason exceptions } } }`,
      { id: sessionId },
    )
    return { session: data?.ktpSession ?? null, denied: new Set(errors.map(({ path }) => path?.at(-1))) }
  }

  test('its own pupils and whether they were recorded; not what was found, not the protected, not the married (KT-10, PV-14)', async () => {
    const npsn = '99000001'
    const [plain, kept, social, married] = [
      await newPupil(network),
      await newPupil(network),
      await newPupil(network),
      await newPupil(network, { birthDate: '2012-02-02', nik: '9901010202120001' }),
    ]
    await sendAs(
      network,
      'dukcapil',
      'proposeCandidates',
      { npsn, childIds: [married], everMarried: [married] },
      '{ id }',
    )
    await confirm(npsn, [plain, kept, social, married])
    const { id } = await done('draftSession', plan(npsn), 'dukcapil')
    await keepAt(network, kept, 4)
    await keepAt(network, social, 3)
    const { session, denied } = await asSchool(id)
    expect(session?.pupils.map(({ child, progress }) => [child.id, progress])).toEqual([[plain, 'MENUNGGU']])
    expect(denied).toEqual(new Set(['state', 'reason', 'exceptions']))
  })

  test('no other school’s session, and no session of its own may it plan', async () => {
    const { npsn, sessionId } = await running(1)
    expect((await asSchool(sessionId)).session).toBeNull()
    expect((await send('draftSession', plan(npsn), 'panitia-sekolah')).code).toBe('NOT_PERMITTED')
  })
})

test('a page of sessions costs the same number of statements whatever its length (no N+1)', async () => {
  for (let n = 0; n < 3; n++) await running(2)
  const ask = (first: number) =>
    network
      .subgraph('civil-registry', 'perekaman')
      .ok(
        `{ ktpSessions(first: ${first}) { nodes { state checklist { state } capacity { pupils } minutes { total } pupils { state child { identity { name } } } } } }`,
      )
  const [few, many] = [await statementsOf(() => ask(1)), await statementsOf(() => ask(3))]
  expect(few.length).toBeGreaterThan(0)
  expect(many).toHaveLength(few.length)
})
