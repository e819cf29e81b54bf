import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDay, day, rulesOf, taken } from '../test-values.ts'
import { formatKk, parseKk } from './kk.ts'

const today = day('2026-11-23')
const read = (input: unknown) => parseKk(input, { today, testRegion: true })

test('a No. KK tells region, day of registration and sequence (ID-10)', () => {
  expect(taken(read('99.7101.150109.0003'))).toEqual({
    digits: '9971011501090003',
    region: '997101',
    registeredOn: day('2009-01-15'),
    sequence: 3,
  })
})

test("a day over 40 is a woman's NIK, not a No. KK (ID-10)", () => {
  expect(rulesOf(read('9971015501090003'))).toEqual(['E ID-10'])
})

test.each([[''], [null], ['997101150109'], ['1'.repeat(16)], ['9971011501090000'], ['x'.repeat(1_000_000)]])(
  'what is no No. KK is refused (ID-10)',
  (input) => expect(rulesOf(read(input))).toEqual(['E ID-10']),
)

test('a No. KK from a numeric cell is refused (ID-07)', () => {
  expect(rulesOf(read('9.97101E+15'))).toEqual(['E ID-07'])
})

test('an unknown region is flagged (ID-06)', () => {
  expect(rulesOf(parseKk('9971011501090003', { today }))).toEqual(['W ID-06'])
})

test('parse(format(kk)) = kk (ID-10)', () => {
  const parts = fc.record({
    region: fc.integer({ min: 110101, max: 999999 }).map(String),
    registeredOn: anyDay({ from: '1926-11-24', to: '2026-11-23' }),
    sequence: fc.integer({ min: 1, max: 9999 }),
  })
  fc.assert(
    fc.property(parts, (kk) => {
      expect(taken(read(formatKk(kk)))).toEqual({ ...kk, digits: formatKk(kk) })
    }),
  )
})
