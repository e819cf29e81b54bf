import { PAPERS } from '@satuanak/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, judgeMatch, missingPapers } from './domain.ts'

const candidate = (alike: Partial<Candidate>): Candidate => ({
  id: '01930000-0000-7000-8000-000000000001' as Candidate['id'],
  sameNik: false,
  hasNik: false,
  sameName: false,
  sameBirthDate: false,
  sameMother: false,
  ...alike,
})

test('the same NIK is certain, whatever else differs (ID-21)', () => {
  expect(judgeMatch([candidate({}), candidate({ sameNik: true })])).toBe('PASTI')
})

test('two of name, birth date and mother ask for an officer’s eye, one does not (ID-21)', () => {
  expect(judgeMatch([candidate({ sameName: true, sameMother: true })])).toBe('MUNGKIN')
  expect(judgeMatch([candidate({ sameName: true })])).toBe('TIDAK_ADA')
})

test('twins share birth date and mother: asked about, never taken for one (EC-06)', () => {
  expect(judgeMatch([candidate({ sameBirthDate: true, sameMother: true })])).toBe('MUNGKIN')
})

test('nobody alike is no match', () => {
  expect(judgeMatch([])).toBe('TIDAK_ADA')
})

test('held and missing papers are together all papers, each once (RF-02)', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...PAPERS)), (held) => {
      expect([...held, ...missingPapers(held)].sort()).toEqual([...PAPERS].sort())
    }),
  )
})
