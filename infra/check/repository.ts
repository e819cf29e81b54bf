import { execFileSync } from 'node:child_process'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The clone's own folder, whatever the current directory is. */
export const ROOT = resolve(import.meta.dirname, '../..')

/** Names of the services, as their folders are called. */
export const SERVICES: readonly string[] = readdirSync(resolve(ROOT, 'services')).sort()

/** One line to the terminal. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/**
 * Every file that git tracks or would track (new and not ignored), relative to {@link ROOT}. The clone may belong to
 * another user (a mounted volume in CI): that is said to git as safe for this one call.
 */
export function trackedFiles(): string[] {
  const list = [
    '-c',
    `safe.directory=${ROOT}`,
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--deduplicate',
  ]
  const files = execFileSync('git', list, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 })
    .split('\0')
    .filter(Boolean)
  const gone = new Set(
    execFileSync('git', [...list.slice(0, 3), '-z', '--deleted'], { cwd: ROOT, encoding: 'utf8' }).split('\0'),
  )
  return files.filter((file) => !gone.has(file))
}

/** A package of this workspace. */
export interface Package {
  readonly name: string
  /** Absolute. */
  readonly folder: string
}

/** Every package of the workspace that has tests to run, by name. */
export function packages(): Package[] {
  return ['gateway', 'services/*', 'packages/*', 'infra', 'infra/check', 'test']
    .flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: ROOT }))
    .map((file) => {
      const { name } = JSON.parse(readFileSync(resolve(ROOT, file), 'utf8')) as { name: string }
      return { name, folder: dirname(resolve(ROOT, file)) }
    })
    .sort((one, other) => one.name.localeCompare(other.name))
}
