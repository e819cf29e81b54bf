import { expect, test } from 'vitest'
import { isRunningLow, shortageFor } from './domain.ts'

const stock = (blangko: number, ribbon: number, reserved = 0) => [
  { item: 'BLANGKO' as const, left: blangko, reserved },
  { item: 'RIBBON' as const, left: ribbon, reserved },
]

test('a run needs of every item as many as it has cards, beside what open runs were promised (BLG-R5)', () => {
  expect(shortageFor(5, stock(5, 5))).toBeNull()
  expect(shortageFor(5, stock(5, 4))).toEqual({ item: 'RIBBON', need: 5, left: 4 })
  expect(shortageFor(5, stock(9, 9, 5))).toEqual({ item: 'BLANGKO', need: 5, left: 4 })
  expect(shortageFor(1, stock(2, 2, 3))).toMatchObject({ left: 0 })
})

test('low stock is told on the way down and once', () => {
  expect(isRunningLow(50, 49, 50)).toBe(true)
  expect(isRunningLow(49, 48, 50)).toBe(false)
  expect(isRunningLow(40, 60, 50)).toBe(false)
  expect(isRunningLow(51, 50, 50)).toBe(false)
})
