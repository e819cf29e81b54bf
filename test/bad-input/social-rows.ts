import { meet, NOBODY, newAssessment, newBoy, newContact } from '../src/city.ts'
import type { Row } from './rows.ts'

export const SOCIAL_ROWS: Readonly<Record<string, Row>> = {
  recordContact: {
    as: 'petugas-sosial',
    valid: async (house) => {
      const childId = await meet(house, { metOn: '2026-11-02' })
      return { ...newContact(), newChild: null, childId }
    },
    contradictory: [
      {
        why: 'a child nobody spoke of (DESIGN §4)',
        change: { childId: NOBODY },
        code: 'CHILD_NOT_FOUND',
        field: 'childId',
      },
      { why: 'neither child nor particulars', change: { childId: null }, code: 'INVALID_INPUT', field: 'childId' },
      {
        why: 'both a child and particulars',
        change: { newChild: newBoy() },
        code: 'INVALID_INPUT',
        field: 'childId',
      },
      {
        why: 'a child that cannot be told from another (ID-15)',
        change: { childId: null, newChild: { name: 'Bagas', sex: 'L' } },
        code: 'INVALID_INPUT',
        field: 'newChild',
      },
    ],
    malformed: [
      {
        why: 'a kelurahan that is none (ID-23)',
        change: { kelurahan: '33.75' },
        code: 'INVALID_INPUT',
        field: 'kelurahan',
      },
      { why: 'an empty place (TPI-03)', change: { place: '   ' }, code: 'INVALID_INPUT', field: 'place' },
      {
        why: 'hidden characters in the note',
        change: { note: `koran\u202e` },
        code: 'INVALID_INPUT',
        field: 'note',
      },
    ],
    future: [
      { why: 'met tomorrow (TPI-03)', change: { metOn: '2026-11-24' }, code: 'INVALID_INPUT', field: 'metOn' },
      {
        why: 'a child born tomorrow (EC-17)',
        change: { childId: null, newChild: newBoy({ birthDate: '2026-11-24' }) },
        code: 'INVALID_INPUT',
        field: 'newChild.birthDate',
      },
    ],
    duplicate: { why: 'met already on that day (EC-30)', code: 'CONTACT_ALREADY_RECORDED', field: 'metOn' },
    foreign: [
      { why: 'a kelurahan officer (PV-12)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' },
      { why: 'a school committee (PV-12)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
    ],
  },
  completeAssessment: {
    as: 'peksos',
    valid: async (house) => newAssessment(await meet(house)),
    contradictory: [
      { why: 'a child nobody met (TPI-03)', change: { childId: NOBODY }, code: 'CHILD_NOT_MET', field: 'childId' },
      {
        why: 'dated before the meeting (TPI-03)',
        change: { doneOn: '2026-11-22' },
        code: 'ASSESSED_BEFORE_MET',
        field: 'doneOn',
      },
    ],
    malformed: [
      { why: 'no conclusion (SW-05)', change: { conclusion: ' ' }, code: 'INVALID_INPUT', field: 'conclusion' },
    ],
    future: [
      { why: 'done tomorrow (TPI-03)', change: { doneOn: '2026-11-24' }, code: 'INVALID_INPUT', field: 'doneOn' },
    ],
    duplicate: {
      allowed: 'a child may be assessed again, on the same day too: each assessment says what it found (SW-05)',
    },
    foreign: [{ why: 'Dinas Pendidikan (PV-12)', as: 'dinas-pendidikan', code: 'NOT_PERMITTED' }],
  },
}
