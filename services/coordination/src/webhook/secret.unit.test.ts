import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { createVault, newSecret, signatureOf } from './secret.ts'

test('signs as the specification’s own library does, once for each secret', () => {
  const [present, former] = [newSecret(), newSecret()]
  const at = new Date('2026-11-23T02:00:00Z')
  const message = { id: 'm1', timestamp: at.getTime() / 1_000, body: '{"type":"uji"}' }
  const theirs = [present, former].map((secret) => new Webhook(secret).sign(message.id, at, message.body))
  expect(signatureOf(message, [present, former])).toBe(theirs.join(' '))
})

test('a secret has 32 bytes, and no two are alike', () => {
  const secrets = Array.from({ length: 50 }, newSecret)
  expect(new Set(secrets).size).toBe(50)
  for (const secret of secrets) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
})

test('a sealed secret opens in its own row only, also under a former key, and not when it was changed', () => {
  const [k1, k2] = [randomBytes(32), randomBytes(32)]
  const before = createVault({ current: 'k1', keys: { k1 } })
  const after = createVault({ current: 'k2', keys: { k1, k2 } })
  const sealed = before.seal('whsec_rahasia', 'a')
  expect(Buffer.from(sealed.cipher).includes('rahasia')).toBe(false)
  expect(after.open(sealed, 'a')).toBe('whsec_rahasia')
  expect(after.seal('whsec_rahasia', 'a').keyId).toBe('k2')
  expect(() => after.open(sealed, 'b')).toThrow()
  expect(() => createVault({ current: 'k2', keys: { k2 } }).open(sealed, 'a')).toThrow('k1')
  sealed.cipher[sealed.cipher.length - 1] = (sealed.cipher.at(-1) ?? 0) ^ 1
  expect(() => after.open(sealed, 'a')).toThrow()
})

test('a vault says which keys it has', () => {
  const vault = createVault({ current: 'k1', keys: { k1: randomBytes(32) } })
  expect([vault.has('k1'), vault.has('k2'), vault.has('constructor')]).toEqual([true, false, false])
})
