import { expect, test } from 'vitest'
import { nameOf, newRing, promoted, readRing, withNext, without, writeRing } from './ring.ts'

test('a ring is read as it was written', () => {
  const ring = withNext(newRing())
  expect(readRing(writeRing(ring))).toEqual(ring)
})

test('a key is known before it is current, and the old one stays until it is taken out', () => {
  const first = newRing()
  const coming = withNext(first)
  expect([coming.current, coming.next, Object.keys(coming.keys)]).toEqual(['k1', 'k2', ['k1', 'k2']])
  const second = promoted(coming)
  expect([second.current, second.next, Object.keys(second.keys)]).toEqual(['k2', null, ['k1', 'k2']])
  expect(Object.keys(without(second, 'k1').keys)).toEqual(['k2'])
})

test('a key that was taken out gives its number to no other', () => {
  const second = without(promoted(withNext(newRing())), 'k1')
  expect(withNext(second).next).toBe('k3')
})

test('each step has another name, without anything of the keys', () => {
  const steps = [newRing()]
  for (const step of [withNext, promoted]) steps.push(step(steps.at(-1) ?? newRing()))
  const names = steps.map(nameOf)
  expect(new Set(names).size).toBe(3)
  expect(nameOf(newRing())).toBe(names[0])
})

test('a ring from before keys could be rotated is read with its one index key', () => {
  const text = (fill: number) => Buffer.alloc(32, fill).toString('base64url')
  const older = { ring: { current: 'k1', keys: { k1: text(1) } }, indexKey: text(2) }
  expect(readRing(JSON.stringify(older))).toEqual({
    current: 'k1',
    next: null,
    keys: { k1: { seal: new Uint8Array(32).fill(1), index: new Uint8Array(32).fill(2) } },
  })
})

test.each([
  ['no JSON', '{"current": "k1", "keys": {"k1": {"seal": "GEHEIM'],
  ['a short key', JSON.stringify({ current: 'k1', keys: { k1: { seal: 'GEHEIM', index: 'GEHEIM' } } })],
  ['no current key', JSON.stringify({ current: 'k9', keys: {} })],
  ['a coming key that is not there', writeRing(newRing()).replace('null', '"k2"')],
])('%s is refused without a word of what it says', (_what, text) => {
  expect(() => readRing(text)).toThrow(/^not a key ring$/)
})
