import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { meet, meetAndAssess, NOBODY, newBoy, PANJANG_WETAN, PKBM, TODAY } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Row } from './rows.ts'

const visit = (more: object = {}) => ({ date: TODAY, method: 'KUNJUNGAN_RUMAH', result: 'BERTEMU_KELUARGA', ...more })

/** The id of a child's open record, reported by its kelurahan. */
async function reported(house: House): Promise<string> {
  const report = { requestId: randomUUID(), newChild: newBoy(), category: 'DO', kelurahan: PANJANG_WETAN }
  const { id } = await act<{ id: string }>(house.as('kelurahan-panjang-wetan'), 'reportOutOfSchool', report, 'id')
  return id
}

/** The id of a record that is verified as out of school. */
async function verified(house: House): Promise<string> {
  const recordId = await reported(house)
  const finding = { requestId: randomUUID(), recordId, fieldCheck: visit(), outOfSchool: true }
  await act(house.as('kelurahan-panjang-wetan'), 'verifyAtsRecord', finding)
  return recordId
}

/** What a family says. */
const answers = (recordId: string) => ({
  requestId: randomUUID(),
  recordId,
  wish: 'INGIN_KEMBALI',
  parentsMarriage: 'MENIKAH',
  livesWith: 'ORANG_TUA',
  dailyActivity: 'BEKERJA',
  childMarriage: 'BELUM_MENIKAH',
  lastLevel: 'SD',
  lastGrade: 5,
})

/** The id of a verified record whose family was asked. */
async function interviewed(house: House): Promise<string> {
  const recordId = await verified(house)
  await act(house.as('kelurahan-panjang-wetan'), 'recordAtsInstrument', answers(recordId))
  return recordId
}

const NO_MONEY = { reason: 'A02', primary: true }
const OTHER = { reason: 'A13', primary: false, note: 'Keluarga tinggal di kapal.' }

/** The id of a record with these causes. */
async function mapped(house: House, causes: readonly object[]): Promise<string> {
  const recordId = await interviewed(house)
  await act(house.as('kelurahan-panjang-wetan'), 'mapAtsCauses', { requestId: randomUUID(), recordId, causes })
  return recordId
}

