import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { problem, warning } from './notice.ts'
import { parseNik } from './numbers/nik.ts'
import { parseRtRw } from './place/regions.ts'
import { InvalidInput } from './refusal.ts'
import { day, rulesOf, taken } from './test-values.ts'
import { date, fields, given, instant, list, oneOf, optional, orRefuse, text, uuid, wholeNumber } from './validation.ts'

const today = day('2026-11-23')
const note = (input: unknown) => text(input, { rule: 'TPI-05', max: 20, multiline: true })

function refusalOf(run: () => unknown): InvalidInput {
  try {
    run()
  } catch (refusal) {
    if (refusal instanceof InvalidInput) return refusal
    throw refusal
  }
  throw new Error('nothing was refused')
}

describe('all problems of an input at once', () => {
  const check = (input: { name: unknown; nik: unknown; rt: unknown }) =>
    fields({
      name: text(input.name, { rule: 'TUN-03', max: 120 }),
      nik: optional(input.nik, (nik) => parseNik(nik, { today })),
      address: fields({ rt: parseRtRw(input.rt) }),
    })

  test('a sound input comes back typed, with its warnings under their fields', () => {
    const { value, warnings } = orRefuse(check({ name: ' Rizki ', nik: '9971012005130001', rt: '1' }))
    const name: string = value.name
    const digits: string | undefined = value.nik?.digits
    expect([name, digits, value.address.rt]).toEqual(['Rizki', '9971012005130001', '001'])
    expect(warnings).toMatchObject([{ field: 'nik', level: 'W', rule: 'ID-06' }])
  })

  test('every wrong field is named in one refusal, nested ones by path, each with rule and remedy', () => {
    const refusal = refusalOf(() => orRefuse(check({ name: '', nik: '12', rt: 'satu' })))
    expect(refusal.code).toBe('INVALID_INPUT')
    expect(refusal.problems.map(({ field, rule }) => [field, rule])).toEqual([
      ['name', 'TUN-03'],
      ['nik', 'ID-02'],
      ['address.rt', 'ID-24'],
    ])
    expect(refusal.problems.every(({ message }) => message.id && message.en)).toBe(true)
  })

  test('what is not filled in is null where it may be, whatever way it is empty', () => {
    for (const nik of [null, undefined, '', '  ']) {
      expect(taken(check({ name: 'Rizki', nik, rt: null })).nik).toBeNull()
    }
  })

  test('rules between fields are asked once each field is sound, and keep the field they name', () => {
    const between = (from: string, to: string) =>
      fields({ from: date(from, { rule: 'X-1' }), to: date(to, { rule: 'X-1' }) }, ({ from, to }) => [
        ...(Temporal.PlainDate.compare(from, to) > 0 ? [problem('X-2', { id: 'Tukar.', en: 'Swap.' }, 'to')] : []),
        ...(from.equals(to) ? [warning('X-3', { id: 'Sama.', en: 'The same.' })] : []),
      ])
    expect(rulesOf(between('2026-01-02', '2026-01-01'))).toEqual(['E X-2'])
    expect(rulesOf(between('2026-01-02', 'besok'))).toEqual(['E X-1'])
    expect(rulesOf(between('2026-01-02', '2026-01-02'))).toEqual(['W X-3'])
  })

  test('each entry of a list is checked, and named by its place', () => {
    const limits = { rule: 'TPI-05', max: 3 }
    expect(taken(list(['a', 'b'], note, limits))).toEqual(['a', 'b'])
    const wrong = list(['a', '', 'c'], note, limits)
    expect(wrong.ok || wrong.problems.map(({ field }) => field)).toEqual(['1'])
    expect(rulesOf(list(['a', 'b', 'c', 'd'], note, limits))).toEqual(['E TPI-05'])
  })

  test('a value the schema has typed already passes as it is', () => {
    expect(taken(fields({ precision: given('HARI' as const) }))).toEqual({ precision: 'HARI' })
  })
})

