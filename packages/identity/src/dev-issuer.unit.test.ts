import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDevIssuer } from './dev-issuer.ts'
import { createVerifier } from './gateway-token.ts'
import { someone } from './test-callers.ts'
import { faultFrom, NOW, now } from './test-forgery.ts'

const caller = someone(['PEKSOS'], { agency: 'DINSOS' })
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dev-issuer-'))
})
afterEach(() => rm(dir, { recursive: true }))
const keyFile = () => join(dir, 'dev-issuer.jwk.json')

describe('the developer’s own issuer', () => {
  test('the gateway knows whom it signs', async () => {
    const issuer = await openDevIssuer(dir, now)
    const verify = createVerifier({ ...issuer, now })
    expect(await verify(await issuer.token(caller))).toEqual({
      caller,
      client: 'satuanak-dev',
      expiresAt: NOW.add({ hours: 1 }),
    })
  })
  test('a token lasts as long as is asked', async () => {
    const issuer = await openDevIssuer(dir, now)
    const verify = createVerifier({ ...issuer, now: () => NOW.add({ seconds: 70 }) })
    expect(await faultFrom(verify(await issuer.token(caller, 60)))).toBe('EXPIRED')
    expect(await verify(await issuer.token(caller, 120, 'portal'))).toMatchObject({
      client: 'portal',
      expiresAt: NOW.add({ seconds: 120 }),
    })
  })
  test('its key is made once, for its owner only, and kept', async () => {
    const first = await openDevIssuer(join(dir, 'deeper'))
    const again = await openDevIssuer(join(dir, 'deeper'))
    expect(again.jwks).toEqual(first.jwks)
    expect((await stat(join(dir, 'deeper', 'dev-issuer.jwk.json'))).mode & 0o777).toBe(0o600)
    expect(await readdir(join(dir, 'deeper'))).toEqual(['dev-issuer.jwk.json'])
  })
  test('whoever starts at once shares one key: the first made is kept', async () => {
    const issuers = await Promise.all(Array.from({ length: 20 }, () => openDevIssuer(dir)))
    expect(new Set(issuers.map(({ jwks }) => jwks.keys[0]?.kid)).size).toBe(1)
    expect(await readdir(dir)).toEqual(['dev-issuer.jwk.json'])
  })
  test('nothing secret is among the published keys', async () => {
    const { jwks } = await openDevIssuer(dir)
    expect(jwks.keys.every((key) => key.d === undefined)).toBe(true)
    expect(JSON.parse(await readFile(keyFile(), 'utf8'))).toHaveProperty('d')
  })
  test.skipIf(process.platform === 'win32')('a key that others may read is refused, with the remedy', async () => {
    await openDevIssuer(dir)
    await chmod(keyFile(), 0o644)
    await expect(openDevIssuer(dir)).rejects.toThrow('chmod 600')
  })
  test('a broken key file is refused without quoting it', async () => {
    await writeFile(keyFile(), '{"d":"rahasia"', { mode: 0o600 })
    await expect(openDevIssuer(dir)).rejects.toThrow(/cannot be read\. Delete it/)
    await expect(openDevIssuer(dir)).rejects.not.toThrow('rahasia')
  })
})
