import { SERVICES } from '@satuanak/contracts'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { GATEWAY_TOKEN_TYP, type Verify } from './gateway-token.ts'
import { createKeyPair, type KeyPair } from './signing-key.ts'
import { createSubgraphSigner, createSubgraphVerifier, type SignForSubgraph } from './subgraph-token.ts'
import { anyCaller, SCHOOL, someone } from './test-callers.ts'
import {
  type Forgery,
  faultFrom,
  hmacWith,
  impostor,
  type Json,
  NOW,
  now,
  nowSeconds,
  publicKeyOf,
  secretsFrom,
  signedWith,
  unsigned,
} from './test-forgery.ts'

const caller = someone(['PANITIA_SEKOLAH'], { agency: 'DISDIK', schools: [SCHOOL] })

let gateway: KeyPair
let sign: SignForSubgraph
let verify: Verify
beforeAll(async () => {
  gateway = await createKeyPair()
  sign = createSubgraphSigner({ privateJwk: gateway.privateJwk, now })
  verify = createSubgraphVerifier({ jwks: gateway.jwks, audience: 'education', now })
})

/** A token as the gateway signs it, with changes. A claim set to undefined is left out. */
const like = (changes: { header?: Json; payload?: Json } = {}): Forgery => {
  const { subject, ...claims } = caller
  const token = { iss: 'satuanak-gateway', aud: 'education', sub: subject, iat: nowSeconds, exp: nowSeconds + 60 }
  return {
    header: { alg: 'EdDSA', kid: publicKeyOf(gateway).kid, typ: 'satuanak-subgraph+jwt', ...changes.header },
    payload: { ...claims, ...token, ...changes.payload },
  }
}
const signed = (changes?: { header?: Json; payload?: Json }): string => signedWith(gateway.privateJwk, like(changes))
const fault = (token: string): Promise<string> => faultFrom(verify(token))

describe('the gateway signs a caller on to one subgraph', () => {
  test('whoever goes in comes out, for every caller and every service', async () => {
    await fc.assert(
      fc.asyncProperty(anyCaller, fc.constantFrom(...SERVICES), async (someCaller, audience) => {
        const token = await sign(someCaller, audience)
        expect(await createSubgraphVerifier({ jwks: gateway.jwks, audience, now })(token)).toEqual(someCaller)
      }),
      { numRuns: 100 },
    )
  })
  test('the requests of one caller within 20 seconds bear one token, and no one else’s', async () => {
    const clock = { at: NOW }
    const signer = createSubgraphSigner({ privateJwk: gateway.privateJwk, now: () => clock.at })
    const first = await signer(caller, 'education')
    clock.at = NOW.add({ seconds: 19 })
    expect(await signer(caller, 'education')).toBe(first)
    expect(await signer(caller, 'social')).not.toBe(first)
    expect(await signer({ ...caller }, 'education')).not.toBe(first)
    clock.at = NOW.add({ seconds: 20 })
    const next = await signer(caller, 'education')
    expect(next).not.toBe(first)
    clock.at = NOW
    expect(await signer(caller, 'education')).not.toBe(next)
  })
  test('the hand-made token of these tests is accepted, so that each refusal below has one cause', async () => {
    expect(await verify(signed())).toEqual(caller)
  })
  test('another subgraph refuses it', async () => {
    for (const audience of SERVICES.filter((name) => name !== 'education')) {
      expect(await fault(await sign(caller, audience))).toBe('AUDIENCE')
    }
  })
  test('it lasts sixty seconds, and five for clocks that disagree', async () => {
    const token = await sign(caller, 'education')
    const after = (seconds: number) =>
      createSubgraphVerifier({ jwks: gateway.jwks, audience: 'education', now: () => NOW.add({ seconds }) })
    expect(await after(64)(token)).toEqual(caller)
    expect(await faultFrom(after(65)(token))).toBe('EXPIRED')
  })
  test('a signer without a proper private key does not start', async () => {
    const { kid: _kid, ...nameless } = gateway.privateJwk
    expect(() => createSubgraphSigner({ privateJwk: publicKeyOf(gateway) })).toThrow('private Ed25519 or P-256')
    expect(() => createSubgraphSigner({ privateJwk: { kty: 'oct', k: 'cmFoYXNpYQ', kid: 'x' } })).toThrow(
      'private Ed25519',
    )
    expect(() => createSubgraphSigner({ privateJwk: nameless })).toThrow('no key id')
  })
})

