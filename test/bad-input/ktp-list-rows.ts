import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { meetPupilOf16, NOBODY, PKBM, SMP, TODAY } from '../src/city.ts'
import { listed } from './ktp-rows.ts'
import type { Row } from './rows.ts'

/** Schools’ lists for KTP-el recording, and where a KTP-el stands. */
export const KTP_LIST_ROWS: Readonly<Record<string, Row>> = {
  proposeCandidates: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      npsn: SMP,
      childIds: [await meetPupilOf16(house)],
      niks: [],
      everMarried: [],
    }),
    contradictory: [
      { why: 'a list without pupils (BLG-01)', change: { childIds: [] }, code: 'INVALID_INPUT', field: 'childIds' },
      {
        why: 'a marriage of nobody on the list (KT-10)',
        change: { everMarried: [NOBODY] },
        code: 'INVALID_INPUT',
        field: 'everMarried',
      },
    ],
    malformed: [
      { why: 'an NPSN of 4 digits (ID-13)', change: { npsn: '9900' }, code: 'INVALID_INPUT', field: 'npsn' },
      { why: 'a NIK of letters (ID-02)', change: { niks: ['belum ada'] }, code: 'INVALID_INPUT', field: 'niks.0' },
    ],
    future: [],
    duplicate: { allowed: 'a list may be sent again: each entry is told that it is there already' },
    foreign: [
      { why: "another school's committee (PV-18)", as: 'pkbm', code: 'NOT_PERMITTED' },
      { why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' },
    ],
  },
  confirmCandidates: {
    as: 'perekaman',
    valid: async (house) => {
      const child = await listed(house)
      return { requestId: randomUUID(), npsn: SMP, childIds: [child], decision: 'KONFIRMASI', reason: null }
    },
    contradictory: [
      { why: 'nobody (BLG-01)', change: { childIds: [] }, code: 'INVALID_INPUT', field: 'childIds' },
      {
        why: 'a reason for confirming (BLG-R1)',
        change: { reason: 'MENOLAK' },
        code: 'INVALID_INPUT',
        field: 'reason',
      },
      {
        why: 'left out without a reason (BLG-R1)',
        change: { decision: 'KELUARKAN' },
        code: 'INVALID_INPUT',
        field: 'reason',
      },
      {
        why: 'a child on no list',
        change: { childIds: [NOBODY] },
        code: 'KTP_CANDIDATE_NOT_FOUND',
        field: 'childIds.0',
      },
      { why: "another school's list", change: { npsn: PKBM }, code: 'KTP_CANDIDATE_NOT_FOUND', field: 'childIds.0' },
    ],
    malformed: [
      { why: 'an NPSN of letters (ID-13)', change: { npsn: 'sekolah' }, code: 'INVALID_INPUT', field: 'npsn' },
    ],
    future: [],
    duplicate: { why: 'the pupil is confirmed by now', code: 'KTP_CANDIDATE_NOT_OPEN', field: 'childIds.0' },
    foreign: [
      { why: "another school's committee (PV-18)", as: 'pkbm', code: 'NOT_PERMITTED' },
      { why: 'education, which follows no recording', as: 'dinas-pendidikan', code: 'NOT_PERMITTED' },
    ],
  },
  recordKtpStatus: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await meetPupilOf16(house),
      code: 'PRR',
      at: '2026-01-05T02:00:00Z',
      everMarried: null,
      birthDateConfirmed: null,
    }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [
      { why: 'a sentence for a code (KT-01)', change: { code: 'belum, 5%' }, code: 'INVALID_INPUT', field: 'code' },
      {
        why: 'before the first KTP-el (KT-01)',
        change: { at: '2001-01-05T02:00:00Z' },
        code: 'INVALID_INPUT',
        field: 'at',
      },
    ],
    future: [
      {
        why: 'a status of tomorrow (KT-01)',
        change: { at: '2999-01-01T00:00:00Z' },
        code: 'INVALID_INPUT',
        field: 'at',
      },
    ],
    duplicate: { allowed: 'SIAK may say the same again; the history keeps it once (KT-01)' },
    foreign: [{ why: 'a printing operator’s word on a status', as: 'operator-pencetakan', code: 'NOT_PERMITTED' }],
  },
  recordDuplicateStep: {
    as: 'perekaman',
    valid: async (house) => {
      const childId = await meetPupilOf16(house)
      const input = { requestId: randomUUID(), childId, code: 'DUPLICATE_RECORD' }
      await act(house.as('dukcapil'), 'recordKtpStatus', input)
      return { requestId: randomUUID(), childId, step: 'HAPUS_DIMINTA', office: '33.26', on: TODAY }
    },
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      {
        why: 'a refusal of what nobody asked for (KT-03)',
        change: { step: 'DITOLAK_DAERAH_ASAL' },
        code: 'KTP_DUPLICATE_STEP_NOT_TAKEN',
        field: 'step',
      },
      { why: 'no office (RF-21)', change: { office: null }, code: 'INVALID_INPUT', field: 'office' },
      { why: 'before it was found (RF-21)', change: { on: '2001-01-05' }, code: 'INVALID_INPUT', field: 'on' },
    ],
    malformed: [
      {
        why: 'an office in words (ID-23)',
        change: { office: 'Kab. Pekalongan' },
        code: 'INVALID_INPUT',
        field: 'office',
      },
    ],
    future: [{ why: 'done tomorrow (RF-21)', change: { on: '2999-01-01' }, code: 'INVALID_INPUT', field: 'on' }],
    duplicate: { why: 'asked for already (KT-03)', code: 'KTP_DUPLICATE_STEP_NOT_TAKEN', field: 'step' },
    foreign: [{ why: 'a printing operator’s word on a duplicate', as: 'operator-pencetakan', code: 'NOT_PERMITTED' }],
  },
}
