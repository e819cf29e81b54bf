import { randomUUID } from 'node:crypto'
import { act } from '../src/act.ts'
import { PANJANG_WETAN, TODAY } from '../src/city.ts'
import type { House } from '../src/house.ts'
import type { Row } from './rows.ts'

let schools = 0
/** A number that no school has, another one each time. */
const nextNpsn = (): string => `9905${String(++schools).padStart(4, '0')}`
const newSchool = () => ({
  npsn: nextNpsn(),
  name: 'MI Contoh Baru',
  kind: 'MI',
  levels: ['SD'],
  kelurahan: PANJANG_WETAN,
  capacity: 120,
})

/** The number of a school that was registered just now. */
async function openedSchool(house: House): Promise<string> {
  const input = { requestId: randomUUID(), ...newSchool() }
  return (await act<{ npsn: string }>(house.as('dinas-pendidikan'), 'registerSchool', input, 'npsn')).npsn
}

const NOT_OF_THE_OFFICE = [
  { why: 'a school committee (PV-18)', as: 'panitia-sekolah', code: 'NOT_PERMITTED' },
  { why: 'a kelurahan officer (PV-18)', as: 'kelurahan-panjang-wetan', code: 'NOT_PERMITTED' },
] as const

export const SCHOOL_ROWS: Readonly<Record<string, Row>> = {
  registerSchool: {
    as: 'dinas-pendidikan',
    valid: async () => ({ requestId: randomUUID(), ...newSchool(), latitude: -6.88, longitude: 109.67 }),
    contradictory: [
      { why: 'a Paket at a madrasah (ID-14)', change: { levels: ['PAKET_A'] }, code: 'INVALID_INPUT', field: 'levels' },
      { why: 'half a place', change: { longitude: null }, code: 'INVALID_INPUT', field: 'latitude' },
      { why: 'a number of a PKBM (ID-13)', change: { npsn: 'P9900099' }, code: 'INVALID_INPUT', field: 'npsn' },
    ],
    malformed: [
      { why: 'an NPSN of 3 digits (ID-13)', change: { npsn: '123' }, code: 'INVALID_INPUT', field: 'npsn' },
      {
        why: 'a kelurahan that is none (ID-23)',
        change: { kelurahan: 'X' },
        code: 'INVALID_INPUT',
        field: 'kelurahan',
      },
    ],
    future: [],
    duplicate: { why: 'on the list already (ID-13)', code: 'SCHOOL_EXISTS', field: 'npsn' },
    foreign: NOT_OF_THE_OFFICE,
  },
  closeSchool: {
    as: 'dinas-pendidikan',
    valid: async (house) => ({
      requestId: randomUUID(),
      npsn: await openedSchool(house),
      on: TODAY,
      mergedInto: await openedSchool(house),
    }),
    contradictory: [
      { why: 'a school nobody knows', change: { npsn: '99999999' }, code: 'SCHOOL_NOT_FOUND', field: 'npsn' },
      {
        why: 'into a school nobody knows',
        change: { mergedInto: '99999999' },
        code: 'SCHOOL_NOT_FOUND',
        field: 'mergedInto',
      },
    ],
    malformed: [{ why: 'an NPSN of 3 digits (ID-13)', change: { npsn: '123' }, code: 'INVALID_INPUT', field: 'npsn' }],
    future: [{ why: 'in two years (EC-36)', change: { on: '2028-11-23' }, code: 'INVALID_INPUT', field: 'on' }],
    duplicate: { why: 'it has an end already (EC-36)', code: 'SCHOOL_CLOSED', field: 'npsn' },
    foreign: NOT_OF_THE_OFFICE,
  },
}