describe('a subgraph refuses what the gateway did not sign for it', () => {
  test('alg none', async () => {
    expect(await fault(unsigned(like({ header: { alg: 'none' } })))).toBe('ALGORITHM')
  })
  test('algorithm swap: HS256 with every writing of the public key', async () => {
    for (const secret of secretsFrom(publicKeyOf(gateway))) {
      expect(await fault(hmacWith(secret, like({ header: { alg: 'HS256' } })))).toBe('ALGORITHM')
      expect(await fault(hmacWith(secret, like()))).toBe('SIGNATURE')
    }
  })
  test('a foreign key, under its own key id or under the gateway’s', async () => {
    const foreign = await impostor(String(publicKeyOf(gateway).kid))
    expect(await fault(signedWith(foreign.privateJwk, like()))).toBe('SIGNATURE')
    expect(await fault(signedWith(foreign.privateJwk, like({ header: { kid: 'asing' } })))).toBe('KEY_UNKNOWN')
  })
  test('the caller’s own gateway token, passed on', async () => {
    const passedOn = { iss: 'https://masuk.example.go.id', aud: 'satuanak' }
    expect(await fault(signed({ header: { typ: GATEWAY_TOKEN_TYP }, payload: passedOn }))).toBe('TOKEN_TYPE')
    expect(await fault(signed({ payload: passedOn }))).toBe('ISSUER')
  })

  const cases: readonly (readonly [string, { header?: Json; payload?: Json }, string])[] = [
    ['expired', { payload: { iat: nowSeconds - 60, exp: nowSeconds - 6 } }, 'EXPIRED'],
    ['a life longer than a request', { payload: { exp: nowSeconds + 61 } }, 'CLAIMS'],
    ['an hour-old token that says it still lasts', { payload: { iat: nowSeconds - 3_600 } }, 'TOO_OLD'],
    ['issued in the future', { payload: { iat: nowSeconds + 30, exp: nowSeconds + 60 } }, 'NOT_YET_VALID'],
    ['not yet valid', { payload: { nbf: nowSeconds + 30 } }, 'NOT_YET_VALID'],
    ['a wrong issuer', { payload: { iss: 'gateway' } }, 'ISSUER'],
    ['two audiences at once', { payload: { aud: ['education', 'social'] } }, 'CLAIMS'],
    ['an audience list of one', { payload: { aud: ['education'] } }, 'CLAIMS'],
    ['a wrong typ', { header: { typ: 'JWT' } }, 'TOKEN_TYPE'],
    ['one claim too many', { payload: { admin: true } }, 'CLAIMS'],
    ['a claim that hopes to be the subject', { payload: { subject: 'akun-lain' } }, 'CLAIMS'],
    ['an unknown role', { payload: { roles: ['SUPERADMIN'] } }, 'CLAIMS'],
    ['no role', { payload: { roles: [] } }, 'CLAIMS'],
    ...['sub', 'name', 'agency', 'roles', 'kelurahan', 'schools', 'iat', 'exp', 'iss', 'aud'].map(
      (claim) => [`without ${claim}`, { payload: { [claim]: undefined } }, 'CLAIMS'] as const,
    ),
  ]
  test.each(cases)('%s', async (_title, changes, code) => {
    expect(await fault(signed(changes))).toBe(code)
  })
  test('an oversize token', async () => {
    expect(await fault(signed({ payload: { name: 'x'.repeat(9_000) } }))).toBe('TOKEN_TOO_LARGE')
  })
  test('two gateway keys under one id stop the start', () => {
    const [key] = gateway.jwks.keys
    const jwks = { keys: key ? [key, key] : [] }
    expect(() => createSubgraphVerifier({ jwks, audience: 'education' })).toThrow('share one key id')
  })
  test('both keys of a rotation are accepted, each under its own id', async () => {
    const next = await createKeyPair()
    const both = { keys: [...gateway.jwks.keys, ...next.jwks.keys] }
    const verifyBoth = createSubgraphVerifier({ jwks: both, audience: 'education', now })
    const signNext = createSubgraphSigner({ privateJwk: next.privateJwk, now })
    expect(await verifyBoth(await sign(caller, 'education'))).toEqual(caller)
    expect(await verifyBoth(await signNext(caller, 'education'))).toEqual(caller)
  })
})

describe('whatever is sent, the answer is Unauthenticated and nothing else', () => {
  test('any text', async () => {
    const nearly = fc.tuple(fc.base64String(), fc.base64String(), fc.base64String()).map((parts) => parts.join('.'))
    const header = fc.json().map((json) => `${Buffer.from(json).toString('base64url')}.e30.AA`)
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), nearly, header), async (text) => {
        expect(await fault(text)).toMatch(/^[A-Z_]+$/)
      }),
      { numRuns: 500 },
    )
  })
  test('any header and any claims under the gateway’s own signature, changed in one place', async () => {
    // Not `sub` and `name`: what the gateway signs about the person is believed.
    const claims = ['iss', 'aud', 'iat', 'exp', 'nbf', 'agency', 'roles', 'kelurahan', 'schools', 'x']
    const claim = fc.constantFrom(...claims)
    const field = fc.constantFrom('alg', 'kid', 'typ', 'crit')
    await fc.assert(
      fc.asyncProperty(field, claim, fc.jsonValue(), fc.boolean(), async (headerField, name, value, inHeader) => {
        const changes = inHeader ? { header: { [headerField]: value } } : { payload: { [name]: value } }
        fc.pre(!['kelurahan', 'schools'].includes(name) || !Array.isArray(value) || value.length > 0)
        expect(await fault(signed(changes))).toMatch(/^[A-Z_]+$/)
      }),
      { numRuns: 500 },
    )
  })
})
