import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyDay, day, rulesOf, taken } from '../test-values.ts'
import { columnLostLastDigit, compareNik, formatNik, maskNik, type NikParts, parseNik, seeCell } from './nik.ts'

const today = day('2026-11-23')
const read = (input: unknown) => parseNik(input, { today, testRegion: true })

/** Built from parts, so that no number of a real region stands in this file. */
const nikOf = (region: string, rest: Partial<NikParts> = {}) =>
  formatNik({ region, birthDate: day('2013-05-20'), sex: 'L', sequence: 1, ...rest })

describe('the form of a NIK', () => {
  test('a NIK tells region, birth date, sex and sequence (ID-01)', () => {
    expect(taken(read('9971016005130042'))).toEqual({
      digits: '9971016005130042',
      region: '997101',
      sex: 'P',
      sequence: 42,
      birthDate: day('2013-05-20'),
    })
    expect(rulesOf(read('9971016005130042'))).toEqual([])
  })

  test('spaces, dots and dashes are stripped, and the raw text is kept beside (ID-02)', () => {
    const typed = ' 99.71.01-200513\u00a0-\u200b0001 '
    expect(read(typed)).toMatchObject({ ok: true, raw: typed, value: { digits: '9971012005130001' } })
  })

  test.each([
    ['fifteen digits', '997101200513001'],
    ['seventeen digits', '99710120051300011'],
    ['a letter at the end', '997101200513000A'],
    ['Arabic-Indic digits', '٩٩٧١٠١٢٠٠٥١٣٠٠٠١'],
    ['all digits equal', '1'.repeat(16)],
    ['sequence 0000', '9971012005130000'],
    ['nothing', ''],
    ['null', null],
    ['an object', { nik: '9971012005130001' }],
    ['a megabyte', '9'.repeat(1_000_000)],
  ])('%s is refused (ID-02)', (_case, input) => {
    expect(rulesOf(read(input))).toEqual(['E ID-02'])
  })

  test.each([
    ['day 00', '9971010005130001'],
    ['day 32', '9971013205130001'],
    ['day 40, between man and woman', '9971014005130001'],
    ['day 72', '9971017205130001'],
    ['month 00', '9971012000130001'],
    ['month 13', '9971012013130001'],
    ['31 April', '9971013104130001'],
    ['29 February of a common year', '9971012902130001'],
    ['a woman born on 30 February', '9971017002130001'],
  ])('%s is refused (ID-03)', (_case, input) => {
    expect(rulesOf(read(input))).toEqual(['E ID-03'])
  })

  test('29 February is taken where the chosen century has it (ID-04)', () => {
    expect(taken(read('9971012902120001')).birthDate).toEqual(day('2012-02-29'))
  })

  test('a two-digit year is of this century unless that day is still to come (ID-04)', () => {
    expect(taken(read('9971012311260001')).birthDate).toEqual(day('2026-11-23'))
    expect(taken(read('9971012411260001')).birthDate).toEqual(day('1926-11-24'))
  })

  test('an age over 25 is flagged for a child, not for an adult (ID-04)', () => {
    expect(rulesOf(read('9971012005790001'))).toEqual(['W ID-04'])
    expect(rulesOf(parseNik('9971012005790001', { today, testRegion: true, whose: 'adult' }))).toEqual([])
    expect(rulesOf(read('9971012311010001'))).toEqual([]) // 25 today
  })
})

describe('trap ID-05: a NIK never changes', () => {
  const nik = { region: '997101', birthDate: day('2013-05-20'), sex: 'L', sequence: 1 } as const

  test('another birth date than the akta is W, never E (ID-05, EC-03)', () => {
    const notices = compareNik(nik, { birthDate: { date: day('2013-06-20'), precision: 'HARI' }, sex: 'L' })
    expect(notices.map(({ level, rule }) => `${level} ${rule}`)).toEqual(['W ID-05'])
  })

  test('another sex than declared is W, never E (ID-05, EC-04)', () => {
    const notices = compareNik(nik, { birthDate: { date: day('2013-05-20'), precision: 'HARI' }, sex: 'P' })
    expect(notices.map(({ level, rule }) => `${level} ${rule}`)).toEqual(['W ID-05'])
  })

  test('a birth date is compared no finer than it is known (ID-05, ID-22)', () => {
    expect(compareNik(nik, { birthDate: { date: day('2013-05-15'), precision: 'BULAN' } })).toEqual([])
    expect(compareNik(nik, { birthDate: { date: day('2013-07-01'), precision: 'TAHUN' } })).toEqual([])
    expect(compareNik(nik, { birthDate: { date: day('2010-07-01'), precision: 'TAKSIRAN' } })).toEqual([])
    expect(compareNik(nik, { birthDate: { date: day('2013-06-15'), precision: 'BULAN' } })).toHaveLength(1)
    expect(compareNik(nik, { birthDate: { date: day('2012-07-01'), precision: 'TAHUN' } })).toHaveLength(1)
  })

  test('what was not declared is not compared', () => {
    expect(compareNik(nik, { birthDate: null, sex: null })).toEqual([])
  })
})

