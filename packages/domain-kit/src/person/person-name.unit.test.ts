import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { day, rulesOf, taken } from '../test-values.ts'
import { matchKeys, mayBeSameName, parsePersonName } from './person-name.ts'

const registeredNow = (name: unknown) => parsePersonName(name, { registeredOn: day('2026-11-23') })

describe('reading a name', () => {
  test('the original is shown, with tidy spaces; the raw text is kept beside (ID-19, EC-08)', () => {
    const parsed = parsePersonName('  Moch.  Rizki\tRamadhan ')
    expect(taken(parsed).display).toBe('Moch. Rizki Ramadhan')
    expect(parsed.raw).toBe('  Moch.  Rizki\tRamadhan ')
  })

  test('a one-word name is a name, and no surname is made up (EC-09)', () => {
    expect(taken(parsePersonName('Suyatno')).display).toBe('Suyatno')
    expect(rulesOf(parsePersonName('Suyatno'))).toEqual([])
  })

  test.each(['I Gede Oka Putra', 'Lalu Ahmad bin Lalu Said', 'Baiq Nurul Hidayati'])(
    '%s stays whole (EC-10)',
    (name) => {
      expect(taken(parsePersonName(name)).display).toBe(name)
      expect(taken(parsePersonName(name)).keys).toContain(name.toUpperCase())
    },
  )

  test.each([
    ['one word', 'Suyatno'],
    ['an abbreviation', 'Moh. Rizki'],
    ['an initial', 'Rizki R'],
    ['digits', 'Rizki Ramadhan 2'],
    ['an apostrophe', "Nur'aini Putri"],
    ['more than 60 letters', `Rizki ${'a'.repeat(60)}`],
  ])('%s is W for who was registered after 21 April 2022, and nothing before (ID-19)', (_case, name) => {
    expect(rulesOf(registeredNow(name))).toEqual(['W ID-19'])
    expect(rulesOf(parsePersonName(name, { registeredOn: day('2022-04-21') }))).toEqual([])
    expect(rulesOf(parsePersonName(name))).toEqual([])
  })

  test('a full name of two words passes without a word (ID-19)', () => {
    expect(rulesOf(registeredNow('Rizki Ramadhan'))).toEqual([])
  })

  test.each([
    [''],
    ['   '],
    [null],
    [42],
    ['12345'],
    ['...'],
    ['a'.repeat(121)],
    ['a'.repeat(1_000_000)],
    ['Rizki\u0000'],
    ['\ud800'],
  ])('what is no name is refused (ID-19)', (input) => {
    expect(rulesOf(parsePersonName(input))).toEqual(['E ID-19'])
  })

  test('parse(format(name)) = name: reading what is shown changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const parsed = parsePersonName(text)
        if (!parsed.ok) return
        expect(taken(parsePersonName(parsed.value.display))).toEqual(parsed.value)
      }),
    )
  })
})

describe('match keys', () => {
  test.each(['MOCH.', 'Moh', 'Mohd.', 'Muh.', 'Muhamad', 'Mohamad', 'Mohammad', 'M.', 'Muhammad', 'Mochammad'])(
    '%s Rizki is found as MUHAMMAD RIZKI (ID-20, EC-08)',
    (first) => {
      expect(matchKeys(`${first} Rizki`)[0]).toBe('MUHAMMAD RIZKI')
    },
  )

  test.each([
    ['Abd. Rahman', 'ABDUL RAHMAN'],
    ['St. Aminah', 'SITI AMINAH'],
    ['H. Ahmad Fauzi', 'AHMAD FAUZI'],
    ['Hj. Siti Rahmah, S.Pd.', 'SITI RAHMAH'],
    ['Dr. H. M. Yusuf, S.E., M.M.', 'MUHAMMAD YUSUF'],
    ['Nurul Huda S.Pd.I', 'NURUL HUDA'],
    ["Nur'aini", 'NURAINI'],
    ['Siti-Aminah', 'SITI AMINAH'],
    ['José Maria', 'JOSE MARIA'],
    ['H.', 'H'],
    [', S.E.', 'SE'],
    ['M', 'M'],
  ])('%s is found as %s (ID-20)', (name, key) => {
    expect(matchKeys(name)[0]).toBe(key)
  })

  test.each([
    ['Soeharto', 'Suharto'],
    ['Djoko Susilo', 'Joko Susilo'],
    ['Tjahjo Utomo', 'Cahyo Utomo'],
    ['Sjarif', 'Syarif'],
    ['Jusuf', 'Yusuf'],
    ['Djojo', 'Joyo'],
    ['Moch. Soedjono', 'Muhammad Sujono'],
  ])('%s in old spelling may be %s (ID-20)', (old, today) => {
    expect(mayBeSameName(old, today)).toBe(true)
    expect(mayBeSameName(today, old)).toBe(true)
  })

  test('other names are other names; a name without letters is nobody', () => {
    expect(mayBeSameName('Siti Aminah', 'Siti Rahmah')).toBe(false)
    expect(mayBeSameName('...', '!!!')).toBe(false)
  })

  test('whoever has a name has a key: an empty one would be the beginning of every name (ID-20)', () => {
    const words = fc.constantFrom('H.', 'S.E.', 'Siti', ',', '.', '-', 'M.')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(words).map((all) => all.join(' ')),
        ),
        (text) => {
          const name = parsePersonName(text)
          if (name.ok) expect(name.value.keys[0]).not.toBe('')
        },
      ),
    )
  })

  test('the plain key of a plain key is itself, whatever the text (ID-20)', () => {
    const words = fc.constantFrom(
      'M.',
      'H.',
      'ST',
      'SE',
      'S.Pd',
      'Abd',
      'Dr',
      'Moch',
      'Jaja',
      'Siti',
      ',',
      'OE',
      '-',
      "'",
    )
    const names = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(words).map((all) => all.join(' ')),
    )
    fc.assert(
      fc.property(names, (name) => {
        const [plain] = matchKeys(name)
        expect(matchKeys(plain)[0]).toBe(plain)
      }),
    )
  })
})
