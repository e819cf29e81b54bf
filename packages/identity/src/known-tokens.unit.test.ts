import { expect, test } from 'vitest'
import { KnownTokens } from './known-tokens.ts'

interface Setting {
  readonly untilMs?: number
  readonly most?: number
}

/** Tokens that say their own text, a clock that is moved by hand, and every token that was verified. */
function setting({ untilMs = Number.POSITIVE_INFINITY, most }: Setting = {}) {
  const verified: string[] = []
  const clock = { ms: 1_000_000 }
  const verify = async (token: string) => {
    verified.push(token)
    if (token === 'forged') throw new Error('SIGNATURE')
    return { known: { says: { token } }, untilMs }
  }
  return { tokens: new KnownTokens(verify, () => clock.ms, most), verified, clock }
}

test('a token is verified once and read from memory for a minute, then verified again', async () => {
  const { tokens, verified, clock } = setting()
  const first = await tokens.read('a')
  clock.ms += 59_999
  expect(await tokens.read('a')).toBe(first)
  expect(verified).toEqual(['a'])
  clock.ms += 1
  await tokens.read('a')
  expect(verified).toEqual(['a', 'a'])
})
test('one that ends earlier is looked at again when it ends', async () => {
  const { tokens, verified, clock } = setting({ untilMs: 1_005_000 })
  await tokens.read('a')
  clock.ms += 4_999
  await tokens.read('a')
  expect(verified).toHaveLength(1)
  clock.ms += 1
  await tokens.read('a')
  expect(verified).toHaveLength(2)
})
test('a clock that was set back trusts nothing it remembers', async () => {
  const { tokens, verified, clock } = setting()
  await tokens.read('a')
  clock.ms -= 1
  await tokens.read('a')
  expect(verified).toHaveLength(2)
})
test('a refusal is not remembered, nor anything of another token', async () => {
  const { tokens, verified } = setting()
  await tokens.read('a')
  await expect(tokens.read('forged')).rejects.toThrow('SIGNATURE')
  await expect(tokens.read('forged')).rejects.toThrow('SIGNATURE')
  expect(await tokens.read('a ')).toEqual({ says: { token: 'a ' } })
  expect(verified).toEqual(['a', 'forged', 'forged', 'a '])
})
test('so many and no more are remembered, the newest of them', async () => {
  const { tokens, verified } = setting({ most: 2 })
  for (const token of ['a', 'b', 'c', 'c', 'b', 'a']) await tokens.read(token)
  expect(verified).toEqual(['a', 'b', 'c', 'a'])
})
test('what is remembered cannot be changed by whoever was given it', async () => {
  const { tokens } = setting()
  const known = await tokens.read('a')
  expect(() => Object.assign(known.says, { token: 'b' })).toThrow(TypeError)
})
