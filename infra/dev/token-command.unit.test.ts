import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PERSONAS } from '@satuanak/demo-city'
import { createVerifier, openDevIssuer } from '@satuanak/identity'
import { expect, onTestFinished, test } from 'vitest'
import { tokenCommand } from './token-command.ts'

async function issuer() {
  const dir = await mkdtemp(join(tmpdir(), 'satuanak-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return openDevIssuer(dir)
}

const nobody = () => Promise.reject(new Error('no token was asked for'))

test('without a name every persona is listed, in both languages', async () => {
  const { code, out } = await tokenCommand(undefined, nobody)
  expect(code).toBe(0)
  for (const [name, { says }] of Object.entries(PERSONAS)) {
    for (const text of [name, says.id, says.en]) expect(out).toContain(text)
  }
})

test('the token of a persona is one the gateway takes for that persona', async () => {
  const made = await issuer()
  const { code, out, err } = await tokenCommand('bapperida', async () => made)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const verify = createVerifier({ issuer: made.issuer, audience: made.audience, jwks: made.jwks })
  expect(await verify(out.trim())).toMatchObject({ caller: PERSONAS.bapperida.caller })
})

test('an unknown persona gets no token, and the list where it does not end up in a variable', async () => {
  for (const name of ['walikota', 'constructor']) {
    const { code, out, err } = await tokenCommand(name, nobody)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('bapperida')
  }
})
