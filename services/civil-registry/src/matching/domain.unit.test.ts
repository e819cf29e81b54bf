import type { KelurahanCode } from '@satuanak/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { byStrength, judge } from './domain.ts'
import { type Comparison, compareChildren, describeChild, OUTCOMES, type Sought } from './domain-compare.ts'
import { findingKeys } from './domain-keys.ts'

const PANJANG_WETAN = '33.75.03.1004' as KelurahanCode
const KRAPYAK = '33.75.03.1003' as KelurahanCode
const at = (kelurahan: KelurahanCode, rt: string | null = '001', rw: string | null = '002') => ({
  address: { kelurahan, rt, rw, line: null },
})

const BAGAS: Sought = {
  name: 'Bagas Pratama',
  sex: 'L',
  birthDate: '2013-03-02',
  birthDatePrecision: 'HARI',
  motherName: 'Siti Aminah',
  nikIndex: null,
  ...at(PANJANG_WETAN),
}

type Case = readonly [what: string, other: Partial<Sought>, verdict: string, one?: Partial<Sought>]

const found = (one: Partial<Sought>, other: Partial<Sought>) => {
  const [a, b] = [describeChild({ ...BAGAS, ...one }), describeChild({ ...BAGAS, ...other })]
  return { ...judge(compareChildren(a, b)), keyed: findingKeys(a).some((key) => findingKeys(b).includes(key)) }
}

describe('the verdict on two records (ID-21)', () => {
  test.for<Case>([
    [
      'the same NIK is certain, whatever else differs',
      { nikIndex: 'aa', name: 'Sri Rahayu', birthDate: '2009-12-01', motherName: null, sex: 'P', ...at(KRAPYAK) },
      'PASTI',
      { nikIndex: 'aa' },
    ],
    ['name, birth date and mother are probable', {}, 'SANGAT_MUNGKIN'],
    ['… also where the family moved', at(KRAPYAK), 'SANGAT_MUNGKIN'],
    ['… also with a slip of the pen', { name: 'Bagas Partama' }, 'SANGAT_MUNGKIN'],
    ['… also where the address is missing', { address: null }, 'SANGAT_MUNGKIN'],
    ['name and birth date, another mother: review', { motherName: 'Nur Hayati' }, 'MUNGKIN'],
    ['name and mother, another birth date: review', { birthDate: '2011-08-24' }, 'MUNGKIN'],
    ['birth date and mother, another name: review', { name: 'Dimas Saputra' }, 'MUNGKIN'],
    ['a missing mother leaves name, date and home', { motherName: null }, 'SANGAT_MUNGKIN'],
    ['a missing mother and another kelurahan: review', { motherName: null, ...at(KRAPYAK) }, 'MUNGKIN'],
    ['a missing day of birth: review (ID-22)', { birthDate: '2013-07-01', birthDatePrecision: 'TAHUN' }, 'MUNGKIN'],
    ['an unknown day written as 1 July (EC-11)', { birthDate: '2013-07-01' }, 'MUNGKIN'],
    ['a missing birth date', { birthDate: null, birthDatePrecision: 'TAKSIRAN' }, 'MUNGKIN'],
    ['day and month swapped: review', { birthDate: '2013-02-03' }, 'MUNGKIN'],
    [
      'two different NIKs are two children until Dukcapil says otherwise (EC-02)',
      { nikIndex: 'bb' },
      'MUNGKIN',
      { nikIndex: 'aa' },
    ],
    ['twins: asked about, never taken for one (EC-06)', { name: 'Bagus Nugraha' }, 'MUNGKIN'],
    ['twins with one last name (EC-06)', { name: 'Dimas Pratama' }, 'MUNGKIN'],
    ['twins called Putra and Putri (EC-06)', { name: 'Dwi Putri', sex: 'P' }, 'MUNGKIN', { name: 'Dwi Putra' }],
    ['twins of one sex called Rizki and Rizka (EC-06)', { name: 'Rizka Ananda' }, 'MUNGKIN', { name: 'Rizki Ananda' }],
    ['brothers are nobody’s likeness', { name: 'Dimas Saputra', birthDate: '2010-08-24' }, 'TIDAK_ADA'],
    ['brothers with one last name neither', { name: 'Dimas Pratama', birthDate: '2010-08-24' }, 'TIDAK_ADA'],
    ['brothers of one year neither', { name: 'Dimas Pratama', birthDate: '2013-12-24' }, 'TIDAK_ADA'],
    [
      'the same name in one kelurahan is common',
      { birthDate: '2009-09-09', motherName: 'Nur Hayati', ...at(PANJANG_WETAN, '004', '009') },
      'TIDAK_ADA',
    ],
    ['one word of the name at the same home (EC-09)', { name: 'Bagas' }, 'MUNGKIN'],
    [
      'two of one single name and mother are two',
      { name: 'Slamet', motherName: 'Sumiati', birthDate: '2011-08-24', ...at(KRAPYAK) },
      'TIDAK_ADA',
      { name: 'Slamet', motherName: 'Sumiati' },
    ],
    ['Moch. and Muhammad are one name (EC-08)', { name: 'Moch. Rizki' }, 'SANGAT_MUNGKIN', { name: 'Muhammad Rizki' }],
    ['old spelling (ID-20)', { name: 'Djoko Soesilo' }, 'SANGAT_MUNGKIN', { name: 'Joko Susilo' }],
    ['words in another order (ID-20)', { name: 'Pratama Bagas' }, 'SANGAT_MUNGKIN'],
    ['a Balinese name left short (EC-10)', { name: 'Gede Oka' }, 'MUNGKIN', { name: 'I Gede Oka Putra' }],
  ])('%s', ([, other, verdict, one = {}]) => {
    const judged = found(one, other)
    expect(judged.verdict).toBe(verdict)
    expect(found(other, one)).toEqual(judged)
    if (verdict !== 'TIDAK_ADA' && verdict !== 'PASTI') expect(judged.keyed).toBe(true)
  })
})

const comparison = fc.record(
  Object.fromEntries(Object.entries(OUTCOMES).map(([field, outcomes]) => [field, fc.constantFrom(...outcomes)])),
) as fc.Arbitrary<Comparison>

describe('whatever is compared', () => {
  test('the score is the sum of what the fields say, and a field that is missing says nothing (ID-21)', () => {
    fc.assert(
      fc.property(comparison, (one) => {
        const { score, fields } = judge(one)
        expect(fields.map(({ field, outcome }) => [field, outcome])).toEqual(Object.entries(one))
        expect(score).toBeCloseTo(fields.reduce((sum, { weight }) => sum + weight, 0))
        expect(fields.filter(({ outcome, weight }) => outcome === 'MISSING' && weight !== 0)).toEqual([])
      }),
    )
  })

  test('only a NIK is certain, and without a name and a birth date alike nothing is more than a review (ID-21, EC-06)', () => {
    fc.assert(
      fc.property(comparison, (one) => {
        const { verdict } = judge(one)
        expect(verdict === 'PASTI').toBe(one.NIK === 'SAME')
        if (one.NAME === 'DIFFERENT' || one.NAME === 'ENDING' || one.BIRTH_DATE !== 'EXACT') {
          expect(verdict).not.toBe('SANGAT_MUNGKIN')
        }
      }),
    )
  })

  test('the stronger verdict comes first, then the higher score', () => {
    const [nik, full, part] = [
      found({ nikIndex: 'aa' }, { nikIndex: 'aa', name: 'Sri' }),
      found({}, {}),
      found({}, { name: 'Bagas' }),
    ]
    expect([part, full, nik].toSorted(byStrength)).toEqual([nik, full, part])
  })
})
