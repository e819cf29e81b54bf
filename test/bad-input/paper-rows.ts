import { randomUUID } from 'node:crypto'
import type { StandIn } from '@satuanak/civil-registry'
import { act } from '../src/act.ts'
import { meet, NOBODY, newBoy, nextNik, withoutNik } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Row } from './rows.ts'

/** A request for an akta that waits for its answer. */
async function requestedPaper(house: House): Promise<string> {
  const childId = await withoutNik(house)
  const input = { requestId: randomUUID(), childId, paper: 'AKTA', proof: 'SPTJM' }
  const { request } = await act<{ request: { id: string } }>(
    house.as('dukcapil'),
    'requestPaper',
    input,
    'request { id }',
  )
  return request.id
}

/** A child of the registry whose name SIAK writes otherwise, and who was checked. */
async function withOtherwiseInSiak(house: House): Promise<readonly [nik: string, childId: string]> {
  const nik = nextNik()
  const boy = newBoy({ nik })
  const childId = await meet(house, { newChild: boy })
  await house.settle()
  const register = house.service('civil-registry').app.siak.register as StandIn
  register.put(nik, { name: 'BAGUS', sex: 'L', birthDate: boy.birthDate, birthPlace: null, motherName: boy.motherName })
  await act(house.as('perekaman'), 'verifyNik', { requestId: randomUUID(), childId })
  return [nik, childId]
}

/** Papers and what is asked of SIAK (RF-02, RF-20, RF-22). */
export const PAPER_ROWS: Readonly<Record<string, Row>> = {
  requestPaper: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await withoutNik(house),
      paper: 'AKTA',
      proof: 'SPTJM',
    }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      {
        why: 'a KIA on an SPTJM (RF-02)',
        change: { paper: 'KIA' },
        code: 'INVALID_INPUT',
        field: 'proof',
      },
    ],
    malformed: [],
    future: [],
    duplicate: { why: 'the paper is requested and not decided (RF-R4)', code: 'PAPER_REQUEST_OPEN', field: 'paper' },
    foreign: [
      { why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'education (RF-02)', as: 'dinas-pendidikan', code: 'NOT_PERMITTED' },
    ],
  },
  decidePaperRequest: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      paperRequestId: await requestedPaper(house),
      decision: 'TIDAK_DAPAT',
      reason: 'BUKTI_TIDAK_CUKUP',
    }),
    contradictory: [
      {
        why: 'a request nobody knows',
        change: { paperRequestId: NOBODY },
        code: 'PAPER_REQUEST_NOT_FOUND',
        field: 'paperRequestId',
      },
      { why: 'refused without a reason (RF-02)', change: { reason: null }, code: 'INVALID_INPUT', field: 'reason' },
      { why: 'issued with a reason (RF-02)', change: { decision: 'TERBIT' }, code: 'INVALID_INPUT', field: 'reason' },
    ],
    malformed: [],
    future: [],
    duplicate: { why: 'the request is decided by now', code: 'PAPER_REQUEST_DECIDED', field: 'paperRequestId' },
    foreign: [{ why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  correctSiakByAkta: {
    as: 'perekaman',
    valid: async (house) => {
      const [nik, childId] = await withOtherwiseInSiak(house)
      return { requestId: randomUUID(), childId, fields: ['NAMA'], aktaNumber: `9901-LU-02032013-${nik.slice(-4)}` }
    },
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      { why: 'nothing (BLG-05)', change: { fields: [] }, code: 'INVALID_INPUT', field: 'fields' },
      {
        why: 'what does not differ (BLG-05)',
        change: { fields: ['NAMA_IBU'] },
        code: 'NOT_DIFFERENT',
        field: 'fields',
      },
    ],
    malformed: [
      {
        why: 'a NIK for an akta number (ID-09)',
        change: { aktaNumber: nextNik() },
        code: 'INVALID_INPUT',
        field: 'aktaNumber',
      },
    ],
    future: [],
    duplicate: { why: 'SIAK says the same by now (BLG-05)', code: 'NOT_DIFFERENT', field: 'fields' },
    foreign: [{ why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  recordIrisScreening: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await withoutNik(house),
      screenedOn: '2026-11-23',
      outcome: 'TERIDENTIFIKASI',
      nik: nextNik(),
    }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      { why: 'identified without a NIK (RF-20)', change: { nik: null }, code: 'INVALID_INPUT', field: 'nik' },
      {
        why: 'not found, with a NIK (RF-20)',
        change: { outcome: 'TIDAK_DITEMUKAN' },
        code: 'INVALID_INPUT',
        field: 'nik',
      },
    ],
    malformed: [
      { why: 'a NIK of letters (ID-02)', change: { nik: 'belum ada' }, code: 'INVALID_INPUT', field: 'nik' },
      { why: 'a day that is none', change: { screenedOn: '2026-02-30' }, code: 'INVALID_INPUT', field: 'screenedOn' },
    ],
    future: [
      { why: 'tomorrow (RF-20)', change: { screenedOn: '2026-11-24' }, code: 'INVALID_INPUT', field: 'screenedOn' },
    ],
    duplicate: { why: 'the child has a NIK by now (ID-05)', code: 'NIK_ALREADY_ISSUED', field: 'nik' },
    foreign: [{ why: 'social work (RF-20)', as: 'peksos', code: 'NOT_PERMITTED' }],
  },
}
