import { describe, expect, test } from 'vitest'
import { defineSop, getStep, partOf, type Sop } from './define-sop.ts'
import { days, minutes } from './limit.ts'
import { COUNTER, ORIENTASI } from './test-sops.ts'

describe('an SOP is data (RPP-R5)', () => {
  test('a shelter SOP is declared with the document’s own steps and days, six in all (RPP-9.2.01)', () => {
    expect(ORIENTASI.steps.map(({ limit }) => limit?.to ?? null)).toEqual([null, 1, 1, 1, 2, 1])
    expect(ORIENTASI.steps.reduce((sum, { limit }) => sum + (limit?.to ?? 0), 0)).toBe(6)
  })

  test('a duration that is missing in the document stays missing (RPP-R5)', () => {
    expect(getStep(ORIENTASI, '1').limit).toBeNull()
  })

  test('a step that is none does not compile where the ids are known', () => {
    // @ts-expect-error RPP-9.2.01 has six steps.
    expect(() => getStep(ORIENTASI, '7')).toThrow(RangeError)
  })

  test('a part of an SOP ends where its steps lead out of it', () => {
    const part = partOf(COUNTER, ['PERIKSA', 'PERBAIKI'])
    expect(part.steps.map(({ id, next }) => [id, next])).toEqual([
      ['PERIKSA', null],
      ['PERBAIKI', null],
    ])
    expect(getStep(part, 'PERIKSA').branches?.map(({ next }) => next)).toEqual([null, 'PERBAIKI', null])
  })
})

describe('an SOP that cannot be right is refused where it is declared', () => {
  const base: Sop = { ...COUNTER }
  const [first, second, third] = COUNTER.steps
  test.each([
    ['no steps', { ...base, steps: [] }],
    ['one number twice', { ...base, steps: [first, first] }],
    ['a step that none leads to', { ...base, steps: [third, second] }],
    ['a limit that ends before it begins', { ...base, steps: [{ ...third, limit: minutes(10, 5) }] }],
    ['a negative limit', { ...base, steps: [{ ...third, limit: days(-1) }] }],
    [
      'one outcome twice',
      { ...base, steps: [{ ...first, branches: [first, first].flatMap((s) => s?.branches ?? []) }] },
    ],
    ['one piece of equipment twice', { ...base, equipment: [0, 1].map(() => ({ code: 'A', name: base.title })) }],
  ])('%s', (_what, sop) => {
    expect(() => defineSop(sop as Sop)).toThrow(RangeError)
  })
})
