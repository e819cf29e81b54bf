import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface DebianOptions {
  /** Where the system keeps its package lists. Default: as apt is configured. */
  readonly systemLists?: string | undefined
  /** More options for apt-get, such as `-o Dir::Etc::sourcelist=…`. */
  readonly aptOptions?: readonly string[] | undefined
}

// No retries and short waits: a source that is out of reach must not hold up the others.
const IMPATIENT = [
  'Acquire::http::Timeout=5',
  'Acquire::https::Timeout=5',
  'Acquire::Retries=0',
  // As root apt would hand the download to a user who cannot write here.
  'APT::Sandbox::User=root',
].flatMap((option) => ['-o', option])

/**
 * Fetches Debian's (or Ubuntu's) own package of nats-server and unpacks it, without root and without installing it. apt
 * checks its signature. Where the system has no package lists, they are fetched into `lists`.
 *
 * @param dir a folder for the package; the program stays in it.
 * @returns the program's path.
 * @throws Error if this is no Debian, or no source has it.
 */
export async function fromDebian(
  dir: string,
  lists: string,
  { systemLists, aptOptions = [] }: DebianOptions = {},
  log: (line: string) => void = () => undefined,
): Promise<string> {
  const asTheSystem = [...aptOptions, ...(systemLists === undefined ? [] : ['-o', `Dir::State::lists=${systemLists}`])]
  try {
    return await unpack(await downloadPackage(dir, asTheSystem))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Error('no apt-get here')
  }
  log('NATS: fetching package lists of our own')
  const ofOurOwn = [...aptOptions, ...(await folders(lists))]
  // Some sources may be out of reach; whether the one we need answered shows in the next step.
  await apt(['update', ...ofOurOwn], dir).catch(() => undefined)
  return unpack(await downloadPackage(dir, ofOurOwn))
}

async function folders(root: string): Promise<string[]> {
  await mkdir(join(root, 'lists/partial'), { recursive: true })
  await mkdir(join(root, 'cache/archives/partial'), { recursive: true })
  return ['-o', `Dir::State::lists=${join(root, 'lists')}`, '-o', `Dir::Cache=${join(root, 'cache')}`]
}

async function downloadPackage(dir: string, options: readonly string[]): Promise<string> {
  const into = await mkdtemp(join(dir, 'deb-'))
  await apt(['download', ...options, 'nats-server'], into)
  const [name] = (await readdir(into)).filter((file) => file.endsWith('.deb'))
  if (name === undefined) throw new Error('apt-get brought no package')
  return join(into, name)
}

async function unpack(deb: string): Promise<string> {
  const into = `${deb}.d`
  await run('dpkg-deb', ['-x', deb, into])
  return join(into, 'usr/sbin/nats-server')
}

async function apt(args: readonly string[], cwd: string): Promise<void> {
  try {
    await run('apt-get', ['-q', ...IMPATIENT, ...args], { cwd, timeout: 120_000 })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw error
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
    throw new Error(
      said
        .split('\n')
        .find((line) => line.startsWith('E:'))
        ?.slice(3) ?? 'apt-get failed',
      {
        cause: error,
      },
    )
  }
}
