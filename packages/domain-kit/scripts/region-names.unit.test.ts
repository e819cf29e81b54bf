import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { regionNamesSource } from './region-names.ts'

test('the committed region names are those of the installed idn-area-data (ID-27)', () => {
  const committed = readFileSync(new URL('../src/place/region-names.ts', import.meta.url), 'utf8')
  expect(committed).toBe(regionNamesSource())
})
