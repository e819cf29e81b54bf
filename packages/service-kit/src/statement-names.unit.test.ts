import { expect, test } from 'vitest'
import { statementNames } from './statement-names.ts'

const asking = (sql: string, args: readonly unknown[] = [1]) => ({ sql, args })

test('a text has a name from its second time on, and no other text has the same', () => {
  const nameOf = statementNames()
  const [one, other] = [asking('SELECT $1'), asking('SELECT $1 + 1')]
  expect([nameOf(one), nameOf(other)]).toEqual(['', ''])
  const names = [nameOf(one), nameOf(other)]
  expect(names.every((name) => name !== '')).toBe(true)
  expect(new Set(names).size).toBe(2)
  expect([nameOf(one), nameOf(other)]).toEqual(names)
})

test('what has no values, as a BEGIN, has no name', () => {
  const nameOf = statementNames()
  for (let time = 0; time < 3; time++) expect(nameOf(asking('BEGIN', []))).toBe('')
})

test('a page has no name: how long it is decides its plan', () => {
  const nameOf = statementNames()
  for (let time = 0; time < 3; time++) expect(nameOf(asking('SELECT id FROM person ORDER BY id LIMIT $1'))).toBe('')
  const first = asking('SELECT id FROM person WHERE id = $1 LIMIT 1')
  expect([nameOf(first), nameOf(first)]).toEqual(['', 's0'])
})

test('no more than so many names are given, and texts that come once take none away', () => {
  const nameOf = statementNames(3)
  for (let n = 0; n < 100; n++) nameOf(asking(`SELECT $1 + ${n}`))
  const given = Array.from({ length: 10 }, (_, n) => {
    nameOf(asking(`SELECT $1 - ${n}`))
    return nameOf(asking(`SELECT $1 - ${n}`))
  })
  expect(given.filter((name) => name !== '')).toEqual(['s0', 's1', 's2'])
  expect(nameOf(asking('SELECT $1 - 0'))).toBe('s0')
})
