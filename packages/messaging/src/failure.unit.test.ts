import { expect, test } from 'vitest'
import { describeFailure, PermanentFailure } from './failure.ts'

test('a failure is kept by name, code and place, never by its message', () => {
  const error = Object.assign(new TypeError('Key (name)=(Budi Santoso) exists'), { code: 'P2002' })
  expect(describeFailure(error)).toMatch(/^TypeError P2002 at .*failure\.unit\.test\.ts:\d+:\d+\)?$/)
  expect(describeFailure(error)).not.toContain('/')
})

test('a code that is no code is left out', () => {
  const error = Object.assign(new Error('x'), { code: 'Budi Santoso, Jl. Mawar 3' })
  expect(describeFailure(error)).not.toContain('Mawar')
})

test('a permanent failure is kept by its own sentence, without what may be a NIK', () => {
  expect(describeFailure(new PermanentFailure('no such school'))).toBe('no such school')
  expect(describeFailure(new PermanentFailure('child 9975010101100001'))).toBe('child …')
})

test('what is thrown and is no error is told by its kind', () => {
  expect(describeFailure('Budi')).toBe('a thrown string')
})
