import { SERVICES } from '@satuanak/contracts'
import { createKeyPair } from '@satuanak/identity'
import { ConfigError } from '@satuanak/service-kit'
import { expect, test } from 'vitest'
import { GATEWAY_LIMITS, parseConfig } from './config.ts'
import { BREAKER } from './out/circuit-breaker.ts'
import { OUT } from './out/options.ts'
import { RATES } from './rates/options.ts'

const keys = await createKeyPair()
const urls = Object.fromEntries(SERVICES.map((service, index) => [service, `http://127.0.0.1:${4101 + index}/graphql`]))
const env = {
  SUBGRAPH_URLS: JSON.stringify(urls),
  GATEWAY_SIGNING_JWK: JSON.stringify(keys.privateJwk),
  OIDC_ISSUER: 'https://masuk.example',
  OIDC_AUDIENCE: 'satuanak',
  OIDC_JWKS: JSON.stringify(keys.jwks),
}

function problemsOf(given: Readonly<Record<string, string | undefined>>): readonly string[] {
  try {
    parseConfig(given)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

test('what has no safe default must be given; the rest has one, and the explorer is off', () => {
  const config = parseConfig(env)
  expect(config).toMatchObject({ host: '127.0.0.1', port: 4000, explorer: false, limits: GATEWAY_LIMITS })
  expect(config.subgraphs.social.href).toBe(urls.social)
})

test('a portal’s users send trusted documents only, but for where the explorer is on; it can be said otherwise', () => {
  const onlyFor = (more: object) => parseConfig({ ...env, ...more }).documentsOnlyFor
  expect(onlyFor({})).toEqual(['ORANG_TUA'])
  expect(onlyFor({ EXPLORER: 'on' })).toEqual([])
  expect(onlyFor({ TRUSTED_DOCUMENTS_ONLY_FOR: '["ORANG_TUA","RELAWAN"]' })).toEqual(['ORANG_TUA', 'RELAWAN'])
  expect(problemsOf({ ...env, TRUSTED_DOCUMENTS_ONLY_FOR: '["NOBODY"]' })).toHaveLength(1)
})

test('the committed documents are what is trusted, and a file that is none is named', () => {
  expect(Object.keys(parseConfig(env).documents).length).toBeGreaterThan(0)
  expect(problemsOf({ ...env, TRUSTED_DOCUMENTS_FILE: '/nowhere.json' })).toEqual([
    expect.stringMatching(/^TRUSTED_DOCUMENTS_FILE: cannot be used/),
  ])
})

test('all problems are told at once', () => {
  expect(problemsOf({ PORT: 'four', MAX_DEPTH: '0' })).toEqual([
    expect.stringMatching(/^PORT: /),
    'SUBGRAPH_URLS is missing',
    'GATEWAY_SIGNING_JWK is missing',
    'OIDC_ISSUER is missing',
    'OIDC_AUDIENCE is missing',
    expect.stringMatching(/^MAX_DEPTH: /),
    'OIDC_JWKS or OIDC_JWKS_URL is missing',
  ])
})

test('one process unless more are asked for, and no more than a machine holds', () => {
  expect(parseConfig(env)).toMatchObject({ workers: 1, worker: undefined })
  expect(parseConfig({ ...env, WORKERS: '4', WORKER: '2' })).toMatchObject({ workers: 4, worker: 2 })
  for (const wrong of ['0', '1.5', '65', 'all'])
    expect(problemsOf({ ...env, WORKERS: wrong })).toEqual([expect.stringMatching(/^WORKERS: /)])
})

test('every agency needs an address, and no other name has one', () => {
  const { social: _social, ...rest } = urls
  const given = { ...rest, education: 'ftp://127.0.0.1', dinsos: 'http://127.0.0.1' }
  expect(problemsOf({ ...env, SUBGRAPH_URLS: JSON.stringify(given) })).toEqual([
    'SUBGRAPH_URLS: needs an http(s) address for education',
    'SUBGRAPH_URLS: needs an http(s) address for social',
    'SUBGRAPH_URLS: knows no dinsos',
  ])
})

test('an address without a path means /graphql', () => {
  const given = { ...urls, social: 'http://127.0.0.1:4103' }
  const { subgraphs } = parseConfig({ ...env, SUBGRAPH_URLS: JSON.stringify(given) })
  expect(subgraphs.social.href).toBe('http://127.0.0.1:4103/graphql')
})

test('the issuer’s keys come from one place', () => {
  const url = { OIDC_JWKS_URL: 'https://masuk.example/jwks' }
  expect(problemsOf({ ...env, ...url })).toEqual(['OIDC_JWKS and OIDC_JWKS_URL are both given: keep one'])
  expect(parseConfig({ ...env, OIDC_JWKS: '', ...url }).oidc.jwks).toEqual(new URL('https://masuk.example/jwks'))
})

test('a public key cannot sign, and no problem quotes a key', () => {
  const secret = String(keys.privateJwk.d)
  const problems = problemsOf({
    ...env,
    GATEWAY_SIGNING_JWK: JSON.stringify(keys.jwks.keys[0]),
    OIDC_JWKS: `{${secret}`,
  })
  expect(problems).toEqual(['GATEWAY_SIGNING_JWK: must be a private key', 'OIDC_JWKS: is not valid JSON'])
})

test('one agency may be given another time than the others; a name that is none, or no time, is refused', () => {
  const given = parseConfig({ ...env, AGENCY_TIMEOUTS_MS: '{"civil-registry": 3000}', BREAKER_FAILURES: '8' })
  expect(given.out).toMatchObject({ agencyMs: { 'civil-registry': 3000 }, connections: OUT.connections })
  expect(given.out.breaker).toEqual({ ...BREAKER, failures: 8 })
  expect(problemsOf({ ...env, AGENCY_TIMEOUTS_MS: '{"dinsos": 3000}' })).toEqual([
    expect.stringMatching(/^AGENCY_TIMEOUTS_MS: /),
  ])
  expect(problemsOf({ ...env, AGENCY_TIMEOUTS_MS: '{"social": 0}' })).toEqual([
    expect.stringMatching(/^AGENCY_TIMEOUTS_MS: /),
  ])
})

test('rates have defaults; a bucket too small for what one operation may take is told at the start', () => {
  expect(parseConfig(env).rates).toEqual(RATES)
  expect(problemsOf({ ...env, RATE_PERSON_COST: '60000' })).toEqual([
    'RATE_PERSON_COST is too little: in RATE_BURST_SECONDS it must come to MAX_COST',
  ])
  expect(problemsOf({ ...env, RATE_PERSON_COST: '60000', RATE_BURST_SECONDS: '20' })).toEqual([])
  expect(problemsOf({ ...env, RATE_PERSON_REQUESTS: '5', RATE_CLIENT_REQUESTS: '5' })).toHaveLength(2)
})

test.each([
  ['LIVE_KEPT', '1', '100000'],
  ['LIVE_STREAMS_PERSON', '1', '1000'],
  ['LIVE_STREAMS', '1', '100000'],
  // With less nearly everyone who comes back would ask for everything anew.
  ['LIVE_WAITING_BYTES', '4096', '16777216'],
  // A timer that is told to wait longer than it can waits not at all.
  ['LIVE_BEAT_MS', '10', '300000'],
])('%s is taken from %s to %s, and what is outside is refused in these words', (name, least, most) => {
  for (const fits of [least, most]) expect(problemsOf({ ...env, [name]: fits })).toEqual([])
  for (const unfit of [`${Number(least) - 1}`, `${Number(most) + 1}`, '2147483648', '1.5', 'often']) {
    const problem = `${name}: must be a whole number from ${least} to ${most}`
    expect(problemsOf({ ...env, [name]: unfit })).toEqual([problem])
  }
})
