import { LEVELS } from '@satuanak/contracts'
import { expect, test } from 'vitest'
import { mayHaveNumber, mayTeach, SCHOOL_KIND_NAMES, SCHOOL_KINDS, statusOn } from './domain.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('a number with P is for PKBM and SKB, with K for LKP alone; digits are for all the others (ID-13)', () => {
  const kinds = (npsn: string) => SCHOOL_KIND_NAMES.filter((kind) => mayHaveNumber(kind, npsn))
  expect(kinds('P9900001')).toEqual(['PKBM', 'SKB'])
  expect(kinds('K9900001')).toEqual(['LKP'])
  expect(kinds('99000001')).toEqual(SCHOOL_KIND_NAMES.filter((kind) => kind !== 'LKP'))
})

test('every level is taught somewhere, and no formal school teaches a Paket (ID-14)', () => {
  const taught = SCHOOL_KIND_NAMES.flatMap((kind) => [...SCHOOL_KINDS[kind].levels])
  expect(new Set(taught)).toEqual(new Set(LEVELS))
  expect(mayTeach('SMP', ['PAKET_B'])).toBe(false)
  expect(mayTeach('PKBM', ['PAKET_A', 'PAKET_C'])).toBe(true)
})

test('a school teaches something, a course provider nothing that counts as schooling (ID-14)', () => {
  expect([mayTeach('SMP', []), mayTeach('LKP', []), mayTeach('LKP', ['SMA'])]).toEqual([false, true, false])
})

test('a school takes pupils until the day before its end, then is withdrawn or merged (EC-36)', () => {
  const closed = { closedOn: day('2026-07-01'), mergedInto: null }
  expect(statusOn(closed, day('2026-06-30'))).toBe('AKTIF')
  expect(statusOn(closed, day('2026-07-01'))).toBe('TUTUP')
  expect(statusOn({ closedOn: null, mergedInto: null }, day('2030-01-01'))).toBe('AKTIF')
})
