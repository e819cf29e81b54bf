import { generateKeyPairSync } from 'node:crypto'
import type { JWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { createVerifier, type Verify } from './gateway-token.ts'
import { createKeyPair, type KeyPair } from './signing-key.ts'
import { createSubgraphSigner } from './subgraph-token.ts'
import { PANJANG_WETAN, someone } from './test-callers.ts'
import {
  AUDIENCE,
  type Forgery,
  faultFrom,
  hmacWith,
  ISSUER,
  impostor,
  type Json,
  now,
  nowSeconds,
  providerToken,
  publicKeyOf,
  secretsFrom,
  signedWith,
  type TokenChanges,
  unsigned,
} from './test-forgery.ts'
import { bearerOf, Unauthenticated } from './unauthenticated.ts'

const caller = someone(['ADMIN_KELURAHAN'], { agency: 'KELURAHAN', kelurahan: [PANJANG_WETAN] })

let provider: KeyPair
let signIn: ReturnType<typeof createVerifier>
beforeAll(async () => {
  provider = await createKeyPair()
  signIn = createVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks: provider.jwks, now })
})

const verify: Verify = async (token) => (await signIn(token)).caller
const like = (changes?: TokenChanges): Forgery => providerToken(provider, caller, changes)
const signed = (changes?: TokenChanges): string => signedWith(provider.privateJwk, like(changes))
const fault = (token: string): Promise<string> => faultFrom(verify(token))

describe('the gateway knows its own provider’s callers', () => {
  test('a proper token gives the caller, claim by claim', async () => {
    expect(await verify(signed())).toEqual(caller)
  })
  test('the provider’s further claims are left unread', async () => {
    expect(await verify(signed({ payload: { jti: 'x', email: 'a@b.c', __proto__: null } }))).toEqual(caller)
  })
  test.each([
    ['client_id', { client_id: 'portal' }, 'portal'],
    ['azp', { azp: 'portal' }, 'portal'],
    ['client_id before azp', { client_id: 'portal', azp: 'lain' }, 'portal'],
    ['nothing', {}, null],
    ['what is no name', { client_id: 7, azp: '' }, null],
    ['an endless name', { client_id: 'x'.repeat(201) }, null],
  ])('the application is named by %s, and is no part of the caller', async (_what, payload, client) => {
    expect(await signIn(signed({ payload }))).toMatchObject({ caller, client })
  })
  test('it says from when on the token is refused: by its end, or by its age where that comes first', async () => {
    const endOf = async (payload: Readonly<Record<string, unknown>>) =>
      (await signIn(signed({ payload }))).expiresAt.epochMilliseconds / 1_000
    expect(await endOf({})).toBe(nowSeconds + 600)
    expect(await endOf({ iat: nowSeconds - 60, exp: 4e9 })).toBe(nowSeconds - 60 + 3_600)
  })
  test('one of several audiences is enough: the provider serves other systems too', async () => {
    expect(await verify(signed({ payload: { aud: ['lain', AUDIENCE] } }))).toEqual(caller)
  })
  test('ES256 is the other pinned algorithm', async () => {
    const jwk = {
      ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
      kid: 'es',
    } as JWK
    const { d: _secret, ...publicJwk } = jwk
    const es = createVerifier({ issuer: ISSUER, audience: AUDIENCE, jwks: { keys: [publicJwk] }, now })
    expect(await es(signedWith(jwk, like({ header: { alg: 'ES256', kid: 'es' } })))).toMatchObject({
      caller,
      client: null,
    })
  })
})

