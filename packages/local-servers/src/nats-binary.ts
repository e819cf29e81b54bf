import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { CannotStart } from './cannot-start.ts'
import { withLock } from './lock.ts'
import { type DebianOptions, fromDebian } from './nats-debian.ts'
import { fromRelease, type ReleaseOptions } from './nats-release.ts'

const run = promisify(execFile)

/** What the streams here need: durable pull consumers with one filter, dedupe, ack with backoff. */
const OLDEST = [2, 9] as const

const INSTALLED = ['nats-server', '/usr/sbin/nats-server', '/usr/local/sbin/nats-server']

/** One download per clone, shared by the launcher and every test. */
const CLONE_BIN = resolve(import.meta.dirname, '../../../.data/bin')

export interface FindNatsOptions {
  /** Where a fetched program is kept. Default: `.data/bin` of the clone. */
  readonly binDir?: string | undefined
  /** Programs to try first. Default: the one on PATH, and those in the sbin folders that an ordinary user's PATH lacks. */
  readonly installed?: readonly string[] | undefined
  readonly release?: ReleaseOptions | undefined
  readonly debian?: DebianOptions | undefined
  readonly log?: ((line: string) => void) | undefined
}

/**
 * The path of a nats-server 2.9 or newer: one on PATH, else one fetched before, else the official release (checked
 * against its SHA256SUMS), else Debian's package. Fetching happens once, whoever asks at the same time.
 *
 * @throws CannotStart when all of it fails; the sentence says how to get one by hand.
 */
export async function findNatsServer(options: FindNatsOptions = {}): Promise<string> {
  const { binDir = CLONE_BIN, log = () => undefined } = options
  for (const candidate of options.installed ?? INSTALLED) {
    const version = await versionOf(candidate)
    if (version !== null && isNewEnough(version)) return candidate
    if (version !== null) log(`NATS: ${candidate} is ${version}, too old (2.9 is needed)`)
  }
  await mkdir(binDir, { recursive: true })
  return withLock(join(binDir, 'lock'), async () => {
    const kept = join(binDir, 'nats-server')
    if ((await versionOf(kept)) !== null) return kept
    return fetchInto(kept, binDir, options, log)
  })
}

async function fetchInto(
  kept: string,
  binDir: string,
  { release, debian }: FindNatsOptions,
  log: (line: string) => void,
): Promise<string> {
  log('NATS: no nats-server here yet, fetching one')
  const failures: string[] = []
  const work = await mkdtemp(join(binDir, 'fetch-'))
  try {
    const sources = [
      { name: 'official release', get: () => fromRelease(work, release, log) },
      { name: 'Debian package', get: () => fromDebian(work, join(binDir, 'apt'), debian, log) },
    ]
    for (const { name, get } of sources) {
      try {
        return await keep(await get(), kept, log)
      } catch (error) {
        failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
        log(`NATS: no luck with the ${failures.at(-1)}`)
      }
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  throw new CannotStart(
    `No nats-server on PATH and none could be fetched (${failures.join('; ')}): install it (for example "apt install nats-server" or https://nats.io/download), put its file at ${kept}, or set NATS_URL.`,
  )
}

/** Tries the program, then puts it in its place in one step: nobody ever sees half of it. */
async function keep(fetched: string, kept: string, log: (line: string) => void): Promise<string> {
  const version = await versionOf(fetched)
  if (version === null) throw new Error('the program that came does not run here')
  if (!isNewEnough(version)) throw new Error(`it is ${version}, too old (2.9 is needed)`)
  await copyFile(fetched, `${kept}.new`)
  await rename(`${kept}.new`, kept)
  log(`NATS: nats-server ${version} is in ${kept}`)
  return kept
}

async function versionOf(program: string): Promise<string | null> {
  try {
    const { stdout } = await run(program, ['--version'], { timeout: 5000 })
    return /v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1] ?? null
  } catch {
    return null
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}
