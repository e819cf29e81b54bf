import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rulesOf } from '../test-values.ts'
import { parseNpsn } from './npsn.ts'

describe('trap ID-13: an NPSN is not always eight digits', () => {
  test.each([
    ['99000001', 'SEKOLAH'],
    ['P9999999', 'PKBM_SKB'],
    ['K9999999', 'LKP'],
  ])('%s is the number of a %s', (code, kind) => {
    expect(parseNpsn(code)).toMatchObject({ ok: true, value: { code, kind }, warnings: [] })
  })

  test('a small p or k and spaces are tidied', () => {
    expect(parseNpsn(' p999 9999 ')).toMatchObject({ ok: true, raw: ' p999 9999 ', value: { code: 'P9999999' } })
  })

  test.each([['P99999999'], ['X9999999'], ['9900000'], ['990000010'], [''], [null], ['9'.repeat(1_000_000)]])(
    'what is neither is refused',
    (input) => expect(rulesOf(parseNpsn(input))).toEqual(['E ID-13']),
  )
})

test('parse(format(npsn)) = npsn (ID-13)', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^(\d{8}|[PK]\d{7})$/), (code) => {
      expect(parseNpsn(code)).toMatchObject({ ok: true, value: { code } })
    }),
  )
})
