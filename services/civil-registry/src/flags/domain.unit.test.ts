import type { ChildId } from '@satuanak/contracts'
import { expect, test } from 'vitest'
import { flagsOf } from './domain.ts'

const [a, b, c] = ['a', 'b', 'c'] as unknown as [ChildId, ChildId, ChildId]
const held = (recordId: ChildId, nik: string, ...others: ChildId[]) => ({ recordId, nik, others })

test('one NIK, also written under two ids of one person, raises no doubt', () => {
  expect(flagsOf([a], [])).toEqual([])
  expect(flagsOf([a, b], [held(a, 'one'), held(b, 'one')])).toEqual([])
})

test('of two different NIKs of one person the one that is not the canonical record’s is marked (EC-02)', () => {
  const flags = flagsOf([b, a], [held(a, 'one'), held(b, 'other')])
  expect(flags).toEqual([{ type: 'NIK', code: 'DIDUGA_GANDA', recordId: a, others: [] }])
})

test('a NIK that another person holds too is flagged under each record, with the others (EC-01)', () => {
  const flags = flagsOf([a, b], [held(a, 'one', c), held(b, 'one', c)])
  expect(flags.map(({ code, recordId, others }) => [code, recordId, others])).toEqual([
    ['DIPAKAI_BERSAMA', a, [c]],
    ['DIPAKAI_BERSAMA', b, [c]],
  ])
})
