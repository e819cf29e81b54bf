import type { ChildId } from '@satuanak/contracts'
import { expect, test } from 'vitest'
import {
  candidateOf,
  check,
  done,
  eventsOf,
  ITEMS,
  network,
  plan,
  SESSION,
  type Session,
  schoolWith,
  step,
  useBalangan,
} from '../ktp-session/test-session.ts'
import { stepOffline, takeOut, told, upload } from './test-offline.ts'

useBalangan()

const FRIDAY = '2026-11-27T00:00:00Z'
const MORNING = '2026-11-30T00:30:00Z'
const EVENING = '2026-11-30T12:00:00Z'
const AKTA = '9901-LU-02032010-0001'

/** A scheduled day with a pupil per branch: two recorded, one of them corrected by the akta, and one of each other kind. */
async function scheduled() {
  network.clock.set(FRIDAY)
  const { npsn, pupils } = await schoolWith(9)
  const { id: sessionId } = await done('draftSession', plan(npsn))
  await done('scheduleSession', { sessionId })
  return { npsn, sessionId, pupils }
}

const PAPERS = ['SALINAN_KK'] as const
const AT_HOME = { exceptions: ['JARI_TIDAK_LENGKAP'], place: 'RUMAH', papers: ['FORMULIR_F_1_02'] } as const

/** The day as both devices live it, in one order and at the same times. */
const CHECKS = [
  ['BELUM_REKAM', 0],
  ['BELUM_REKAM', 1],
  ['BELUM_REKAM', 2],
  ['SUDAH_REKAM', 3],
  ['SUDAH_CETAK', 4],
  ['NIK_TIDAK_ADA', 5],
  ['BELUM_REKAM', 8],
] as const

async function online({ sessionId, pupils }: { sessionId: string; pupils: readonly string[] }) {
  const at = (n: number) => ({ sessionId, childId: pupils[n] })
  network.clock.set(MORNING)
  await check(sessionId, ITEMS)
  network.clock.advance({ minutes: 60 })
  await done('startSession', { sessionId })
  for (const [status, n] of CHECKS) await step('checkPupil', { ...at(n), status, papers: PAPERS })
  await step('checkSiak', { ...at(0), matches: true })
  await step('checkSiak', { ...at(1), matches: false, mismatches: ['NAMA', 'NAMA_IBU'] })
  await step('correctByAkta', { ...at(1), aktaNumber: AKTA })
  await step('recordPupil', { ...at(0) }, 20)
  await step('recordPupil', { ...at(1), ...AT_HOME }, 20)
  await step('checkSiak', { ...at(2), matches: false, mismatches: ['ALAMAT'] })
  await step('checkSiak', { ...at(8), nikFound: false })
  await done('markAbsent', { ...at(6), reason: 'TIDAK_DATANG' })
  await done('markAbsent', { ...at(7), reason: 'MENOLAK' })
}

async function offline({ sessionId, pupils }: { sessionId: string; pupils: readonly string[] }) {
  // On Friday, while there is a network.
  network.clock.set(FRIDAY)
  const device = await takeOut(sessionId)
  const { session } = device
  const id = (n: number) => (pupils[n] ?? '') as ChildId
  network.clock.set(MORNING)
  session.changeChecklist(ITEMS, 'ADA')
  network.clock.advance({ minutes: 60 })
  session.start()
  for (const [status, n] of CHECKS) stepOffline(device, id(n), 'BLG-03', status, { papers: PAPERS })
  stepOffline(device, id(0), 'BLG-04', 'COCOK')
  stepOffline(device, id(1), 'BLG-04', 'TIDAK_COCOK', { siakFields: ['NAMA', 'NAMA_IBU'] })
  stepOffline(device, id(1), 'BLG-05', null, { aktaNumber: AKTA })
  stepOffline(device, id(0), 'BLG-06', null, {}, 20)
  stepOffline(device, id(1), 'BLG-06', null, AT_HOME, 20)
  stepOffline(device, id(2), 'BLG-04', 'TIDAK_COCOK', { siakFields: ['ALAMAT'] })
  stepOffline(device, id(8), 'BLG-04', 'NIK_TIDAK_ADA')
  session.markAbsent(id(6), 'TIDAK_DATANG')
  session.markAbsent(id(7), 'MENOLAK')
  network.clock.set(EVENING)
  return upload(device)
}

const SHOWN = SESSION.replace(
  'child { id }',
  'place steps { step outcome startedAt endedAt officer elapsed lateBy } siakCheck { source verdict } child { id ktp { code history { at } } siakCorrections { fields aktaNumber state } }',
).replace('cancelReason', 'cancelReason checklist { item state } minutes { total steps { step startedAt endedAt } }')

/** Everything that the day left, without the ids and the school's number. */
async function traces({ npsn, sessionId, pupils }: Awaited<ReturnType<typeof scheduled>>) {
  const { ktpSession } = await network
    .subgraph('civil-registry', 'perekaman')
    .ok<{ ktpSession: Session }>(`query ($id: UUID!) { ktpSession(id: $id) ${SHOWN} }`, { id: sessionId })
  const ofPupils = []
  for (const id of pupils) ofPupils.push({ events: await eventsOf(id), listed: await candidateOf(npsn, id) })
  const text = JSON.stringify({ ktpSession, ofPupils, session: await eventsOf(sessionId) })
  const names = [npsn, sessionId, ...pupils]
  return JSON.parse(names.reduce((all, name, n) => all.replaceAll(name, `#${n}`), text)) as unknown
}

test('a day offline with every branch, uploaded in the evening, leaves what the same day online leaves (EC-49)', async () => {
  const [one, other] = [await scheduled(), await scheduled()]
  await online(one)
  const outcomes = await offline(other)
  expect(told(outcomes)).toEqual([
    ['DITERAPKAN', 2],
    ...[3, 4, 2, 1, 1, 1, 2, 1, 1].map((applied) => ['DITERAPKAN', applied]),
  ])
  network.clock.set(EVENING)
  await done('closeSession', { sessionId: one.sessionId })
  await done('closeSession', { sessionId: other.sessionId })
  const [onlineTraces, offlineTraces] = [await traces(one), await traces(other)]
  expect(offlineTraces).toEqual(onlineTraces)
  expect(onlineTraces).toMatchObject({
    ktpSession: {
      state: 'SELESAI',
      pupils: [
        { state: 'TERTUNDA_UMUR' },
        {
          state: 'TERTUNDA_UMUR',
          exceptions: ['JARI_TIDAK_LENGKAP'],
          papers: ['FORMULIR_F_1_02', 'SALINAN_KK'],
          place: 'RUMAH',
          child: { siakCorrections: [{ fields: ['NAMA', 'NAMA_IBU'], aktaNumber: AKTA }] },
        },
        { state: 'TIDAK_HADIR', reason: 'WAKTU_HABIS', siakFields: ['ALAMAT'] },
        { state: 'TERTUNDA_UMUR' },
        { state: 'DICETAK' },
        { state: 'TIDAK_ADA_NIK' },
        { state: 'TIDAK_HADIR', reason: 'TIDAK_DATANG' },
        { state: 'TIDAK_HADIR', reason: 'MENOLAK' },
        { state: 'TIDAK_ADA_NIK', siakCheck: { source: 'PETUGAS', verdict: null } },
      ],
    },
  })
})
