import { expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigError, json, key32, parseEnv, serviceEnv } from './config.ts'

const KEY = Buffer.alloc(32, 7).toString('base64url')
const complete = {
  DATABASE_URL: 'postgresql://127.0.0.1:5432/x',
  NATS_URL: 'nats://127.0.0.1:4222',
  GATEWAY_JWKS: '{"keys":[{"kty":"OKP"}]}',
  FINGERPRINT_KEY: KEY,
}

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    parseEnv(serviceEnv, env)
    return []
  } catch (error) {
    return error instanceof ConfigError ? error.problems : [String(error)]
  }
}

test('a complete environment is read, with defaults for what is no secret', () => {
  expect(parseEnv(serviceEnv, complete)).toMatchObject({ HOST: '127.0.0.1', PORT: 0, ZONE: 'Asia/Jakarta' })
})

test('all problems are told at once, each by its variable', () => {
  expect(problemsOf({ ...complete, DATABASE_URL: '', GATEWAY_JWKS: '{', PORT: '70000' })).toEqual([
    expect.stringMatching(/^PORT: /),
    'DATABASE_URL is missing',
    'GATEWAY_JWKS: is not valid JSON',
  ])
})

test('a zone that no calendar knows stops the start, not the first form (ID-28)', () => {
  expect(problemsOf({ ...complete, ZONE: 'Asia/Pekalongan' })).toEqual(['ZONE: must be an IANA time zone'])
  expect(problemsOf({ ...complete, ZONE: 'Asia/Makassar' })).toEqual([])
})

test('a secret has no default, and its value never stands in the message', () => {
  const short = 'rahasia-yang-terlalu-pendek'
  const [problem] = problemsOf({ ...complete, FINGERPRINT_KEY: short })
  expect(problem).toBe('FINGERPRINT_KEY: must be 32 bytes in base64url')
  expect(problem).not.toContain(short)
})

test('a key is 32 bytes, a JSON variable has the shape asked for', () => {
  const env = parseEnv({ KEY: key32, LIST: json(z.array(z.number())) }, { KEY, LIST: '[1,2]' })
  expect(env.KEY).toHaveLength(32)
  expect(env.LIST).toEqual([1, 2])
})
