import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JWK } from 'jose'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createVerifier } from './gateway-token.ts'
import { createKeyPair, type KeyPair } from './signing-key.ts'
import { PANJANG_WETAN, someone } from './test-callers.ts'
import {
  AUDIENCE,
  faultFrom,
  ISSUER,
  impostor,
  now,
  providerToken,
  publicKeyOf,
  signedWith,
  type TokenChanges,
} from './test-forgery.ts'

const caller = someone(['ADMIN_KELURAHAN'], { agency: 'KELURAHAN', kelurahan: [PANJANG_WETAN] })

let provider: KeyPair
beforeAll(async () => {
  provider = await createKeyPair()
})
const signed = (changes?: TokenChanges): string =>
  signedWith(provider.privateJwk, providerToken(provider, caller, changes))

describe('the set of trusted keys', () => {
  const refusedAtStart = (keys: JWK[]) => () => createVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks: { keys } })

  test('a set that could never be right stops the start', async () => {
    const key = publicKeyOf(provider)
    const { kid: _kid, ...nameless } = key
    expect(refusedAtStart([])).toThrow('empty')
    expect(refusedAtStart([key, { ...publicKeyOf(await impostor('lain')), kid: String(key.kid) }])).toThrow(
      'share one key id',
    )
    expect(refusedAtStart([nameless])).toThrow('no key id')
    expect(refusedAtStart([provider.privateJwk])).toThrow('private key')
    expect(refusedAtStart([{ kty: 'oct', k: 'cmFoYXNpYQ', kid: 'hmac' }])).toThrow('only Ed25519 and P-256 keys')
    expect(refusedAtStart([{ ...key, x: 'AA' }])).toThrow()
  })
  test('keys are fetched over https only, except from this machine', () => {
    const from = (url: string) => () => createVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks: new URL(url) })
    for (const url of ['http://masuk.example.go.id/jwks', 'file:///etc/jwks.json', 'http://127.0.0.1.jahat.example/']) {
      expect(from(url)).toThrow('over https')
    }
    expect(from('https://masuk.example.go.id/jwks')).not.toThrow()
  })
})

describe('keys behind a URL', () => {
  let server: Server | undefined
  afterEach(() => {
    server?.closeAllConnections()
    server?.close()
  })
  /** A provider's key endpoint on this machine; counts its visits. */
  const publish = async (answer: () => { status?: number; body: string }) => {
    let visits = 0
    const published = createServer((_request, response) => {
      visits += 1
      const { status = 200, body } = answer()
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    })
    server = published
    await new Promise<void>((resolve) => published.listen(0, '127.0.0.1', resolve))
    const url = new URL(`http://127.0.0.1:${(published.address() as AddressInfo).port}/jwks`)
    return { verify: createVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks: url, now }), visits: () => visits }
  }

  test('they are fetched once and cached, also when unknown key ids are thrown at us', async () => {
    const { verify, visits } = await publish(() => ({ body: JSON.stringify(provider.jwks) }))
    for (let i = 0; i < 5; i += 1) expect(await verify(signed())).toMatchObject({ caller })
    for (let i = 0; i < 50; i += 1)
      expect(await faultFrom(verify(signed({ header: { kid: `k${i}` } })))).toBe('KEY_UNKNOWN')
    expect(visits()).toBe(1)
  })
  test('two keys under one id: neither is believed', async () => {
    const twin = { ...publicKeyOf(await impostor('x')), kid: publicKeyOf(provider).kid }
    const { verify } = await publish(() => ({ body: JSON.stringify({ keys: [publicKeyOf(provider), twin] }) }))
    expect(await faultFrom(verify(signed()))).toBe('KEY_AMBIGUOUS')
  })
  test('a published private key is not used', async () => {
    const { verify } = await publish(() => ({ body: JSON.stringify({ keys: [provider.privateJwk] }) }))
    expect(await faultFrom(verify(signed()))).toBe('KEYS_UNREACHABLE')
  })
  test.each([
    ['an error page', { status: 500, body: 'oops' }],
    ['no JSON', { body: '<html>' }],
    ['JSON that is no key set', { body: '{"keys":7}' }],
  ])('a provider that answers %s lets nobody in', async (_title, answer) => {
    const { verify } = await publish(() => answer)
    expect(await faultFrom(verify(signed()))).toBe('KEYS_UNREACHABLE')
  })
  test('a provider that is away lets nobody in', async () => {
    const { verify } = await publish(() => ({ body: '' }))
    server?.close()
    server?.closeAllConnections()
    expect(await faultFrom(verify(signed()))).toBe('KEYS_UNREACHABLE')
  })
})
