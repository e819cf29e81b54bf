import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as kit from './index.ts'
import { day } from './test-values.ts'

const today = day('2026-11-23')
const now = Temporal.Instant.from('2026-11-23T02:30:00Z')

/** Every function of this package that takes an input of unknown type. */
const CHECKS: Readonly<Record<string, (input: unknown) => kit.Checked<unknown>>> = {
  parseNik: (input) => kit.parseNik(input, { today }),
  parseKk: (input) => kit.parseKk(input, { today }),
  parseNisn: (input) => kit.parseNisn(input, { birthYear: 2013 }),
  parseNpsn: kit.parseNpsn,
  parseNip: kit.parseNip,
  parseAkta: kit.parseAkta,
  parseRegionCode: (input) => kit.parseRegionCode(input),
  parseRtRw: kit.parseRtRw,
  parsePersonName: (input) => kit.parsePersonName(input, { registeredOn: today }),
  parseBirthDate: (input) => kit.parseBirthDate(input, { today, expected: { from: 6, to: 21 } }),
  text: (input) => kit.text(input, { rule: 'X', max: 10 }),
  multilineText: (input) => kit.text(input, { rule: 'X', max: 10, multiline: true }),
  uuid: (input) => kit.uuid(input),
  oneOf: (input) => kit.oneOf(input, ['L', 'P'], { rule: 'X' }),
  wholeNumber: (input) => kit.wholeNumber(input, { rule: 'X', from: 1, to: 12 }),
  date: (input) => kit.date(input, { rule: 'X', latest: today }),
  instant: (input) => kit.instant(input, { rule: 'X', latest: now }),
  optional: (input) => kit.optional(input, (filled) => kit.parseNik(filled, { today })),
}

test('every parser of the package is in this table', () => {
  const parsers = Object.keys(kit).filter((name) => name.startsWith('parse'))
  expect(Object.keys(CHECKS)).toEqual(expect.arrayContaining(parsers))
})

const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.constantFrom<unknown>(Symbol('x'), () => 1, Temporal.PlainDate, today, now, 1e300, -0, 'x'.repeat(1_000_000)),
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[\d.,eE+\-/ ±~PK]{0,24}$/),
  fc.stringMatching(/^\d{16}$/),
  fc.stringMatching(/^\d{18}$/),
  fc.stringMatching(/^\d{4}-L[UT]-\d{8}-\d{4}$/),
  fc.stringMatching(/^\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?$/),
)

test.each(Object.entries(CHECKS))(
  '%s: no input of any kind throws; each refusal names a rule and a remedy in both languages',
  (_name, check) => {
    fc.assert(
      fc.property(anything, (input) => {
        const checked = check(input)
        if (!checked.ok) expect(checked.problems.length).toBeGreaterThan(0)
        for (const { level, rule, message } of checked.ok ? checked.warnings : checked.problems) {
          expect(level === 'E').toBe(!checked.ok)
          expect(rule).toMatch(/^[A-Z]/)
          // A remedy is a second sentence.
          for (const sentence of [message.id, message.en])
            expect(sentence).toMatch(/[.:] .*\.$|^Pilih|^Choose|^Isi|^Give/)
        }
      }),
      { numRuns: 500 },
    )
  },
)

test.each([
  ['matchKeys', kit.matchKeys],
  ['maskNik', kit.maskNik],
  ['regenciesOf', kit.regenciesOf],
  ['regionName', kit.regionName],
  ['zoneOf', kit.zoneOf],
  ['villageByOldName', kit.villageByOldName],
] as const)('%s: no text throws', (_name, read) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(() => read(text)).not.toThrow()
    }),
  )
})
