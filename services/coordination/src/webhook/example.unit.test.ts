import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { newSecret, signatureOf } from './secret.ts'

type Verify = (secret: string, headers: Readonly<Record<string, string>>, body: string) => unknown

/** The code that WEBHOOKS.md gives to whoever writes a portal. */
async function readExample(): Promise<Verify> {
  const text = readFileSync(new URL('../../WEBHOOKS.md', import.meta.url), 'utf8')
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(text) ?? []
  const { verify } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)
  return verify
}

const AT = new Date('2026-11-23T02:00:00Z')
afterEach(() => {
  vi.useRealTimers()
})

test('the example in the portal developer’s guide believes our messages and no others', async () => {
  const verify = await readExample()
  const [secret, other, body] = [newSecret(), newSecret(), '{"type":"uji"}']
  const timestamp = AT.getTime() / 1_000
  const signed = (secrets: readonly string[]) => ({
    'webhook-id': 'm1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf({ id: 'm1', timestamp, body }, secrets),
  })
  vi.useFakeTimers({ now: AT, toFake: ['Date'] })
  expect(verify(secret, signed([secret]), body)).toEqual({ type: 'uji' })
  expect(verify(secret, signed([other, secret]), body)).toEqual({ type: 'uji' })
  expect(() => verify(secret, signed([other]), body)).toThrow('not from')
  expect(() => verify(secret, signed([secret]), '{"type":"lain"}')).toThrow('not from')
  expect(() => verify(secret, { ...signed([secret]), 'webhook-id': 'm2' }, body)).toThrow('not from')
  expect(() => verify(secret, {}, body)).toThrow()
  vi.setSystemTime(AT.getTime() + 301_000)
  expect(() => verify(secret, signed([secret]), body)).toThrow('too old')
})
