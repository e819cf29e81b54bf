import { globSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { ROOT } from './repository-root.ts'

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
