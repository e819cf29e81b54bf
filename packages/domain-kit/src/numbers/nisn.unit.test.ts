import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rulesOf } from '../test-values.ts'
import { parseNisn } from './nisn.ts'

describe('trap ID-12: a NISN has leading zeros', () => {
  test('ten digits are taken as they are, zeros in front included', () => {
    expect(parseNisn('0131234567')).toMatchObject({ ok: true, value: '0131234567', warnings: [] })
  })

  test.each([
    ['131234567', '0131234567'],
    ['31234567', '0031234567'],
    [131234567, '0131234567'],
  ])('%s has lost zeros: refused, and the padded number proposed for a human to confirm', (input, proposal) => {
    const parsed = parseNisn(input)
    expect(rulesOf(parsed)).toEqual(['E ID-12'])
    expect(parsed).toMatchObject({ proposal })
  })

  test('seven digits, letters or nothing are refused without a proposal', () => {
    for (const input of ['1234567', '013123456X', '', null, undefined, '1'.repeat(1_000_000)]) {
      const parsed = parseNisn(input)
      expect(rulesOf(parsed)).toEqual(['E ID-12'])
      expect(parsed).not.toHaveProperty('proposal')
    }
  })

  test('another birth year than the first three digits is W only', () => {
    expect(rulesOf(parseNisn('0131234567', { birthYear: 2013 }))).toEqual([])
    expect(rulesOf(parseNisn('0131234567', { birthYear: 2012 }))).toEqual(['W ID-12'])
    expect(rulesOf(parseNisn('9981234567', { birthYear: 1998 }))).toEqual([])
  })
})

test('parse(format(nisn)) = nisn: any ten digits, however they were spaced (ID-12)', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{10}$/), (nisn) => {
      expect(parseNisn(nisn)).toMatchObject({ ok: true, value: nisn })
      expect(parseNisn(` ${nisn.slice(0, 3)} ${nisn.slice(3)}`)).toMatchObject({ ok: true, value: nisn })
    }),
  )
})