export const EDUCATION_ROWS: Readonly<Record<string, Row>> = {
  enrolChild: {
    as: 'dinas-pendidikan',
    valid: async (house) => {
      const childId = await meetAndAssess(house)
      return { requestId: randomUUID(), childId, npsn: PKBM, level: 'PAKET_A', startedOn: TODAY }
    },
    contradictory: [
      {
        why: 'a child nobody spoke of (DESIGN §4)',
        change: { childId: NOBODY },
        code: 'CHILD_NOT_FOUND',
        field: 'childId',
      },
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
      {
        why: 'beginning in two years (RF-01)',
        change: { startedOn: '2028-11-23' },
        code: 'INVALID_INPUT',
        field: 'startedOn',
      },
    ],
    duplicate: { why: 'enrolled there already (AT-14)', code: 'ALREADY_ENROLLED', field: 'npsn' },
    foreign: [
      { why: 'a school committee (PV-18)', as: 'pkbm', code: 'NOT_PERMITTED' },
      { why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' },
    ],
  },
  reportOutOfSchool: {
    as: 'kelurahan-panjang-wetan',
    valid: async (house) => {
      const childId = await meet(house)
      await house.settle()
      return { requestId: randomUUID(), childId, category: 'DO', kelurahan: PANJANG_WETAN, note: 'Rumah di tepi rel.' }
    },
    contradictory: [
      {
        why: 'a child nobody spoke of (DESIGN §4)',
        change: { childId: NOBODY },
        code: 'CHILD_NOT_FOUND',
        field: 'childId',
      },
      { why: 'neither child nor particulars', change: { childId: null }, code: 'INVALID_INPUT', field: 'childId' },
      { why: 'both a child and particulars', change: { newChild: newBoy() }, code: 'INVALID_INPUT', field: 'childId' },
      {
        why: 'a child of 1, who is in no school anyway (EC-17)',
        change: { childId: null, newChild: newBoy({ birthDate: '2025-11-01' }) },
        code: 'INVALID_INPUT',
        field: 'newChild.birthDate',
      },
    ],
    malformed: [
      {
        why: 'a kelurahan that is none (ID-23)',
        change: { kelurahan: 'Panjang' },
        code: 'INVALID_INPUT',
        field: 'kelurahan',
      },
    ],
    future: [
      {
        why: 'a child born tomorrow (EC-17)',
        change: { childId: null, newChild: newBoy({ birthDate: '2026-11-24' }) },
        code: 'INVALID_INPUT',
        field: 'newChild.birthDate',
      },
    ],
    duplicate: { why: 'listed already (TUN-03)', code: 'ATS_ALREADY_OPEN', field: 'childId' },
    foreign: [
      { why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'a school committee (PV-18)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
    ],
  },
  verifyAtsRecord: {
    as: 'kelurahan-panjang-wetan',
    valid: async (house) => ({
      requestId: randomUUID(),
      recordId: await reported(house),
      fieldCheck: visit(),
      outOfSchool: true,
    }),
    contradictory: [
      { why: 'a record nobody knows', change: { recordId: NOBODY }, code: 'ATS_RECORD_NOT_FOUND', field: 'recordId' },
      {
        why: 'not out of school, and not why (DOMAIN §4.2)',
        change: { outOfSchool: false },
        code: 'INVALID_INPUT',
        field: 'outcome',
      },
      {
        why: 'out of school, and why not (DOMAIN §4.2)',
        change: { outcome: 'V02' },
        code: 'INVALID_INPUT',
        field: 'outcome',
      },
    ],
    malformed: [
      {
        why: 'an NPSN that is none (ID-13)',
        change: { outOfSchool: false, outcome: 'V01', npsn: 'SMP 2' },
        code: 'INVALID_INPUT',
        field: 'npsn',
      },
    ],
    future: [
      {
        why: 'visited tomorrow (TUN-R2)',
        change: { fieldCheck: visit({ date: '2026-11-24' }) },
        code: 'INVALID_INPUT',
        field: 'fieldCheck.date',
      },
    ],
    duplicate: { why: 'verified already (TUN-R1)', code: 'ATS_ALREADY_VERIFIED', field: 'recordId' },
    foreign: [
      { why: "another kelurahan's record (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'a volunteer, who reports only (PV-18)', as: 'relawan', code: 'NOT_PERMITTED' },
    ],
  },
  recordAtsInstrument: {
    as: 'kelurahan-panjang-wetan',
    valid: async (house) => answers(await verified(house)),
    contradictory: [
      { why: 'a record nobody knows', change: { recordId: NOBODY }, code: 'ATS_RECORD_NOT_FOUND', field: 'recordId' },
      {
        why: 'a grade of another level (ID-14)',
        change: { lastGrade: 8 },
        code: 'INVALID_INPUT',
        field: 'lastGrade',
      },
      {
        why: 'no last level of a child who dropped out (AT-01)',
        change: { lastLevel: null, lastGrade: null },
        code: 'INVALID_INPUT',
        field: 'lastLevel',
      },
      {
        why: 'one school by number and by name (AT-08)',
        change: { lastNpsn: PKBM, lastSchoolName: 'PKBM Contoh' },
        code: 'INVALID_INPUT',
        field: 'lastSchoolName',
      },
    ],
    malformed: [
      { why: 'an NPSN that is none (ID-13)', change: { lastNpsn: 'SD 2' }, code: 'INVALID_INPUT', field: 'lastNpsn' },
    ],
    future: [{ why: 'left next year (AT-08)', change: { leftYear: 2027 }, code: 'INVALID_INPUT', field: 'leftYear' }],
    duplicate: { allowed: 'a later one supersedes it, and both are kept (TUN-06)' },
    foreign: [
      { why: "another kelurahan's record (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'a volunteer, who reports only (PV-18)', as: 'relawan', code: 'NOT_PERMITTED' },
    ],
  },
  mapAtsCauses: {
    as: 'kelurahan-panjang-wetan',
    valid: async (house) => ({
      requestId: randomUUID(),
      recordId: await interviewed(house),
      causes: [NO_MONEY, OTHER],
    }),
    contradictory: [
      { why: 'a record nobody knows', change: { recordId: NOBODY }, code: 'ATS_RECORD_NOT_FOUND', field: 'recordId' },
      { why: 'no primary cause (TUN-R5)', change: { causes: [OTHER] }, code: 'INVALID_INPUT', field: 'causes' },
      {
        why: 'an OPD that does not answer for the cause (TUN-07)',
        change: { causes: [{ ...NO_MONEY, opd: 'DISHUB' }] },
        code: 'INVALID_INPUT',
        field: 'causes.0.opd',
      },
      {
        why: 'an OPD for another cause, which Bapperida decides (A13)',
        change: { causes: [NO_MONEY, { ...OTHER, opd: 'DISHUB' }] },
        code: 'INVALID_INPUT',
        field: 'causes.1.opd',
      },
    ],
    malformed: [
      {
        why: 'a NIK in the words (ID-09)',
        change: { causes: [NO_MONEY, { ...OTHER, note: 'NIK 9901010203130001' }] },
        code: 'INVALID_INPUT',
        field: 'causes.1.note',
      },
    ],
    future: [],
    duplicate: { allowed: 'until it is proposed a later mapping stands instead (TUN-07)' },
    foreign: [
      { why: "another kelurahan's record (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'Bapperida, which only decides (TUN-07)', as: 'bapperida', code: 'NOT_PERMITTED' },
    ],
  },
  decideAtsOpd: {
    as: 'bapperida',
    valid: async (house) => ({
      requestId: randomUUID(),
      recordId: await mapped(house, [NO_MONEY, OTHER]),
      opd: 'DISHUB',
    }),
    contradictory: [
      { why: 'a record nobody knows', change: { recordId: NOBODY }, code: 'ATS_RECORD_NOT_FOUND', field: 'recordId' },
    ],
    malformed: [],
    future: [],
    duplicate: { allowed: 'until it is proposed Bapperida may decide otherwise (A13)' },
    foreign: [{ why: 'a kelurahan officer (DOMAIN §4.2)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  proposeAtsRecord: {
    as: 'kelurahan-panjang-wetan',
    valid: async (house) => ({ requestId: randomUUID(), recordId: await mapped(house, [NO_MONEY]) }),
    contradictory: [
      { why: 'a record nobody knows', change: { recordId: NOBODY }, code: 'ATS_RECORD_NOT_FOUND', field: 'recordId' },
    ],
    malformed: [],
    future: [],
    duplicate: { why: 'proposed already (TUN-R1)', code: 'ATS_NOT_READY', field: 'recordId' },
    foreign: [
      { why: "another kelurahan's record (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'a school committee (PV-18)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
    ],
  },
}
