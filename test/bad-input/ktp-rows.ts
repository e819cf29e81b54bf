import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { draftSessionOf, meetPupilOf16, NOBODY, PKBM, SMP, TODAY } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Input, Row, Wrong } from './rows.ts'

/** Nine in the morning, as the testkit's clock stands. */
const NOW = `${TODAY}T02:00:00Z`
const EQUIPMENT = [
  ...['KOMPUTER', 'PEMINDAI_IRIS', 'PEMINDAI_SIDIK_JARI', 'ALAT_TANDA_TANGAN', 'KAMERA', 'TRIPOD', 'LATAR', 'HP_HT'],
  ...['PENCETAK_KARTU', 'RIBBON_FILM', 'BLANGKO', 'ATK', 'JARINGAN', 'TRANSPORTASI'],
]

const deed = (house: House, name: string, input: Input) =>
  act<{ id: string }>(house.as('perekaman'), name, { requestId: randomUUID(), ...input }, 'id')

/** A pupil on the school's list. */
export async function listed(house: House): Promise<string> {
  const child = await meetPupilOf16(house)
  await deed(house, 'proposeCandidates', { npsn: SMP, childIds: [child] })
  return child
}

async function drafted(house: House) {
  const childId = await listed(house)
  return { childId, sessionId: await draftSessionOf(house, [childId]) }
}

async function scheduled(house: House) {
  const { childId, sessionId } = await drafted(house)
  await deed(house, 'scheduleSession', { sessionId })
  await deed(house, 'changeChecklist', { sessionId, items: EQUIPMENT, state: 'ADA' })
  return { childId, sessionId }
}

export async function running(house: House) {
  const one = await scheduled(house)
  await deed(house, 'startSession', { sessionId: one.sessionId })
  return one
}

/** A pupil of a running session who has come so far. */
async function after(house: House, ...steps: readonly (readonly [name: string, input: Input])[]) {
  const at = { ...(await running(house)), startedAt: NOW }
  for (const [name, input] of steps) await deed(house, name, { ...at, ...input })
  return { requestId: randomUUID(), ...at }
}

const NO_SESSION: Wrong = {
  why: 'a session that is not there',
  change: { sessionId: NOBODY },
  code: 'KTP_SESSION_NOT_FOUND',
  field: 'sessionId',
}
const NO_PUPIL: Wrong = {
  why: 'a child who is not in the session',
  change: { childId: NOBODY },
  code: 'KTP_PUPIL_NOT_FOUND',
  field: 'childId',
}
const SCHOOL: Wrong = { why: 'a school, which plans none', as: 'panitia-sekolah', code: 'NOT_PERMITTED' }
const TOMORROW: Wrong = {
  why: 'begun tomorrow (ID-29)',
  change: { startedAt: '2026-11-24T02:00:00Z' },
  code: 'INVALID_INPUT',
  field: 'startedAt',
}
const LAST_WEEK: Wrong = {
  why: 'begun last week (ID-29)',
  change: { startedAt: '2026-11-16T02:00:00Z' },
  code: 'INVALID_INPUT',
  field: 'startedAt',
}
const again = (why: string): Wrong => ({ why, code: 'KTP_SESSION_NOT_OPEN', field: 'sessionId' })
const taken = (why: string): Wrong => ({ why, code: 'KTP_STEP_NOT_TAKEN', field: 'childId' })