describe('a token that is remembered', () => {
  const at = (instant: Temporal.Instant, maxAgeSeconds = 3_600) => {
    const clock = { at: instant }
    const options = { issuer: ISSUER, audience: AUDIENCE, jwks: provider.jwks, maxAgeSeconds, now: () => clock.at }
    return { clock, read: createVerifier(options) }
  }
  test('gives the same caller, which nobody can change', async () => {
    const { read } = at(now())
    const token = signed()
    const first = await read(token)
    expect(await read(token)).toBe(first)
    expect(() => first.caller.roles.push('OPERATOR_DUKCAPIL')).toThrow(TypeError)
  })
  test('ends when it ends, by its own word and by its age', async () => {
    const { clock, read } = at(now())
    const token = signed({ payload: { exp: nowSeconds + 10 } })
    await read(token)
    clock.at = now().add({ seconds: 16 })
    expect(await faultFrom(read(token))).toBe('EXPIRED')
    const young = at(now(), 20)
    const aging = signed()
    await young.read(aging)
    young.clock.at = now().add({ seconds: 26 })
    expect(await faultFrom(young.read(aging))).toBe('TOO_OLD')
  })
})

describe('a forged signature is refused', () => {
  test.each(['none', 'None', 'NONE', 'nOnE'])('alg %s, without a signature', async (alg) => {
    expect(await fault(unsigned(like({ header: { alg } })))).toBe('ALGORITHM')
  })
  test('alg none, with a real signature pasted on', async () => {
    const signature = signed().split('.')[2]
    expect(await fault(`${unsigned(like({ header: { alg: 'none' } }))}${signature}`)).toBe('ALGORITHM')
  })
  test('algorithm swap: HS256 with every writing of the public key as its secret', async () => {
    for (const secret of secretsFrom(publicKeyOf(provider))) {
      expect(await fault(hmacWith(secret, like({ header: { alg: 'HS256' } })))).toBe('ALGORITHM')
    }
  })
  test('algorithm swap: an HMAC that says EdDSA', async () => {
    for (const secret of secretsFrom(publicKeyOf(provider))) {
      expect(await fault(hmacWith(secret, like()))).toBe('SIGNATURE')
    }
  })
  test.each(['RS256', 'PS256', 'ES384', 'ES512', 'HS512'])('algorithm %s, which is not pinned', async (alg) => {
    expect(await fault(signed({ header: { alg } }))).toBe('ALGORITHM')
  })
  test('ES256 said of an Ed25519 key', async () => {
    expect(await fault(signed({ header: { alg: 'ES256' } }))).toBe('KEY_UNKNOWN')
  })
  test('a foreign key under its own key id', async () => {
    const foreign = await impostor('asing')
    expect(await fault(signedWith(foreign.privateJwk, like({ header: { kid: 'asing' } })))).toBe('KEY_UNKNOWN')
  })
  test('a foreign key under our key id', async () => {
    const foreign = await impostor(String(publicKeyOf(provider).kid))
    expect(await fault(signedWith(foreign.privateJwk, like()))).toBe('SIGNATURE')
  })
  test('a foreign key that the header brings along (jwk, jku, x5u)', async () => {
    const foreign = await impostor('asing')
    const brought = { jwk: publicKeyOf(foreign), jku: 'https://jahat.example/jwks', x5u: 'https://jahat.example/x' }
    expect(await fault(signedWith(foreign.privateJwk, like({ header: { kid: 'asing', ...brought } })))).toBe(
      'KEY_UNKNOWN',
    )
    expect(await fault(signedWith(foreign.privateJwk, like({ header: brought })))).toBe('SIGNATURE')
  })
  test('no key id, an empty one, or one that is no string', async () => {
    for (const kid of [undefined, '', 7, null, ['x']]) {
      expect(await fault(signed({ header: { kid } }))).toMatch(/KEY_UNKNOWN|TOKEN_MALFORMED/)
    }
  })
  test('a payload changed after signing', async () => {
    const [header, , signature] = signed().split('.')
    const [, payload] = signed({ payload: { roles: ['OPERATOR_DUKCAPIL'] } }).split('.')
    expect(await fault(`${header}.${payload}.${signature}`)).toBe('SIGNATURE')
  })
  test('a header that asks for an extension nobody knows (crit)', async () => {
    expect(await fault(signed({ header: { crit: ['b64'], b64: false } }))).toMatch(/^TOKEN_MALFORMED|ALGORITHM$/)
  })
})

