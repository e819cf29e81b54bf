import { expect, test } from 'vitest'
import { createNikCustody } from './nik-custody.ts'

const key = (fill: number) => new Uint8Array(32).fill(fill)
const CHILD = '01930000-0000-7000-8000-000000000001'
const NIK = '9901015206130001'
const one = { seal: key(1), index: key(9) }
const other = { seal: key(2), index: key(8) }
const custody = createNikCustody({ current: 'k1', keys: { k1: one } })

test('a sealed NIK opens again for its own child (ID-09)', () => {
  expect(custody.open(custody.seal(NIK, CHILD), CHILD)).toBe(NIK)
})

test('neither the ciphertext nor the index holds the digits, and only the last four stand beside them (PV-10)', () => {
  const sealed = custody.seal(NIK, CHILD)
  expect(Buffer.from(sealed.cipher).toString('latin1')).not.toContain(NIK.slice(0, 6))
  expect(Buffer.from(sealed.index).toString('latin1')).not.toContain(NIK.slice(0, 6))
  expect(sealed.last4).toBe('0001')
})

test('the same NIK is sealed differently each time but found under one index', () => {
  const [first, second] = [custody.seal(NIK, CHILD), custody.seal(NIK, CHILD)]
  expect(first.cipher).not.toEqual(second.cipher)
  expect(first.index).toEqual(second.index)
})

test("a ciphertext moved to another child's row does not open", () => {
  const sealed = custody.seal(NIK, CHILD)
  expect(() => custody.open(sealed, CHILD.replace('1930', '1931'))).toThrow()
})

test('an old key still opens what it sealed after a new one has become current', () => {
  const sealed = custody.seal(NIK, CHILD)
  const later = createNikCustody({ current: 'k2', keys: { k1: one, k2: other } })
  expect(later.open(sealed, CHILD)).toBe(NIK)
  expect(later.seal(NIK, CHILD).keyId).toBe('k2')
})

test('whoever was indexed under any key of the ring is found, the current one first', () => {
  const later = createNikCustody({ current: 'k2', keys: { k1: one, k2: other } })
  expect(later.indexesOf(NIK)).toEqual([later.seal(NIK, CHILD).index, custody.seal(NIK, CHILD).index])
})

test('a NIK can be sealed under the key of its other holders', () => {
  const later = createNikCustody({ current: 'k2', keys: { k1: one, k2: other } })
  expect(later.seal(NIK, CHILD, 'NIK', 'k1').index).toEqual(custody.seal(NIK, CHILD).index)
})

test('a new ring is worked with from the moment it is taken', () => {
  const growing = createNikCustody({ current: 'k1', keys: { k1: one } })
  const sealed = growing.seal(NIK, CHILD)
  growing.take({ current: 'k2', keys: { k1: one, k2: other } })
  expect([growing.open(sealed, CHILD), growing.seal(NIK, CHILD).keyId]).toEqual([NIK, 'k2'])
})

test('a current key that is not in the ring is refused at once', () => {
  expect(() => createNikCustody({ current: 'k3', keys: { k1: one } })).toThrow(/k3/)
})
