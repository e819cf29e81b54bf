import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDay, day, rulesOf, taken } from '../test-values.ts'
import { formatAkta, isLateRegistration, parseAkta } from './akta.ts'

test('the modern form is taken apart (ID-17)', () => {
  expect(taken(parseAkta('9971-lt-20052013-0042')).form).toEqual({
    regency: '9971',
    kind: 'LT',
    issuedOn: day('2013-05-20'),
    sequence: 42,
  })
})

test.each(['123/Ist/1998', 'AL.700.0012345', '9971-LU-31022013-0042', 'No. 12/TP/1987'])(
  'another form is kept as it stands, never refused: %s (ID-17)',
  (text) => expect(parseAkta(text)).toMatchObject({ ok: true, value: { text, form: null }, warnings: [] }),
)

test('only an empty or an overlong text is refused (ID-17)', () => {
  expect(parseAkta('x'.repeat(50))).toMatchObject({ ok: true })
  for (const input of ['', null, 42, 'x'.repeat(51), 'x'.repeat(1_000_000)]) {
    expect(rulesOf(parseAkta(input))).toEqual(['E ID-17'])
  }
})

test('parse(format(akta)) = akta (ID-17)', () => {
  const form = fc.record({
    regency: fc.stringMatching(/^\d{4}$/),
    kind: fc.constantFrom('LU' as const, 'LT' as const),
    issuedOn: anyDay({ from: '1950-01-01', to: '2099-12-31' }),
    sequence: fc.integer({ min: 1, max: 99999 }),
  })
  fc.assert(
    fc.property(form, (akta) => {
      expect(taken(parseAkta(formatAkta(akta)))).toEqual({ text: formatAkta(akta), form: akta })
    }),
  )
})

test('the 60th day is in time, the 61st is late (ID-18)', () => {
  expect(isLateRegistration(day('2026-01-01'), day('2026-03-02'))).toBe(false)
  expect(isLateRegistration(day('2026-01-01'), day('2026-03-03'))).toBe(true)
})
