import { randomUUID } from 'node:crypto'
import { meet, NOBODY, newBoy, nextNik, PANJANG_WETAN, TODAY, withoutNik } from '../src/city.ts'
import type { House } from '../src/house.ts'
import { DISPUTE_ROWS } from './dispute-rows.ts'
import { KTP_LIST_ROWS } from './ktp-list-rows.ts'
import { KTP_OFFLINE_ROWS } from './ktp-offline-rows.ts'
import { KTP_ROWS } from './ktp-rows.ts'
import { PAPER_ROWS } from './paper-rows.ts'
import { PRINT_ROWS } from './print-rows.ts'
import { REVIEW_ROWS } from './review-rows.ts'
import type { Row } from './rows.ts'

let household = 0
/** A KK of region 99, another one each time. */
const newKk = (more: object = {}) => ({
  number: `990101121123${String(++household).padStart(4, '0')}`,
  issuedOn: '2023-11-12',
  reason: 'BARU',
  ...more,
})

const newRecord = () => ({
  fatherName: 'Ahmad Fauzi',
  guardian: { name: 'Nenek Sumi', relation: 'KAKEK_NENEK', proof: 'Surat kuasa asuh 12/2026' },
  childStatus: 'KANDUNG',
  birthOrder: 1,
  aktaNumber: '477/98/2013',
})

/** A child of the registry with a NIK. */
async function withNik(house: House): Promise<string> {
  const child = await meet(house, { newChild: newBoy({ nik: nextNik() }) })
  await house.settle()
  return child
}

export const REGISTRY_ROWS: Readonly<Record<string, Row>> = {
  registerChild: {
    as: 'dukcapil',
    valid: async () => ({
      requestId: randomUUID(),
      child: newBoy({ nik: nextNik() }),
      papers: ['AKTA'],
      record: newRecord(),
      kk: newKk(),
    }),
    contradictory: [
      {
        why: 'too little to tell the child from another (ID-15)',
        change: { child: { name: 'Bagas', sex: 'L' } },
        code: 'INVALID_INPUT',
        field: 'child',
      },
    ],
    malformed: [
      {
        why: 'a NIK of 15 digits (ID-02)',
        change: { child: newBoy({ nik: nextNik().slice(1) }) },
        code: 'INVALID_INPUT',
        field: 'child.nik',
      },
      {
        why: 'a NIK born on the 32nd (ID-03)',
        change: { child: newBoy({ nik: '9901013203130001' }) },
        code: 'INVALID_INPUT',
        field: 'child.nik',
      },
      {
        why: 'a birth date that is none (ID-22)',
        change: { child: newBoy({ birthDate: '2013-02-30' }) },
        code: 'INVALID_INPUT',
        field: 'child.birthDate',
      },
      {
        why: 'a kelurahan that is a province (ID-23)',
        change: { child: newBoy({ address: { kelurahan: '33' } }) },
        code: 'INVALID_INPUT',
        field: 'child.address.kelurahan',
      },
    ],
    future: [
      {
        why: 'a child born tomorrow (EC-17)',
        change: { child: newBoy({ birthDate: '2026-11-24' }) },
        code: 'INVALID_INPUT',
        field: 'child.birthDate',
      },
    ],
    duplicate: { why: 'the NIK stands with another child (EC-01)', code: 'NIK_TAKEN', field: 'nik' },
    foreign: [
      { why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'a school committee (PV-18)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
    ],
  },
  stateParticulars: {
    as: 'dukcapil',
    valid: async (house) => ({
      requestId: randomUUID(),
      childId: await withoutNik(house),
      values: { ...newRecord(), motherName: 'Sri Wahyuni', address: { kelurahan: PANJANG_WETAN } },
      paper: 'AKTA',
      statedOn: TODAY,
    }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
      { why: 'nothing is stated (ID-05)', change: { values: {} }, code: 'INVALID_INPUT', field: 'values' },
      {
        why: 'a guardian without proof (EC-13)',
        change: { values: { guardian: { name: 'Paman Budi', relation: 'PAMAN_BIBI' } } },
        code: 'INVALID_INPUT',
        field: 'values.guardian.proof',
      },
    ],
    malformed: [
      {
        why: 'a birth date that is none (ID-22)',
        change: { values: { birthDate: '2013-02-30' } },
        code: 'INVALID_INPUT',
        field: 'values.birthDate',
      },
    ],
    future: [{ why: 'stated tomorrow', change: { statedOn: '2026-11-24' }, code: 'INVALID_INPUT', field: 'statedOn' }],
    duplicate: { allowed: 'the same said again is another statement, with its own day (ID-05)' },
    foreign: [
      { why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' },
      { why: 'a school committee (PV-18)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
    ],
  },
  recordKk: {
    as: 'dukcapil',
    valid: async (house) => ({ requestId: randomUUID(), childId: await withoutNik(house), kk: newKk() }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [
      {
        why: 'a KK of letters (ID-10)',
        change: { kk: newKk({ number: 'belum ada' }) },
        code: 'INVALID_INPUT',
        field: 'kk.number',
      },
    ],
    future: [
      {
        why: 'issued tomorrow (ID-11)',
        change: { kk: newKk({ issuedOn: '2026-11-24' }) },
        code: 'INVALID_INPUT',
        field: 'kk.issuedOn',
      },
    ],
    duplicate: {
      why: 'this KK stands with the child already (ID-10)',
      code: 'KK_ALREADY_RECORDED',
      field: 'kk.number',
    },
    foreign: [{ why: "another kelurahan's child (TUN-R3)", as: 'kelurahan-krapyak', code: 'NOT_PERMITTED' }],
  },
  issueNik: {
    as: 'dukcapil',
    valid: async (house) => ({ requestId: randomUUID(), childId: await withoutNik(house), nik: nextNik() }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [
      { why: 'a NIK of letters (ID-02)', change: { nik: 'belum ada' }, code: 'INVALID_INPUT', field: 'nik' },
      { why: 'filler for a NIK (ID-02)', change: { nik: '9999999999999999' }, code: 'INVALID_INPUT', field: 'nik' },
    ],
    future: [],
    duplicate: { why: 'the child has a NIK by now (ID-05)', code: 'NIK_ALREADY_ISSUED', field: 'nik' },
    foreign: [{ why: 'a kelurahan officer (PV-10)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  revealNik: {
    as: 'dukcapil',
    valid: async (house) => ({ requestId: randomUUID(), childId: await withNik(house), purpose: 'PENERBITAN_KTP' }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [],
    future: [],
    duplicate: { allowed: 'to see a NIK again is another reveal, with its own audit entry (PV-10)' },
    foreign: [{ why: 'a kelurahan officer (PV-10)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  verifyNik: {
    as: 'perekaman',
    valid: async (house) => ({ requestId: randomUUID(), childId: await withNik(house) }),
    contradictory: [
      { why: 'a child nobody knows', change: { childId: NOBODY }, code: 'CHILD_NOT_FOUND', field: 'childId' },
    ],
    malformed: [],
    future: [],
    duplicate: { allowed: 'to check again gives the answer that is still good; SIAK is asked once a day (BLG-04)' },
    foreign: [{ why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' }],
  },
  ...DISPUTE_ROWS,
  ...PAPER_ROWS,
  ...REVIEW_ROWS,
  ...KTP_LIST_ROWS,
  ...KTP_ROWS,
  ...KTP_OFFLINE_ROWS,
  ...PRINT_ROWS,
}