describe('free text', () => {
  test('is trimmed, in NFC, with single spaces on one line', () => {
    expect(taken(text('  Jl. \t Cafe\u0301\n 3 ', { rule: 'TUN-03', max: 120 }))).toBe('Jl. Café 3')
  })

  test('keeps line breaks where it may have several lines', () => {
    expect(taken(note(' satu\r\ndua\ttiga '))).toBe('satu\ndua\ttiga')
  })

  test('of exactly the limit is taken, one more is refused; characters count, not bytes', () => {
    expect(taken(note('👧'.repeat(20)))).toBe('👧'.repeat(20))
    expect(taken(note('e\u0301'.repeat(20)))).toBe('é'.repeat(20))
    expect(rulesOf(note('👧'.repeat(21)))).toEqual(['E TPI-05'])
  })

  test.each([
    ['nothing', ''],
    ['only spaces', '   '],
    ['null', null],
    ['a number', 42],
    ['a megabyte', 'x'.repeat(1_000_000)],
    ['a zero byte', 'a\u0000b'],
    ['an escape', 'a\u001bb'],
    ['half a character', 'a\ud83d'],
    ['text that turns its direction', 'a\u202eb'],
    ['only an invisible space', '\u200b'],
  ])('%s is refused under the rule of its field', (_case, input) => {
    expect(rulesOf(note(input))).toEqual(['E TPI-05'])
  })

  test('a refused megabyte is not kept as raw text', () => {
    expect(note('x'.repeat(1_000_000)).raw.length).toBeLessThanOrEqual(20)
  })

  test('cleaning what is clean changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (input, multiline) => {
        const once = text(input, { rule: 'TUN-03', max: 50, multiline })
        if (once.ok) expect(taken(text(once.value, { rule: 'TUN-03', max: 50, multiline }))).toBe(once.value)
      }),
    )
  })
})

describe('codes, numbers, days and moments', () => {
  test('a UUID is lower-cased; anything else is refused (ID-09)', () => {
    expect(taken(uuid('0190B5A6-7C3E-7F00-8A3B-3F0D9C1E2A44'))).toBe('0190b5a6-7c3e-7f00-8a3b-3f0d9c1e2a44')
    for (const input of ['', null, 'x', '0190b5a6-7c3e-7f00-8a3b', 'a'.repeat(1_000_000), 7]) {
      expect(rulesOf(uuid(input))).toEqual(['E ID-09'])
    }
  })

  test('a code is one of the list, exactly', () => {
    expect(taken(oneOf('L', ['L', 'P'], { rule: 'TUN-03' }))).toBe('L')
    for (const input of ['l', '', null, 1, 'toString']) {
      expect(rulesOf(oneOf(input, ['L', 'P'], { rule: 'TUN-03' }))).toEqual(['E TUN-03'])
    }
  })

  test('a whole number lies within its limits, both included', () => {
    const grade = (input: unknown) => wholeNumber(input, { rule: 'ID-14', from: 1, to: 12 })
    expect([taken(grade(1)), taken(grade(12))]).toEqual([1, 12])
    for (const input of [0, 13, 1.5, Number.NaN, '5', null]) expect(rulesOf(grade(input))).toEqual(['E ID-14'])
  })

  test('a day lies within its bounds, both included', () => {
    const bounds = { rule: 'TPI-04', earliest: day('2026-11-01'), latest: today }
    expect(taken(date('2026-11-23', bounds))).toEqual(today)
    expect(taken(date(day('2026-11-01'), bounds))).toEqual(day('2026-11-01'))
    for (const input of ['2026-11-24', '2026-10-31', '2026-11-31', '23-11-2026', '', null, 20261123]) {
      expect(rulesOf(date(input, bounds))).toEqual(['E TPI-04'])
    }
  })

  test('a moment needs its offset, and lies within its bounds', () => {
    const now = Temporal.Instant.from('2026-11-23T02:30:00Z')
    const bounds = { rule: 'TPI-04', latest: now }
    expect(taken(instant('2026-11-23T09:30:00+07:00', bounds)).epochMilliseconds).toBe(now.epochMilliseconds)
    expect(taken(instant(now, bounds)).epochMilliseconds).toBe(now.epochMilliseconds)
    for (const input of ['2026-11-23T09:30:00', '2026-11-23T09:30:01+07:00', '2026-11-23', '2026-13-23T09:30Z', '']) {
      expect(rulesOf(instant(input, bounds))).toEqual(['E TPI-04'])
    }
  })
})
