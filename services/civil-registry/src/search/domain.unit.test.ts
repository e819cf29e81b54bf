import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formsOf, isLike, wordsOf } from './domain.ts'

test.for([
  ['KINASIH', 'KINASIH', 'the same'],
  ['KINASI', 'KINASIH', 'a letter missing'],
  ['KINNASIH', 'KINASIH', 'a letter too many'],
  ['KINOSIH', 'KINASIH', 'a letter wrong'],
  ['KIANSIH', 'KINASIH', 'two letters in each other’s place'],
  ['SOEHARTO', 'SUHARTO', 'old spelling OE'],
  ['DJOKO', 'JOKO', 'old spelling DJ'],
  ['TJAHJA', 'CAHYA', 'old spelling TJ and J'],
  ['SJARIF', 'SYARIF', 'old spelling SJ'],
  ['SOEHARTI', 'SUHARTO', 'old spelling and a slip'],
] as const)('%s finds %s: %s (ID-20)', ([asked, standing]) => {
  expect(isLike(asked, standing)).toBe(true)
})

test.for([
  ['EKO', 'EKA', 'short words are other names, a letter apart'],
  ['RIZQI', 'RISKY', 'more than one slip'],
  ['BUDI', 'UDIN', 'a letter missing and another too many'],
  ['SITI', 'WATI', 'two letters wrong'],
] as const)('%s does not find %s: %s (ID-20)', ([asked, standing]) => {
  expect(isLike(asked, standing)).toBe(false)
})

/** Words near each other: few letters, those of old spelling among them. */
const word = fc.string({
  unit: fc.constantFrom('A', 'D', 'E', 'J', 'O', 'S', 'T', 'U', 'Y'),
  minLength: 1,
  maxLength: 7,
})

test('words that are alike always share a form, so that none is missed, and likeness is mutual (ID-20)', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(isLike(one, other)).toBe(isLike(other, one))
      if (isLike(one, other)) expect(formsOf(one).filter((form) => formsOf(other).includes(form))).not.toEqual([])
    }),
    { numRuns: 2_000 },
  )
})

test('one slip at any place, in a word of four letters or more, is forgiven (ID-20)', () => {
  const long = fc.string({ unit: fc.constantFrom('A', 'B', 'I', 'K', 'N', 'R'), minLength: 5, maxLength: 9 })
  fc.assert(
    fc.property(long, fc.nat(), fc.constantFrom('drop', 'double', 'wrong', 'swap'), (right, where, kind) => {
      const letters = [...right]
      const at = where % (letters.length - 1)
      const slip = {
        drop: letters.toSpliced(at, 1),
        double: letters.toSpliced(at, 0, 'Z'),
        wrong: letters.with(at, 'Z'),
        swap: letters.toSpliced(at, 2, letters[at + 1] ?? '', letters[at] ?? ''),
      }[kind]
      expect(isLike(slip.join(''), right)).toBe(true)
    }),
  )
})

test('a name is looked for by six words at most, each once, as its key has them (ID-20)', () => {
  expect(wordsOf('Moch. Ilham ilham')).toEqual(['MUHAMMAD', 'ILHAM'])
  expect(wordsOf('a b c d e f g h')).toHaveLength(6)
})