describe('a token for another time, place or use is refused', () => {
  const cases: readonly (readonly [string, TokenChanges, string])[] = [
    ['expired', { payload: { iat: nowSeconds - 900, exp: nowSeconds - 6 } }, 'EXPIRED'],
    ['without an end', { payload: { exp: undefined } }, 'CLAIMS'],
    ['with an end that is no number', { payload: { exp: 'besok' } }, 'CLAIMS'],
    ['not yet valid', { payload: { nbf: nowSeconds + 60 } }, 'NOT_YET_VALID'],
    ['issued in the future', { payload: { iat: nowSeconds + 60, exp: nowSeconds + 600 } }, 'NOT_YET_VALID'],
    ['without a time of issue', { payload: { iat: undefined } }, 'CLAIMS'],
    [
      'older than an hour, however long it says it lasts',
      { payload: { iat: nowSeconds - 3_700, exp: 4e9 } },
      'TOO_OLD',
    ],
    ['from another issuer', { payload: { iss: 'https://jahat.example' } }, 'ISSUER'],
    ['whose issuer merely begins like ours', { payload: { iss: `${ISSUER}.jahat.example` } }, 'ISSUER'],
    ['without an issuer', { payload: { iss: undefined } }, 'CLAIMS'],
    ['for another audience', { payload: { aud: 'sistem-lain' } }, 'AUDIENCE'],
    ['for other audiences', { payload: { aud: ['a', 'b'] } }, 'AUDIENCE'],
    ['without an audience', { payload: { aud: undefined } }, 'CLAIMS'],
    ['of the wrong type: an id token', { header: { typ: 'JWT' } }, 'TOKEN_TYPE'],
    ['of the wrong type: a subgraph’s', { header: { typ: 'satuanak-subgraph+jwt' } }, 'TOKEN_TYPE'],
    ['without a type', { header: { typ: undefined } }, 'TOKEN_TYPE'],
  ]
  test.each(cases)('%s', async (_title, changes, code) => {
    expect(await fault(signed(changes))).toBe(code)
  })
  test('a clock may be five seconds off, not six', async () => {
    expect(await verify(signed({ payload: { exp: nowSeconds - 4 } }))).toEqual(caller)
    expect(await fault(signed({ payload: { exp: nowSeconds - 5 } }))).toBe('EXPIRED')
    expect(await verify(signed({ payload: { nbf: nowSeconds + 5 } }))).toEqual(caller)
    expect(await fault(signed({ payload: { nbf: nowSeconds + 6 } }))).toBe('NOT_YET_VALID')
  })
  test('a subgraph token, signed by a key this gateway even trusts', async () => {
    const sign = createSubgraphSigner({ privateJwk: provider.privateJwk, now })
    expect(await fault(await sign(caller, 'social'))).toBe('TOKEN_TYPE')
  })
})

