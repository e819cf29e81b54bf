import { expect, test } from 'vitest'
import { differingFields, type InRegistry } from './domain.ts'

const akta: InRegistry = {
  name: 'Muhammad Bagas Pratama',
  sex: 'L',
  birthDate: '2013-03-02',
  birthDatePrecision: 'HARI',
  birthPlace: 'Pekalongan',
  motherName: 'Siti Aminah',
}

test('capitals, punctuation and spaces are no difference between akta and SIAK (BLG-04)', () => {
  expect(differingFields(akta, { ...akta, name: 'MUHAMMAD  BAGAS. PRATAMA', birthPlace: 'PEKALONGAN' })).toEqual([])
})

test('each field that SIAK has otherwise is named, a spelling variant of the name too: the card prints it (BLG-04)', () => {
  const siak = {
    name: 'Moh. Bagas Pratama',
    sex: 'P',
    birthDate: '2013-03-12',
    birthPlace: 'Batang',
    motherName: 'Siti',
  }
  expect(differingFields(akta, { ...siak, sex: 'P' })).toEqual([
    'NAMA',
    'JENIS_KELAMIN',
    'TANGGAL_LAHIR',
    'TEMPAT_LAHIR',
    'NAMA_IBU',
  ])
})

test('what SIAK lacks differs, what the registry does not know cannot (BLG-04)', () => {
  expect(differingFields(akta, { ...akta, motherName: null })).toEqual(['NAMA_IBU'])
  expect(differingFields({ ...akta, motherName: null }, akta)).toEqual([])
})

test('of a birth date known to the month or year only that much is compared: SIAK fills in the rest (ID-22)', () => {
  expect(differingFields({ ...akta, birthDatePrecision: 'TAHUN' }, { ...akta, birthDate: '2013-07-01' })).toEqual([])
  expect(differingFields({ ...akta, birthDatePrecision: 'BULAN' }, { ...akta, birthDate: '2013-03-15' })).toEqual([])
  expect(differingFields({ ...akta, birthDatePrecision: 'BULAN' }, { ...akta, birthDate: '2013-07-01' })).toEqual([
    'TANGGAL_LAHIR',
  ])
})
