import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const FIXTURE = fileURLToPath(new URL('./fixtures/process.ts', import.meta.url))

/** Runs the fixture to its end; `signal` is sent once it has started. */
async function run(name: string, signal?: NodeJS.Signals) {
  const child = spawn(process.execPath, [FIXTURE, name], { stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text))
  child.stdout.once('data', () => signal && child.kill(signal))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, said: said.join('') }
}

test.for(['SIGTERM', 'SIGINT'] as const)('%s ends it with 0, and nothing to say', async (signal) => {
  expect(await run('good', signal)).toEqual({ code: 0, said: '' })
})

test.for([
  ['config', 78, 'The configuration is incomplete:\n  - DATABASE_URL is missing\n'],
  ['port-taken', 1, 'Port 4000 on 127.0.0.1 is in use by another program.\n'],
  ['no-broker', 1, 'NATS at 127.0.0.1:4222 did not answer within 10000 ms\n'],
] as const)('a start that fails for %s says so in its own sentence', async ([name, code, said]) => {
  expect(await run(name)).toEqual({ code, said })
})

test.for([
  ['not-ours', undefined, 'the process could not start'],
  ['thrown-later', undefined, 'a fault that nobody caught'],
  ['rejected-later', undefined, 'a fault that nobody caught'],
  ['bad-close', 'SIGTERM', 'the process did not close cleanly'],
] as const)(
  'of a fault (%s) only kind, code and place are told, and it ends with 1 (PV-10)',
  async ([name, signal, msg]) => {
    const { code, said } = await run(name, signal)
    expect(code).toBe(1)
    expect(said).not.toMatch(/Bagas|9901/)
    expect(JSON.parse(said)).toEqual({
      level: 'fatal',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      err: { type: 'RangeError', code: '23505', stack: expect.stringMatching(/^ {4}at .*fixtures\/process\.ts/) },
      msg,
    })
  },
)

test('a rejection that is no error at all is not repeated either', async () => {
  const { code, said } = await run('rejected-text')
  expect(code).toBe(1)
  expect(said).not.toContain('Bagas')
})
