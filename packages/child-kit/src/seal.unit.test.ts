import { ChildId, KelurahanCode, type Particulars } from '@satuanak/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSealingKeys, openParticulars, SealBroken, sealParticulars } from './index.ts'

const ID = ChildId.parse('01900000-0000-7000-8000-00000000000a')
const child: Particulars = {
  name: 'Slamet',
  sex: 'L',
  birthDate: '2013-07-01',
  birthDatePrecision: 'TAHUN',
  birthPlace: null,
  motherName: 'Sri Wahyuni',
  nik: null,
  address: { kelurahan: KelurahanCode.parse('33.75.01.1001'), rt: '003', rw: '011', line: 'Jl. Progo 7' },
}

const keys = await createSealingKeys()
const others = await createSealingKeys()

describe('particulars travel sealed (DESIGN §4)', () => {
  test('what was sealed is what is opened, whatever the letters', async () => {
    const name = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((text) => text.length <= 120)
    await fc.assert(
      fc.asyncProperty(name, fc.option(name), async (childName, motherName) => {
        const particulars = { ...child, name: childName, motherName }
        const sealed = await sealParticulars(keys.publicJwk, ID, particulars)
        expect(await openParticulars(keys.privateJwk, ID, sealed)).toEqual(particulars)
      }),
      { numRuns: 50 },
    )
  })

  test('the sealed text shows neither name nor mother nor place', async () => {
    const sealed = await sealParticulars(keys.publicJwk, ID, child)
    const inTheClear = sealed.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    for (const word of ['Slamet', 'Wahyuni', 'Progo', '2013']) expect(inTheClear.join()).not.toContain(word)
  })

  test('the same child sealed twice is two different texts, so that nobody can guess by comparing', async () => {
    expect(await sealParticulars(keys.publicJwk, ID, child)).not.toBe(await sealParticulars(keys.publicJwk, ID, child))
  })

  test('the public half opens nothing', async () => {
    const sealed = await sealParticulars(keys.publicJwk, ID, child)
    await expect(openParticulars(keys.publicJwk, ID, sealed)).rejects.toThrow(SealBroken)
  })

  test('a seal for another key is refused', async () => {
    const sealed = await sealParticulars(others.publicJwk, ID, child)
    await expect(openParticulars(keys.privateJwk, ID, sealed)).rejects.toThrow(SealBroken)
  })

  test('a seal moved to another child’s id does not open: nobody reads a hidden child under an id of their own', async () => {
    const sealed = await sealParticulars(keys.publicJwk, ID, child)
    const another = ChildId.parse('01900000-0000-7000-8000-00000000000b')
    await expect(openParticulars(keys.privateJwk, another, sealed)).rejects.toThrow(SealBroken)
  })

  test('while a key retires, both the old and the new one open their own seals', async () => {
    const held = [keys.privateJwk, others.privateJwk]
    for (const { publicJwk } of [keys, others]) {
      expect(await openParticulars(held, ID, await sealParticulars(publicJwk, ID, child))).toEqual(child)
    }
  })

  test('one changed character breaks the seal, wherever it stands', async () => {
    const sealed = await sealParticulars(keys.publicJwk, ID, child)
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: sealed.length - 1 }), async (at) => {
        const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
        // The last character of a part may carry bits that base64url does not use: then nothing changed at all.
        const opened = await openParticulars(keys.privateJwk, ID, changed).catch((error: unknown) => error)
        expect(opened instanceof SealBroken || JSON.stringify(opened) === JSON.stringify(child)).toBe(true)
      }),
    )
  })

  test('what is no seal at all is refused, and the refusal does not repeat it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 3 }), async (text) => {
        const error = await openParticulars(keys.privateJwk, ID, text).catch((thrown: unknown) => thrown)
        expect(error).toBeInstanceOf(SealBroken)
        expect(String(error)).toBe('SealBroken: The sealed particulars cannot be opened')
      }),
    )
  })

  test('particulars that do not fit the contract are not sealed', async () => {
    await expect(sealParticulars(keys.publicJwk, ID, { ...child, name: '' })).rejects.toThrow()
  })
})
