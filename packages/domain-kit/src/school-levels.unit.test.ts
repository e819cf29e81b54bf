import { expect, test } from 'vitest'
import { SCHOOL_FORMS, stageOfGrade } from './school-levels.ts'

test('grades 1-6 are SD, 7-9 SMP, 10-12 SMA, others none (ID-14)', () => {
  expect([1, 6, 7, 9, 10, 12].map(stageOfGrade)).toEqual(['SD', 'SD', 'SMP', 'SMP', 'SMA', 'SMA'])
  expect([0, 13, -1, 6.5, Number.NaN].map(stageOfGrade)).toEqual([null, null, null, null, null])
})

test('the regency runs PAUD to SMP and non-formal; SMA, SMK and SLB are provincial; madrasah are of Kemenag (ID-14)', () => {
  const runBy = (names: (keyof typeof SCHOOL_FORMS)[]) => new Set(names.map((name) => SCHOOL_FORMS[name].runBy))
  expect(runBy(['PAUD', 'TK', 'SD', 'SMP', 'PAKET_A', 'PAKET_B', 'PAKET_C'])).toEqual(new Set(['KAB_KOTA']))
  expect(runBy(['SMA', 'SMK', 'SDLB', 'SMPLB', 'SMALB'])).toEqual(new Set(['PROVINSI']))
  expect(runBy(['RA', 'MI', 'MTS', 'MA', 'MAK'])).toEqual(new Set(['KEMENAG']))
})
