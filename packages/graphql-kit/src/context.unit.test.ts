import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localeFrom } from './index.ts'

test.each([
  [undefined, 'id'],
  ['', 'id'],
  ['id-ID,id;q=0.9,en;q=0.8', 'id'],
  ['en-GB,en;q=0.9,id;q=0.8', 'en'],
  ['en', 'en'],
  ['en;q=0.5, id;q=0.5', 'id'],
  ['fr-FR, en;q=0.3', 'en'],
  ['de', 'id'],
  ['en;q=0', 'id'],
  ['*', 'id'],
])('Accept-Language %s reads %s', (header, locale) => {
  expect(localeFrom(header)).toBe(locale)
})

test('no header of any kind throws (fast-check)', () => {
  fc.assert(fc.property(fc.string(), (header) => ['id', 'en'].includes(localeFrom(header))))
})
