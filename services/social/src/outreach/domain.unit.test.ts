import { expect, test } from 'vitest'
import { isRepeat, levelAfter } from './domain.ts'

const day = (text: string) => Temporal.PlainDate.from(text)

test('a need for protection raises the child to level 4, other needs change nothing (PV-14)', () => {
  expect(levelAfter(['PROTECTION', 'HEALTH'], 2)).toBe(4)
  expect(levelAfter(['EDUCATION'], 3)).toBe(3)
})

test('no assessment lowers a level', () => {
  expect(levelAfter([], 4)).toBe(4)
})

test('only an earlier day makes a contact a repeat (TPI-R3, EC-30)', () => {
  expect(isRepeat(day('2026-11-23'), [])).toBe(false)
  expect(isRepeat(day('2026-11-23'), [day('2026-11-23'), day('2026-11-24')])).toBe(false)
  expect(isRepeat(day('2026-11-23'), [day('2026-11-22')])).toBe(true)
})
