import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDay, rulesOf, taken } from '../test-values.ts'
import { formatNip, parseNip } from './nip.ts'

test('a NIP tells birth date, appointment, sex and sequence (ID-16)', () => {
  expect(taken(parseNip('19990101 202203 2 001'))).toMatchObject({
    appointedYear: 2022,
    appointedMonth: 3,
    kind: 'PNS',
    sex: 'P',
    sequence: 1,
  })
})

test("21 in the month's place is a PPPK, and is taken (ID-16)", () => {
  expect(parseNip('19990101 202221 1 007')).toMatchObject({ ok: true, value: { kind: 'PPPK', appointedMonth: null } })
})

test.each([
  ['month 13 of appointment', '19990101 202213 1 001'],
  ['no such birth date', '19990230 202203 1 001'],
  ['sex 3', '19990101 202203 3 001'],
  ['appointed before birth', '19990101 199803 1 001'],
  ['seventeen digits', '19990101 202203 1 01'],
  ['nothing', ''],
])('%s is refused (ID-16)', (_case, input) => {
  expect(rulesOf(parseNip(input))).toEqual(['E ID-16'])
})

test('parse(format(nip)) = nip, of PNS and PPPK (ID-16)', () => {
  const parts = fc
    .record({
      birthDate: anyDay({ from: '1950-01-01', to: '2005-12-31' }),
      appointedYear: fc.integer({ min: 2006, max: 2099 }),
      appointedMonth: fc.option(fc.integer({ min: 1, max: 12 })),
      sex: fc.constantFrom('L' as const, 'P' as const),
      sequence: fc.integer({ min: 0, max: 999 }),
    })
    .map((nip) => ({ ...nip, kind: nip.appointedMonth === null ? ('PPPK' as const) : ('PNS' as const) }))
  fc.assert(
    fc.property(parts, (nip) => {
      expect(taken(parseNip(formatNip(nip)))).toEqual({ ...nip, digits: formatNip(nip) })
    }),
  )
})
