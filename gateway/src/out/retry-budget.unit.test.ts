import { expect, test } from 'vitest'
import { RetryBudget } from './retry-budget.ts'

const spendAll = (budget: RetryBudget): number => {
  let spent = 0
  while (budget.spend()) spent += 1
  return spent
}

test('one retry in ten fetches, and no more than ten saved up', () => {
  const budget = new RetryBudget()
  expect(spendAll(budget)).toBe(10)
  for (let n = 0; n < 9; n += 1) budget.earn()
  expect(budget.spend()).toBe(false)
  budget.earn()
  expect(spendAll(budget)).toBe(1)
  for (let n = 0; n < 1_000; n += 1) budget.earn()
  expect(spendAll(budget)).toBe(10)
})
