import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Birth, compareBirth } from './domain-compare.ts'
import { compareNames, nameForm } from './domain-names.ts'

const names = (one: string, other: string) => compareNames(nameForm(one), nameForm(other))

describe('two names', () => {
  test.for([
    ['Moch. Ilham', 'MUHAMMAD ILHAM', 'EXACT', 'EC-08'],
    ['Slamet', 'slamet', 'SINGLE', 'EC-09'],
    ['Soedjono Tjahjo', 'Sujono Cahyo', 'SPELLING', 'ID-20'],
    ['Ilham Moch.', 'Moch. Ilham', 'ORDER', 'EC-08'],
    ['Ilham Maulana', 'Maulana Ilham', 'ORDER', 'ID-20'],
    ['Fadhil Achmad', 'Ahmad Fadil', 'PHONETIC', 'ID-20'],
    ['Nur Aini', "Nur'aini", 'PHONETIC', 'ID-20'],
    ['Dimas Saputra', 'Dimas Sapurta', 'CLOSE', 'ID-21'],
    ['Dimas Saputra', 'Dimes Saputra', 'CLOSE', 'ID-21'],
    ['Dimas Saputra', 'Dimas S.', 'CLOSE', 'ID-19'],
    ['Muhammad Rizqi Maulana', 'Rizqi Maulana', 'PART', 'ID-20'],
    ['Slamet', 'Slamet Riyadi', 'ONE_WORD', 'EC-09'],
    ['Siti', 'Siti Rahmah', 'DIFFERENT', 'ID-20'],
    ['Dwi Putra', 'Dwi Putri', 'ENDING', 'EC-06'],
    ['Budi Santoso', 'Rudi Santoso', 'SHARED', 'EC-06'],
    ['Adi Mahardika', 'Aditya Mahardika', 'SHARED', 'EC-06'],
    ['Muhammad Rizki', 'Muhammad Ridwan', 'DIFFERENT', 'EC-08'],
    ['Bagas Pratama', 'Sri Rahayu', 'DIFFERENT', 'ID-21'],
  ] as const)('%s and %s: %s (%s)', ([one, other, outcome]) => {
    expect(names(one, other)).toBe(outcome)
    expect(names(other, one)).toBe(outcome)
  })

  test('whichever comes first, the outcome is one; a name is itself (ID-20)', () => {
    const word = fc.constantFrom('ADI', 'ADITYA', 'RIZKI', 'RIZKA', 'RIZQI', 'MUHAMMAD', 'NUR', 'AINI', 'PUTRA', 'R')
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(names(one, other)).toBe(names(other, one))
        expect(['EXACT', 'SINGLE']).toContain(names(one, one))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('two birth dates', () => {
  const read = (text: string): Birth => {
    const precision = text.startsWith('±')
      ? 'TAKSIRAN'
      : (['TAHUN', 'BULAN', 'HARI'] as const)[text.split('-').length - 1]
    const date = text.replace('±', '')
    return { date: date + filled(date), precision: precision ?? 'HARI' }
  }
  const filled = (date: string) => (date.length === 4 ? '-07-01' : date.length === 7 ? '-15' : '')

  test.for([
    ['2013-05-20', '2013-05-20', 'EXACT', 'ID-21'],
    ['2013-05-20', '2013-05', 'SAME_MONTH', 'ID-22'],
    ['2013-05', '2013-05', 'SAME_MONTH', 'ID-22'],
    ['2013-05-20', '2013', 'SAME_YEAR', 'ID-22'],
    ['2013-05', '2013', 'SAME_YEAR', 'ID-22'],
    ['2013-05-20', '2013-06', 'YEAR_ONLY', 'ID-22'],
    ['2013-05-20', '2012', 'DIFFERENT', 'ID-22'],
    ['2013-05-20', '±2014', 'ESTIMATED', 'ID-22'],
    ['2013-05-20', '±2015', 'DIFFERENT', 'ID-22'],
    ['2013-05-20', '2013-07-01', 'SAME_YEAR', 'EC-11'],
    ['2013-05-20', '2013-12-31', 'SAME_YEAR', 'EC-11'],
    ['2013-05-20', '2013-05-15', 'SAME_MONTH', 'EC-11'],
    ['2013-07-01', '2013-07-01', 'EXACT', 'EC-11'],
    ['2013-05-03', '2013-03-05', 'SWAPPED', 'ID-21'],
    ['2013-05-20', '2013-05-26', 'ONE_DIGIT', 'ID-21'],
    ['2013-05-20', '2012-05-20', 'ONE_DIGIT', 'ID-21'],
    ['2013-05-12', '2013-05-21', 'ONE_DIGIT', 'ID-21'],
    ['2013-05-20', '2013-11-03', 'YEAR_ONLY', 'ID-21'],
    ['2013-05-20', '2009-11-03', 'DIFFERENT', 'ID-21'],
  ] as const)('%s and %s: %s (%s)', ([one, other, outcome]) => {
    expect(compareBirth(read(one), read(other))).toBe(outcome)
    expect(compareBirth(read(other), read(one))).toBe(outcome)
  })

  test('where one of them is not known nothing is said (ID-22)', () => {
    expect(compareBirth(read('2013-05-20'), null)).toBe('MISSING')
  })
})