export const KTP_ROWS: Readonly<Record<string, Row>> = {
  draftSession: {
    as: 'perekaman',
    valid: async (house) => {
      const childIds = [await listed(house)]
      await act(house.as('perekaman'), 'confirmCandidates', {
        requestId: randomUUID(),
        npsn: SMP,
        childIds,
        decision: 'KONFIRMASI',
      })
      return {
        requestId: randomUUID(),
        npsn: SMP,
        startsAt: `${TODAY}T06:00:00Z`,
        hours: 6,
        devices: 1,
        quota: 20,
        officers: ['akun-perekaman-01'],
      }
    },
    contradictory: [
      { why: 'a school without confirmed pupils', change: { npsn: PKBM }, code: 'KTP_NOBODY_READY', field: 'npsn' },
      {
        why: 'yesterday (BLG-01)',
        change: { startsAt: '2026-11-22T02:00:00Z' },
        code: 'INVALID_INPUT',
        field: 'startsAt',
      },
    ],
    malformed: [
      { why: 'no device (BLG-R4)', change: { devices: 0 }, code: 'INVALID_INPUT', field: 'devices' },
      { why: 'a day of 30 hours (BLG-R4)', change: { hours: 30 }, code: 'INVALID_INPUT', field: 'hours' },
      { why: 'a quota of nobody (BLG-R4)', change: { quota: 0 }, code: 'INVALID_INPUT', field: 'quota' },
      { why: 'an NPSN of 4 digits (ID-13)', change: { npsn: '9900' }, code: 'INVALID_INPUT', field: 'npsn' },
    ],
    future: [
      {
        why: 'in two years (BLG-01)',
        change: { startsAt: '2028-11-23T02:00:00Z' },
        code: 'INVALID_INPUT',
        field: 'startsAt',
      },
    ],
    duplicate: { why: 'all who were ready are in a session by now', code: 'KTP_NOBODY_READY', field: 'npsn' },
    foreign: [SCHOOL],
  },
  scheduleSession: {
    as: 'perekaman',
    valid: async (house) => ({ requestId: randomUUID(), sessionId: (await drafted(house)).sessionId }),
    contradictory: [NO_SESSION],
    malformed: [],
    future: [],
    duplicate: again('the session is scheduled by now'),
    foreign: [SCHOOL],
  },
  changeChecklist: {
    as: 'perekaman',
    valid: async (house) => ({
      requestId: randomUUID(),
      sessionId: (await drafted(house)).sessionId,
      items: ['KAMERA'],
      state: 'ADA',
    }),
    contradictory: [NO_SESSION],
    malformed: [
      { why: 'equipment that is none (BLG-H4)', change: { items: ['DRONE'] }, code: 'INVALID_INPUT', field: 'items.0' },
    ],
    future: [],
    duplicate: { allowed: 'a piece may be looked at again' },
    foreign: [SCHOOL],
  },
  startSession: {
    as: 'perekaman',
    valid: async (house) => ({ requestId: randomUUID(), sessionId: (await scheduled(house)).sessionId }),
    contradictory: [NO_SESSION],
    malformed: [],
    future: [],
    duplicate: again('the session is going on by now'),
    foreign: [SCHOOL],
  },
  markAbsent: {
    as: 'perekaman',
    valid: async (house) => ({ requestId: randomUUID(), ...(await running(house)), reason: 'MENOLAK' }),
    contradictory: [NO_SESSION, NO_PUPIL],
    malformed: [],
    future: [],
    duplicate: { why: 'the pupil is absent by now', code: 'KTP_PUPIL_DONE', field: 'childId' },
    foreign: [SCHOOL],
  },
  closeSession: {
    as: 'perekaman',
    valid: async (house) => ({ requestId: randomUUID(), sessionId: (await running(house)).sessionId }),
    contradictory: [NO_SESSION],
    malformed: [],
    future: [],
    duplicate: again('the session is over by now'),
    foreign: [SCHOOL],
  },
  cancelSession: {
    as: 'perekaman',
    valid: async (house) => ({
      requestId: randomUUID(),
      sessionId: (await drafted(house)).sessionId,
      reason: 'CUACA',
    }),
    contradictory: [NO_SESSION],
    malformed: [],
    future: [],
    duplicate: again('the session is called off by now'),
    foreign: [SCHOOL],
  },
  checkPupil: {
    as: 'perekaman',
    valid: async (house) => ({ ...(await after(house)), status: 'SUDAH_CETAK' }),
    contradictory: [NO_SESSION, NO_PUPIL],
    malformed: [LAST_WEEK],
    future: [TOMORROW],
    duplicate: taken('the pupil is checked by now (BLG-03)'),
    foreign: [SCHOOL],
  },
  checkSiak: {
    as: 'perekaman',
    valid: async (house) => ({
      ...(await after(house, ['checkPupil', { status: 'BELUM_REKAM' }])),
      matches: false,
      mismatches: ['NAMA'],
    }),
    contradictory: [
      NO_SESSION,
      NO_PUPIL,
      {
        why: 'a match with differences (BLG-04)',
        change: { matches: true },
        code: 'INVALID_INPUT',
        field: 'mismatches',
      },
    ],
    malformed: [LAST_WEEK],
    future: [TOMORROW],
    duplicate: taken('SIAK is checked by now (BLG-04)'),
    foreign: [SCHOOL],
  },
  correctByAkta: {
    as: 'perekaman',
    valid: async (house) => ({
      ...(await after(
        house,
        ['checkPupil', { status: 'BELUM_REKAM' }],
        ['checkSiak', { matches: false, mismatches: ['NAMA'] }],
      )),
      aktaNumber: '9901-LU-01122009-0012',
    }),
    contradictory: [NO_SESSION, NO_PUPIL],
    malformed: [LAST_WEEK],
    future: [TOMORROW],
    duplicate: taken('SIAK is corrected by now (BLG-05)'),
    foreign: [SCHOOL],
  },
  recordPupil: {
    as: 'perekaman',
    valid: async (house) => ({
      ...(await after(house, ['checkPupil', { status: 'BELUM_REKAM' }], ['checkSiak', { matches: true }])),
      exceptions: ['PENYAKIT_MATA'],
      place: 'SEKOLAH',
    }),
    contradictory: [NO_SESSION, NO_PUPIL],
    malformed: [LAST_WEEK],
    future: [TOMORROW],
    duplicate: taken('the pupil is recorded by now (BLG-06)'),
    foreign: [SCHOOL],
  },
}
