import { expect, test } from 'vitest'
import { firstDifference } from './generated-files.ts'

test('drift names the first line that differs, what it is and what it should be', () => {
  expect(firstDifference('a\nb\n', 'a\nc\n')).toBe('line 2 is "b", expected "c"')
})

test('a missing file and one that is too long are drift too', () => {
  expect(firstDifference(undefined, 'a\n')).toBe('the file is missing')
  expect(firstDifference('a\nb', 'a')).toBe('line 2 is "b", expected the end of the file')
})
