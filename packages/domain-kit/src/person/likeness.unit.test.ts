import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jaroWinkler, skeletonOf, soundOf } from './likeness.ts'

describe('Jaro–Winkler', () => {
  test.each([
    ['MARTHA', 'MARHTA', 0.9611],
    ['DIXON', 'DICKSONX', 0.8133],
    ['DWAYNE', 'DUANE', 0.84],
    ['JELLYFISH', 'SMELLYFISH', 0.8963],
    ['ABCVWXYZ', 'CABVWXYZ', 0.9583],
    ['RIZKI', 'RIZKA', 0.92],
    ['SITI', 'BUDI', 0.5],
    ['A', '', 0],
    ['', '', 1],
  ])('%s and %s are %f alike, as Winkler has it (ID-21)', (one, other, likeness) => {
    expect(jaroWinkler(one, other)).toBeCloseTo(likeness, 4)
  })

  test('whichever comes first, the answer is one number from 0 to 1; only the same word is 1 (ID-21)', () => {
    const word = fc.string({ unit: fc.constantFrom('A', 'B', 'N', 'U'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, (one, other) => {
        const likeness = jaroWinkler(one, other)
        expect(jaroWinkler(other, one)).toBeCloseTo(likeness, 10)
        expect(likeness).toBeGreaterThanOrEqual(0)
        expect(likeness === 1).toBe(one === other)
      }),
    )
  })
})

describe('the sound of a word', () => {
  test.each([
    ['FADHIL', 'FADIL'],
    ['SYAIFUL', 'SAIFUL'],
    ['RIZQI', 'RISKY'],
    ['ACHMAD', 'AHMAD'],
    ['JUSUF', 'YUSUP'],
    ['SOEHARTO', 'SUHARTO'],
    ['TJAHJO', 'CAHYO'],
    ['DJOKO', 'JOKO'],
    ['SJARIF', 'SYARIF'],
    ['KHOIRUL', 'CHOIRUL'],
    ['CHRISTIAN', 'KRISTYAN'],
    ['NISSAH', 'NISA'],
    ['AISYAH', 'AISAH'],
    ['NOVITA', 'NOFITA'],
    ['ZAENAL', 'ZAINAL'],
  ])('%s sounds like %s (ID-20)', (one, other) => {
    expect(soundOf(one)).toBe(soundOf(other))
  })

  test.each([
    ['PUTRA', 'PUTRI'],
    ['RIZKI', 'RIZKA'],
    ['DEWI', 'DEWA'],
    ['HASAN', 'HUSEIN'],
    ['BUDI', 'RUDI'],
    ['DONI', 'DANI'],
  ])('%s does not sound like %s: they are two names (EC-06)', (one, other) => {
    expect(soundOf(one)).not.toBe(soundOf(other))
  })

  test('a misheard vowel leaves the consonants (ID-20)', () => {
    expect(skeletonOf(soundOf('ROHMAN'))).toBe(skeletonOf(soundOf('RAHMAN')))
    expect(skeletonOf(soundOf('ROMADHON'))).toBe(skeletonOf(soundOf('RAMADHAN')))
  })

  test('every word has a sound and a skeleton: nobody is found by nothing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{1,12}$/), (word) => {
        expect(soundOf(word)).not.toBe('')
        expect(skeletonOf(soundOf(word))).not.toBe('')
      }),
    )
  })
})