describe('the region of a NIK', () => {
  test('a region of today passes without a word (ID-06)', () => {
    expect(rulesOf(read(nikOf('337501')))).toEqual([])
  })

  test.each([
    ['64' + '7301', 'Kota Tarakan'],
    ['91' + '0101', 'Kabupaten Merauke'],
  ])('the old prefix %s is taken and named as %s (ID-06, EC-15)', (region, now) => {
    const parsed = read(nikOf(region))
    expect(rulesOf(parsed)).toEqual(['W ID-06'])
    expect(parsed.ok && parsed.warnings[0]?.message.id).toContain(now)
  })

  test('an unknown prefix is W, never E; region 99 only where it is not expected (ID-06, PV-17)', () => {
    expect(rulesOf(read(nikOf('400101')))).toEqual(['W ID-06'])
    expect(rulesOf(parseNik('9971012005130001', { today }))).toEqual(['W ID-06'])
  })
})

describe('trap ID-07: a NIK that went through a spreadsheet', () => {
  test.each(['3.37501E+15', '3,37501e15', '9.97101E+15', Number('9971012005130001'), 9.971e15, Number.NaN])(
    '%s is refused, and the remedy is a text column',
    (cell) => {
      const parsed = read(cell)
      expect(rulesOf(parsed)).toEqual(['E ID-07'])
      expect(!parsed.ok && parsed.problems[0]?.message.id).toContain('Teks')
    },
  )

  const columnOf = (cells: readonly unknown[]) =>
    columnLostLastDigit(cells.reduce(seeCell, { filled: 0, endingInZero: 0 }))

  test('a column in which every number ends in 0 is flagged once', () => {
    const column = ['9971012005130010', null, '99.7101.200513.0020', '', '9971012005130030']
    expect(columnOf(column)).toMatchObject({ level: 'W', rule: 'ID-07' })
  })

  test('one other digit, or fewer than three numbers, is no sign', () => {
    expect(columnOf(['9971012005130010', '9971012005130020', '9971012005130031'])).toBeNull()
    expect(columnOf(['9971012005130010', '9971012005130020'])).toBeNull()
    expect(columnOf([])).toBeNull()
  })
})

test('only the last four digits are shown, and nothing of what is no NIK (PV-10)', () => {
  expect(maskNik('9971012005130001')).toBe('************0001')
  expect(maskNik('99710120')).toBe('****************')
})

test('parse(format(nik)) = nik, for every region, day, sex and sequence (ID-01)', () => {
  const parts = fc.record({
    region: fc.integer({ min: 110101, max: 999999 }).map(String),
    birthDate: anyDay({ from: '1926-11-24', to: '2026-11-23' }),
    sex: fc.constantFrom('L' as const, 'P' as const),
    sequence: fc.integer({ min: 1, max: 9999 }),
  })
  fc.assert(
    fc.property(parts, (nik) => {
      expect(taken(read(formatNik(nik)))).toEqual({ ...nik, digits: formatNik(nik) })
    }),
  )
})

test('no sentence ever repeats digits of the NIK it speaks of (ID-09)', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^99\d{14}$/), (digits) => {
      const parsed = parseNik(digits, { today })
      const said = JSON.stringify(parsed.ok ? parsed.warnings : parsed.problems)
      for (let at = 0; at + 4 <= 16; at++) expect(said).not.toContain(digits.slice(at, at + 4))
    }),
  )
})
