import { Particulars } from '@satuanak/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkParticulars, type ParticularsInput } from './index.ts'

const TODAY = Temporal.PlainDate.from('2026-07-20')
const budi: ParticularsInput = {
  name: '  budi   santoso ',
  sex: 'L',
  birthDate: '2013-05',
  motherName: 'Sri Wahyuni',
  address: { kelurahan: '33.75.03.1004', rt: '1', rw: '-', line: 'Jl. Kakap No. 7' },
}
const brokenFields = (input: ParticularsInput) => {
  const checked = checkParticulars(input, TODAY)
  return checked.ok ? [] : checked.problems.map(({ field, rule }) => `${field} ${rule}`)
}

const anything = fc.oneof(fc.string(), fc.string({ unit: 'binary', maxLength: 400 }), fc.constant(null))
const almost = <T>(right: T) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: anything })

describe('the form of a new child, the same at every agency (TUN-03)', () => {
  test('what is accepted is normalised and fits the contract under which it travels', () => {
    const checked = checkParticulars(budi, TODAY)
    expect(checked.ok && Particulars.parse(checked.value)).toMatchObject({
      birthDate: '2013-05-15',
      birthDatePrecision: 'BULAN',
      nik: null,
      address: { rt: '001', rw: null },
    })
  })

  test('every wrong field is named at once, by its path', () => {
    const wrong = { ...budi, name: '', birthDate: '2013-02-31', nik: '3.37501E+15', address: { kelurahan: 'Tirto' } }
    const named = brokenFields(wrong).map((one) => one.split(' ')[0])
    expect(named).toEqual(expect.arrayContaining(['name', 'birthDate', 'nik', 'address.kelurahan']))
  })

  test('a name alone does not tell one child from another (ID-15)', () => {
    expect(brokenFields({ name: 'Slamet', sex: 'L' })).toHaveLength(1)
    expect(brokenFields({ name: 'Slamet', sex: 'L', birthDate: '2013', motherName: 'Tumini' })).toEqual([])
  })

  test('a NIK that disagrees with the birth date is taken, and flagged (ID-05)', () => {
    const checked = checkParticulars({ ...budi, birthDate: '2013-05-20', nik: '9975030101120001' }, TODAY)
    expect(checked.ok && checked.warnings.map(({ rule }) => rule)).toContain('ID-05')
  })

  test('no text of any kind throws, and whatever is accepted fits the contract', () => {
    const input = fc.record({
      name: almost('Budi Santoso'),
      sex: fc.constantFrom('L', 'P'),
      birthDate: almost('2013-05-20'),
      birthPlace: almost('Pekalongan'),
      motherName: almost('Sri Wahyuni'),
      nik: almost('9975030101120001'),
      address: fc.record({ kelurahan: almost('33.75.03.1004'), rt: almost('1'), rw: almost('2'), line: almost('x') }),
    })
    fc.assert(
      fc.property(input, (sent) => {
        const checked = checkParticulars(sent as ParticularsInput, TODAY)
        if (checked.ok) expect(Particulars.parse(checked.value)).toEqual(checked.value)
        else expect(checked.problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 1000 },
    )
  })

  test('a text of a megabyte is refused, field by field', () => {
    const huge = 'a'.repeat(1_000_000)
    const address = { kelurahan: huge, rt: huge, rw: huge, line: huge }
    const named = brokenFields({
      name: huge,
      sex: 'L',
      birthDate: huge,
      birthPlace: huge,
      motherName: huge,
      nik: huge,
      address,
    })
    expect(named).toHaveLength(9)
  })
})
