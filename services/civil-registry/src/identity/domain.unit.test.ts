import { PAPERS } from '@satuanak/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { missingPapers } from './domain.ts'

test('held and missing papers are together all papers, each once (RF-02)', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom(...PAPERS)), (held) => {
      expect([...held, ...missingPapers(held)].sort()).toEqual([...PAPERS].sort())
    }),
  )
})
