import type { ChildId } from '@satuanak/contracts'
import { describe, expect, test } from 'vitest'
import { hintOf, inOrder } from './domain.ts'

const reasons = (nik: string, name: string, birthDate: string, motherName: string) =>
  Object.entries({ NIK: nik, NAME: name, BIRTH_DATE: birthDate, MOTHER: motherName }).map(([field, outcome]) => ({
    field,
    outcome,
    weight: null,
  }))

describe('what an officer is told to bear in mind', () => {
  test('two who claim one NIK, whatever else they share (EC-01)', () => {
    expect(hintOf(reasons('SAME', 'EXACT', 'EXACT', 'EXACT'))).toBe('NIK_DIPAKAI_BERSAMA')
    expect(hintOf(reasons('SAME', 'DIFFERENT', 'DIFFERENT', 'DIFFERENT'))).toBe('NIK_DIPAKAI_BERSAMA')
  })

  test('the same birth date and mother with another NIK or name may be twins (EC-06)', () => {
    expect(hintOf(reasons('DIFFERENT', 'EXACT', 'EXACT', 'EXACT'))).toBe('MUNGKIN_KEMBAR')
    expect(hintOf(reasons('MISSING', 'ENDING', 'EXACT', 'SINGLE'))).toBe('MUNGKIN_KEMBAR')
  })

  test('one child written down twice gives no hint, nor do brothers of different age', () => {
    expect(hintOf(reasons('MISSING', 'CLOSE', 'EXACT', 'EXACT'))).toBeNull()
    expect(hintOf(reasons('DIFFERENT', 'EXACT', 'YEAR_ONLY', 'EXACT'))).toBeNull()
    expect(hintOf([])).toBeNull()
  })
})

test('a pair is kept under its two ids in one order, whichever record came first', () => {
  const [a, b] = ['01930000-0000-7000-8000-000000000001', '01930000-0000-7000-8000-000000000002'] as ChildId[]
  if (!a || !b) throw new Error('two ids')
  expect(inOrder(a, b)).toEqual({ low: a, high: b })
  expect(inOrder(b, a)).toEqual({ low: a, high: b })
})
