import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currentTraceparent, parseTraceparent } from './trace.ts'

test('a traceparent names a remote span with its flags', () => {
  expect(parseTraceparent('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')).toEqual({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: 'b7ad6b7169203331',
    traceFlags: 1,
    isRemote: true,
  })
})

test('text that is no traceparent names no span and never throws', () => {
  fc.assert(fc.property(fc.string(), (text) => parseTraceparent(text) === undefined))
  expect(parseTraceparent(null)).toBeUndefined()
  expect(parseTraceparent(`00-${'0'.repeat(32)}-b7ad6b7169203331-01`)).toBeUndefined()
})

test('where nothing is traced there is no traceparent', () => {
  expect(currentTraceparent()).toBeNull()
})
