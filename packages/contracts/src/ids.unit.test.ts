import { expect, test } from 'vitest'
import { ChildId, KelurahanCode, Npsn } from './ids.ts'

test('one child has one spelling of its id: upper case is read as lower case', () => {
  const id = '01A2091D-7289-77C9-B982-53047452F3E6'
  expect(ChildId.parse(id)).toBe(id.toLowerCase())
})

test.each(['33.75.01.1001'])('%s is a kelurahan code (ID-23)', (code) => {
  expect(KelurahanCode.safeParse(code).success).toBe(true)
})

test.each(['3375011001', '33.75.01', '33.75.01.10011', ''])('"%s" is no kelurahan code (ID-23)', (code) => {
  expect(KelurahanCode.safeParse(code).success).toBe(false)
})

test.each(['20329512', 'P9908123', 'K9908123'])('%s is an NPSN: schools, PKBM and course providers (ID-13)', (npsn) => {
  expect(Npsn.safeParse(npsn).success).toBe(true)
})

test.each(['2032951', '203295123', 'X9908123', 'p9908123'])('%s is no NPSN (ID-13)', (npsn) => {
  expect(Npsn.safeParse(npsn).success).toBe(false)
})
