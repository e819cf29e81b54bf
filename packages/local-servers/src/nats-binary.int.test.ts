import { execFile } from 'node:child_process'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { scratch } from './fixtures/scratch.ts'
import { program, standInRelease } from './fixtures/stand-in-release.ts'
import { type FindNatsOptions, findNatsServer } from './nats-binary.ts'

const run = promisify(execFile)

const noInternet = { baseUrl: 'http://127.0.0.1:9' } // nobody listens on discard
const noDebian = { aptOptions: ['-o', 'Dir::Etc::sourcelist=/dev/null', '-o', 'Dir::Etc::sourceparts=/dev/null'] }

/** A machine with nothing installed, and a place of its own to keep what is fetched. */
async function bareMachine(): Promise<FindNatsOptions & { binDir: string }> {
  return { binDir: await scratch(), installed: [], release: noInternet, debian: noDebian }
}

async function versionOf(path: string): Promise<string> {
  return (await run(path, ['--version'])).stdout.trim()
}

/** Why Debian's package cannot be fetched here at all, if so: asked of apt and the mirror, not of the code under test. */
async function debianOutOfReach(): Promise<string | false> {
  try {
    const { stdout } = await run('apt-get', ['download', '--print-uris', 'nats-server'])
    const url = /'(http[^']+)'/.exec(stdout)?.[1]
    if (url === undefined) return 'apt knows no nats-server here'
    const { ok } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(5000) })
    return ok ? false : `Debian's mirror refuses ${url}`
  } catch (error) {
    return `Debian's mirror is out of reach: ${error}`
  }
}

test('an installed nats-server is taken as it is', async () => {
  const machine = await bareMachine()
  const installed = await program(join(await scratch(), 'nats-server'), 'nats-server: v2.9.0')
  expect(await findNatsServer({ ...machine, installed: ['/nowhere/nats-server', installed] })).toBe(installed)
})

test('an installed nats-server older than 2.9 is passed over, and said so', async () => {
  const machine = await bareMachine()
  const old = await program(join(await scratch(), 'nats-server'), 'nats-server: v2.8.4')
  const said: string[] = []
  const { baseUrl } = await standInRelease('honest')
  const log = (line: string) => void said.push(line)
  const found = await findNatsServer({ ...machine, installed: [old], release: { baseUrl }, log })
  expect(found).toBe(join(machine.binDir, 'nats-server'))
  expect(said).toContainEqual(expect.stringContaining('is 2.8.4, too old'))
})

test('the official release is kept when it matches its SHA256SUMS, and fetched once', async () => {
  const machine = await bareMachine()
  const { baseUrl, downloads } = await standInRelease('honest')
  const ask = () => findNatsServer({ ...machine, release: { baseUrl } })
  const found = await Promise.all([ask(), ask(), ask()])
  expect(new Set(found)).toEqual(new Set([join(machine.binDir, 'nats-server')]))
  expect(await versionOf(await ask())).toBe('nats-server: v2.12.7')
  expect(downloads()).toBe(1)
})

test('a release that is not what SHA256SUMS promise is refused, and nothing of it stays', async () => {
  const machine = await bareMachine()
  const { baseUrl } = await standInRelease('tampered')
  await expect(findNatsServer({ ...machine, release: { baseUrl } })).rejects.toThrow(/does not match its SHA-256 sum/)
  expect(await readdir(machine.binDir)).not.toContain('nats-server')
})

test('a release that breaks off half way is refused, and nothing of it stays', async () => {
  const machine = await bareMachine()
  const { baseUrl } = await standInRelease('cut off')
  await expect(findNatsServer({ ...machine, release: { baseUrl } })).rejects.toThrow(/the download broke off/)
  expect((await readdir(machine.binDir)).filter((name) => name.startsWith('nats') || name.startsWith('fetch'))).toEqual(
    [],
  )
})

test('a site that does not answer is given up soon', async () => {
  const machine = await bareMachine()
  const { baseUrl } = await standInRelease('silent')
  const search = findNatsServer({ ...machine, release: { baseUrl, answerMs: 200 } })
  await expect(search).rejects.toThrow(/127\.0\.0\.1:\d+ is out of reach/)
})

test('where nothing can be had, one sentence says how to get it by hand', async () => {
  const machine = await bareMachine()
  const sentence = /No nats-server on PATH and none could be fetched .*apt install nats-server.*or set NATS_URL/
  await expect(findNatsServer(machine)).rejects.toThrow(sentence)
})

test("without the internet Debian's package comes, with the system's lists", { timeout: 120_000 }, async ({ skip }) => {
  const reason = await debianOutOfReach()
  skip(reason !== false, String(reason))
  const machine = await bareMachine()
  const found = await findNatsServer({ ...machine, debian: {} })
  expect(await versionOf(found)).toMatch(/v2\.\d+/)
})

test("on a Debian that has no package lists they are fetched apart from the system's", { timeout: 120_000 }, async ({
  skip,
}) => {
  const reason = await debianOutOfReach()
  skip(reason !== false, String(reason))
  const machine = await bareMachine()
  const systemLists = join(await scratch(), 'empty')
  await mkdir(join(systemLists, 'partial'), { recursive: true })
  const found = await findNatsServer({ ...machine, debian: { systemLists } })
  expect(await versionOf(found)).toMatch(/v2\.\d+/)
  expect(await readdir(systemLists)).toEqual(['partial'])
})
