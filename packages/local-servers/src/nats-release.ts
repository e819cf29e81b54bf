import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface ReleaseOptions {
  /** Below it stand `v<version>/SHA256SUMS` and `v<version>/nats-server-v<version>-<platform>.tar.gz`. */
  readonly baseUrl?: string | undefined
  readonly version?: string | undefined
  /** How long the server may take to answer at all, in milliseconds. Short: most often there is no internet. */
  readonly answerMs?: number | undefined
}

const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'amd64',
  arm64: 'arm64',
  arm: 'arm7',
  ia32: '386',
  ppc64: 'ppc64le',
  s390x: 's390x',
}

/**
 * Fetches the official release of nats-server into `dir` and unpacks it.
 *
 * @returns the program's path.
 * @throws Error if there is none for this platform, the site does not answer, or what came is not what the release's
 *   SHA256SUMS promise.
 */
export async function fromRelease(
  dir: string,
  {
    baseUrl = 'https://github.com/nats-io/nats-server/releases/download',
    version = '2.12.7',
    answerMs = 5000,
  }: ReleaseOptions = {},
  log: (line: string) => void = () => undefined,
): Promise<string> {
  const architecture = ARCHITECTURES[process.arch]
  if (architecture === undefined) throw new Error(`none for ${process.arch}`)
  const name = `nats-server-v${version}-${process.platform}-${architecture}`
  const archive = `${name}.tar.gz`
  const sums = await (await answerOf(`${baseUrl}/v${version}/SHA256SUMS`, answerMs)).text()
  const promised = sums
    .split('\n')
    .find((line) => line.trim().endsWith(archive))
    ?.split(/\s+/)[0]
  if (promised === undefined) throw new Error(`SHA256SUMS does not list ${archive}`)
  log(`NATS: downloading ${archive}`)
  const path = join(dir, archive)
  const found = await download(`${baseUrl}/v${version}/${archive}`, path, answerMs)
  if (found !== promised.toLowerCase()) throw new Error(`${archive} does not match its SHA-256 sum, refused`)
  await run('tar', ['-xzf', path, '-C', dir])
  return join(dir, name, 'nats-server')
}

async function answerOf(url: string, answerMs: number): Promise<Response> {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), answerMs)
  try {
    const response = await fetch(url, { signal: giveUp.signal })
    if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`)
    return response
  } catch (error) {
    if (error instanceof Error && error.message.startsWith(url)) throw error
    throw new Error(`${new URL(url).host} is out of reach`, { cause: error })
  } finally {
    clearTimeout(timer)
  }
}

/** Writes what `url` gives to `path` and returns its SHA-256 in hexadecimal. */
async function download(url: string, path: string, answerMs: number): Promise<string> {
  const { body } = await answerOf(url, answerMs)
  if (body === null) throw new Error(`${url} answered nothing`)
  const hash = createHash('sha256')
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(body, hashing, createWriteStream(path), { signal: AbortSignal.timeout(180_000) })
  } catch (error) {
    throw new Error('the download broke off', { cause: error })
  }
  return hash.digest('hex')
}
