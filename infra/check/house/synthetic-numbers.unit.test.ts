import { expect, test } from 'vitest'
import { placeOf, trackedLines } from './source-lines.ts'

/**
 * Sixteen digits by themselves: a NIK or a KK, unless it is one of the synthetic region 99. JavaScript's largest safe
 * integer, which JSON Schema writes as a bound, has sixteen too; no region begins with 90.
 */
const PERSONAL_NUMBER = new RegExp(`(?<![0-9a-z])(?!99|${Number.MAX_SAFE_INTEGER})\\d{16}(?![0-9a-z])`, 'i')

test('every number of 16 digits in the repository is synthetic: it begins with 99', () => {
  const places = trackedLines().filter(({ text }) => PERSONAL_NUMBER.test(text))
  // The place only: the number may be somebody's.
  expect(places.map(placeOf)).toEqual([])
})

test('a NIK of a real region is recognised, one of region 99 and a longer number are not', () => {
  const real = `${33}${'7'.repeat(14)}`
  expect(PERSONAL_NUMBER.test(`nik: '${real}'`)).toBe(true)
  expect(PERSONAL_NUMBER.test(`nik: '99${real.slice(2)}'`)).toBe(false)
  expect(PERSONAL_NUMBER.test(`${real}0`)).toBe(false)
})