describe('claims are what the caller’s schema says, nothing is guessed', () => {
  const cases: readonly (readonly [string, Json, readonly string[]])[] = [
    ['no subject', { sub: undefined }, ['sub']],
    ['an empty subject', { sub: '' }, ['subject']],
    ['a NIK as the subject', { sub: `nik:99${'0'.repeat(14)}` }, ['subject']],
    ['a subject that breaks a log line', { sub: 'akun\nlevel=info' }, ['subject']],
    ['no name', { name: undefined }, ['name']],
    ['no agency', { agency: undefined }, ['agency']],
    ['an unknown agency', { agency: 'FBI' }, ['agency']],
    ['no roles', { roles: undefined }, ['roles']],
    ['an empty list of roles', { roles: [] }, ['roles']],
    ['roles in one string', { roles: 'BAPPERIDA' }, ['roles']],
    ['an unknown role beside a known one', { roles: ['RELAWAN', 'SUPERADMIN'] }, ['roles']],
    ['a role that every object has', { roles: ['constructor'] }, ['roles']],
    ['a role in small letters', { roles: ['bapperida'] }, ['roles']],
    ['no kelurahan', { kelurahan: undefined }, ['kelurahan']],
    ['every kelurahan by a wildcard', { kelurahan: ['33.75.*'] }, ['kelurahan']],
    ['a school that is no NPSN', { schools: ['%'] }, ['schools']],
    ['several things at once', { agency: 1, roles: 2, schools: 3 }, ['agency', 'roles', 'schools']],
  ]
  test.each(cases)('%s', async (_title, payload, claims) => {
    const refused = verify(signed({ payload }))
    await expect(refused).rejects.toThrow(Unauthenticated)
    await expect(refused).rejects.toMatchObject({ code: 'CLAIMS', claims })
  })
})

describe('what is no token at all', () => {
  test.each([
    ['nothing', '', 'TOKEN_MISSING'],
    ['a word', 'rahasia', 'TOKEN_MALFORMED'],
    ['two dots', '..', 'TOKEN_MALFORMED'],
    ['five parts, an encrypted token', 'a.b.c.d.e', 'TOKEN_MALFORMED'],
    ['a NUL', '\0.\0.\0', 'TOKEN_MALFORMED'],
    ['not base64', 'ü.ü.ü', 'TOKEN_MALFORMED'],
  ])('%s', async (_title, token, code) => {
    expect(await fault(token)).toBe(code)
  })
  test('a payload that is no object', async () => {
    for (const payload of ['null', '[]', '"x"', '{', '7']) {
      expect(await fault(signedWith(provider.privateJwk, { ...like(), payload }))).toBe('TOKEN_MALFORMED')
    }
  })
  test('a payload so deeply nested that parsing hurts', async () => {
    const deep = `${'['.repeat(2_000)}${']'.repeat(2_000)}`
    expect(await fault(signedWith(provider.privateJwk, { ...like(), payload: deep }))).toBe('TOKEN_MALFORMED')
  })
  test('a token of more than 8192 characters, before anything else is looked at', async () => {
    const big = signed({ payload: { filler: 'x'.repeat(8_192) } })
    expect(await fault(big)).toBe('TOKEN_TOO_LARGE')
    expect(await fault('x'.repeat(10_000_000))).toBe('TOKEN_TOO_LARGE')
  })
  test('an Authorization header without exactly one bearer token', () => {
    for (const header of [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'Basic abc',
      'Bearer a b',
      'Bearer a,Bearer b',
      ' Bearer a',
    ]) {
      expect(() => bearerOf(header)).toThrow(expect.objectContaining({ code: 'TOKEN_MISSING' }))
    }
    expect(bearerOf('bearer abc.def.ghi')).toBe('abc.def.ghi')
  })
})

test('no refusal carries a piece of the token: not in its message, its properties or a cause', async () => {
  const tokens = [
    signed({ payload: { name: 'Rahasia', roles: ['RAHASIA'] } }),
    signed({ payload: { name: 'Rahasia', iss: 'Rahasia' } }),
    signed({ payload: { name: 'Rahasia', exp: 1 } }),
    signed({ header: { typ: 'Rahasia' } }),
    signed({ header: { kid: 'Rahasia' } }),
    signedWith(provider.privateJwk, { ...like(), payload: '{"Rahasia' }),
  ]
  for (const token of tokens) {
    const error: unknown = await verify(token).catch((reason: unknown) => reason)
    if (!(error instanceof Unauthenticated)) throw new Error('it was accepted')
    expect(Reflect.ownKeys(error).sort()).toEqual(['claims', 'code', 'message', 'name', 'stack'])
    expect(`${JSON.stringify(error)} ${error.message} ${error.stack}`).not.toMatch(/rahasia/i)
  }
})
