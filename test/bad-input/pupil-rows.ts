import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { meetAndAssess, NOBODY, PKBM, SMP, TODAY } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Row } from './rows.ts'

const TOMORROW = '2026-11-24'

/** A pupil of the PKBM, and the id of its time there. */
async function pupil(house: House): Promise<{ readonly childId: string; readonly enrolmentId: string }> {
  const childId = await meetAndAssess(house)
  const place = { requestId: randomUUID(), childId, npsn: PKBM, level: 'PAKET_A', startedOn: '2026-07-13' }
  const { id } = await act<{ id: string }>(house.as('dinas-pendidikan'), 'enrolChild', place, 'id')
  return { childId, enrolmentId: id }
}

async function released(house: House): Promise<string> {
  const { childId, enrolmentId } = await pupil(house)
  await act(house.as('dinas-pendidikan'), 'releasePupil', { requestId: randomUUID(), enrolmentId, on: TODAY })
  return childId
}

let nisns = 0
/** A number that no pupil has, another one each time. */
const nextNisn = (): string => `01398${String(++nisns).padStart(5, '0')}`

const NO_ENROLMENT = {
  why: 'an enrolment nobody knows',
  change: { enrolmentId: NOBODY },
  code: 'ENROLMENT_NOT_FOUND',
  field: 'enrolmentId',
} as const
/** The child was assessed, so it is at level 3: more than a school is told. */
const NOT_THEIRS = [
  { why: "another school's committee (PV-18)", as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
  { why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' },
] as const
const ENDED = { why: 'it ended already (AT-14)', code: 'ENROLMENT_ENDED', field: 'enrolmentId' } as const
const TOO_EARLY = {
  why: 'before the first day (AT-14)',
  change: { on: '2026-07-12' },
  code: 'ENDS_BEFORE_START',
  field: 'on',
} as const
const NOT_YET = { why: 'tomorrow (AT-14)', change: { on: TOMORROW }, code: 'INVALID_INPUT', field: 'on' } as const

export const PUPIL_ROWS: Readonly<Record<string, Row>> = {
  receivePupil: {
    as: 'dinas-pendidikan',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await released(house),
      npsn: SMP,
      level: 'SMP',
      startedOn: TODAY,
    }),
    contradictory: [
      { why: 'a child nobody spoke of', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      {
        why: 'a level the school does not teach (ID-14)',
        change: { level: 'SMA' },
        code: 'LEVEL_NOT_OFFERED',
        field: 'level',
      },
      { why: 'a school nobody knows', change: { npsn: '99999999' }, code: 'SCHOOL_NOT_FOUND', field: 'npsn' },
    ],
    malformed: [{ why: 'an NPSN of 3 digits (ID-13)', change: { npsn: '123' }, code: 'INVALID_INPUT', field: 'npsn' }],
    future: [
      { why: 'in two years (RF-01)', change: { startedOn: '2028-11-23' }, code: 'INVALID_INPUT', field: 'startedOn' },
    ],
    duplicate: { why: 'received already (AT-14)', code: 'PUPIL_NOT_RELEASED', field: 'childId' },
    foreign: [
      { why: "another school's committee (PV-18)", as: 'pkbm', code: 'NOT_PERMITTED' },
      { why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' },
    ],
  },
  endEnrolment: {
    as: 'dinas-pendidikan',
    valid: async (house) => ({
      requestId: randomUUID(),
      enrolmentId: (await pupil(house)).enrolmentId,
      on: TODAY,
      reason: 'PUTUS_SEKOLAH',
    }),
    contradictory: [NO_ENROLMENT, TOO_EARLY],
    malformed: [],
    future: [NOT_YET],
    duplicate: ENDED,
    foreign: NOT_THEIRS,
  },
  releasePupil: {
    as: 'dinas-pendidikan',
    valid: async (house) => ({
      requestId: randomUUID(),
      enrolmentId: (await pupil(house)).enrolmentId,
      on: TODAY,
      movedTo: SMP,
    }),
    contradictory: [NO_ENROLMENT, TOO_EARLY],
    malformed: [
      { why: 'an NPSN of 3 digits (ID-13)', change: { movedTo: '123' }, code: 'INVALID_INPUT', field: 'movedTo' },
    ],
    future: [NOT_YET],
    duplicate: ENDED,
    foreign: NOT_THEIRS,
  },
  placeInClass: {
    as: 'dinas-pendidikan',
    valid: async (house) => ({
      requestId: randomUUID(),
      enrolmentId: (await pupil(house)).enrolmentId,
      schoolYear: '2026/2027',
      grade: 5,
      rombel: 'Paket A kelas 5',
    }),
    contradictory: [
      NO_ENROLMENT,
      { why: 'a grade of another level (ID-14)', change: { grade: 9 }, code: 'CLASS_DOES_NOT_FIT', field: 'grade' },
    ],
    malformed: [
      { why: 'half a year', change: { schoolYear: '2026' }, code: 'INVALID_INPUT', field: 'schoolYear' },
      { why: 'a grade 13', change: { grade: 13 }, code: 'INVALID_INPUT', field: 'grade' },
    ],
    future: [{ why: 'in ten years', change: { schoolYear: '2036/2037' }, code: 'INVALID_INPUT', field: 'schoolYear' }],
    duplicate: { allowed: 'it is written again as it was' },
    foreign: NOT_THEIRS,
  },
  recordNisn: {
    as: 'dinas-pendidikan',
    valid: async (house) => ({ requestId: randomUUID(), childId: (await pupil(house)).childId, nisn: nextNisn() }),
    contradictory: [
      { why: 'a child nobody spoke of', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [
      { why: 'nine digits (EC-14)', change: { nisn: '139800001' }, code: 'INVALID_INPUT', field: 'nisn' },
      { why: 'letters (ID-12)', change: { nisn: 'O139800001' }, code: 'INVALID_INPUT', field: 'nisn' },
    ],
    future: [],
    duplicate: { allowed: 'the number is the child’s already' },
    foreign: NOT_THEIRS,
  },
  recordAttendance: {
    as: 'dinas-pendidikan',
    valid: async (house) => ({
      requestId: randomUUID(),
      on: TODAY,
      hadir: [(await pupil(house)).enrolmentId],
      izin: [(await pupil(house)).enrolmentId],
      sakit: [(await pupil(house)).enrolmentId],
      alpa: [(await pupil(house)).enrolmentId],
    }),
    contradictory: [
      {
        why: 'an enrolment nobody knows',
        change: { hadir: [NOBODY] },
        code: 'ENROLMENT_NOT_FOUND',
        field: 'enrolmentIds',
      },
      { why: 'a pupil twice (AT-15)', change: { hadir: [NOBODY, NOBODY] }, code: 'INVALID_INPUT', field: 'hadir' },
      { why: 'before the first day (AT-15)', change: { on: '2026-07-10' }, code: 'NOT_PUPIL_THEN', field: 'on' },
    ],
    malformed: [],
    future: [NOT_YET],
    duplicate: { allowed: 'the marks are written again as they were' },
    foreign: NOT_THEIRS,
  },
}
